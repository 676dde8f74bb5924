"""z = x W + b   with x (N, …, fan_in), W (fan_in, fan_out), b (fan_out,), z (N, …, fan_out).

Rows are examples, or time steps of examples: what lies between them and the last axis is gone through alike. PyTorch
stores the transpose of W.
"""

import numpy as np

from engine.arrays import Array, Shape, in_rows, ones
from engine.errors import ShapeMismatch
from engine.ops.base import Op, Vjp
from engine.ops.matmul import shape as matmul_shape


def shape(x: Shape, W: Shape, b: Shape) -> Shape:
    """(N, …, fan_in), (fan_in, fan_out), (fan_out,) -> (N, …, fan_out)."""
    z = matmul_shape(x, W)
    if b != z[-1:]:
        raise ShapeMismatch("dense: b", z[-1:], b)
    return z


def forward(z: Array, x: Array, W: Array, b: Array) -> None:
    """z = x W + b."""
    np.dot(in_rows(x), W, in_rows(z))  # np.dot has half the call overhead of np.matmul, and calls the same BLAS
    np.add(z, b, z)


def vjp_x(dx: Array, dz: Array, z: Array, x: Array, W: Array, b: Array) -> None:
    """dx = dz Wᵀ."""
    np.dot(in_rows(dz), W.T, in_rows(dx))


def vjp_W(dW: Array, dz: Array, z: Array, x: Array, W: Array, b: Array) -> None:
    """dW = xᵀ dz."""
    np.dot(in_rows(x).T, in_rows(dz), dW)


def vjp_b(db: Array, dz: Array, z: Array, x: Array, W: Array, b: Array) -> None:
    """db = Σₙ dzₙ."""
    # 1ᵀ dz by BLAS: 0.55 µs against np.add.reduce's 0.76 on (10, 8), 2.9 against 5.5 on (128, 512)
    rows = in_rows(dz)
    np.dot(ones(rows.shape[0], dz.dtype.char), rows, db)


DENSE = Op(
    name="dense",
    formula=r"z = x W + b",
    summary="Each unit adds up its inputs, each times its weight, and its bias.",
    inputs=("x", "W", "b"),
    shape=shape,
    forward=forward,
    vjps=(
        Vjp("x", r"dx = dz\, W^\top", vjp_x),
        Vjp("W", r"dW = x^\top dz", vjp_W, joint=True),
        Vjp("b", r"db = \textstyle\sum_n dz_n", vjp_b, joint=True),
    ),
    example=lambda rng: (rng.normal(size=(4, 3)), rng.normal(size=(3, 2)), rng.normal(size=2)),
)
