"""y[n] = x[n] as one row; x (N, ...), y (N, D) with D the product of all axes but the first, the last axis fastest."""

import math

import numpy as np

from engine.arrays import Array, Shape
from engine.errors import ShapeMismatch
from engine.ops.base import Op, Vjp


def shape(x: Shape) -> Shape:
    """(N, ...) -> (N, D)."""
    if not x:
        raise ShapeMismatch("flatten: x", ("N", "..."), x)
    return (x[0], math.prod(x[1:]))


def forward(y: Array, x: Array) -> None:
    """y = x in rows."""
    np.copyto(y, x.reshape(y.shape))


def vjp_x(dx: Array, dy: Array, y: Array, x: Array) -> None:
    """dx = dy in the shape of x."""
    np.copyto(dx, dy.reshape(dx.shape))


FLATTEN = Op(
    name="flatten",
    formula=r"y_n = \operatorname{row}(x_n)",
    summary="Each example as one row of numbers.",
    inputs=("x",),
    shape=shape,
    forward=forward,
    vjps=(Vjp("x", r"dx_n = \operatorname{row}^{-1}(dy_n)", vjp_x),),
    example=lambda rng: (rng.normal(size=(4, 2, 3)),),
)
