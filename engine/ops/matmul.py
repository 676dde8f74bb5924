"""z = x W   with x (N, …, fan_in), W (fan_in, fan_out), z (N, …, fan_out): a dense layer without bias."""

import numpy as np

from engine.arrays import Array, Shape, in_rows
from engine.errors import ShapeMismatch
from engine.ops.base import Op, Vjp


def shape(x: Shape, W: Shape) -> Shape:
    """(N, …, fan_in), (fan_in, fan_out) -> (N, …, fan_out)."""
    if len(W[1:]) != 1:
        raise ShapeMismatch("dense: W", ("fan_in", "fan_out"), W)
    if len(x) < 2 or x[-1:] != W[:1]:
        raise ShapeMismatch("dense: x", ("N", W[0]), x)
    return (*x[:-1], W[1])


def forward(z: Array, x: Array, W: Array) -> None:
    """z = x W."""
    np.dot(in_rows(x), W, in_rows(z))


def vjp_x(dx: Array, dz: Array, z: Array, x: Array, W: Array) -> None:
    """dx = dz Wᵀ."""
    np.dot(in_rows(dz), W.T, in_rows(dx))


def vjp_W(dW: Array, dz: Array, z: Array, x: Array, W: Array) -> None:
    """dW = xᵀ dz."""
    np.dot(in_rows(x).T, in_rows(dz), dW)


MATMUL = Op(
    name="matmul",
    formula=r"z = x W",
    summary="Each unit adds up its inputs, each times its weight.",
    inputs=("x", "W"),
    shape=shape,
    forward=forward,
    vjps=(
        Vjp("x", r"dx = dz\, W^\top", vjp_x),
        Vjp("W", r"dW = x^\top dz", vjp_W, joint=True),
    ),
    example=lambda rng: (rng.normal(size=(4, 3)), rng.normal(size=(3, 2))),
)
