"""y[n] = the numbers of x[n] in another shape, the last axis fastest; x (N, …), y (N, *to), equally many numbers."""

import math

import numpy as np

from engine.arrays import Array, Shape
from engine.errors import ShapeMismatch
from engine.ops.base import Op, Vjp


def shape(x: Shape, *, to: Shape) -> Shape:
    """(N, …) -> (N, *to)."""
    if not x or math.prod(x[1:]) != math.prod(to):
        raise ShapeMismatch(f"reshape to {math.prod(to)} numbers: x", ("N", *to), x)
    return (x[0], *to)


def forward(y: Array, x: Array, *, to: Shape) -> None:
    """y = x in another shape."""
    np.copyto(y, x.reshape(y.shape))


def vjp_x(dx: Array, dy: Array, y: Array, x: Array, *, to: Shape) -> None:
    """dx = dy in the shape of x."""
    np.copyto(dx, dy.reshape(dx.shape))


RESHAPE = Op(
    name="reshape",
    formula=r"y_n = \operatorname{reshape}(x_n)",
    summary="The same numbers in the same order, in another shape.",
    inputs=("x",),
    shape=shape,
    forward=forward,
    vjps=(Vjp("x", r"dx_n = \operatorname{reshape}^{-1}(dy_n)", vjp_x),),
    example=lambda rng: (rng.normal(size=(4, 2, 3)),),
    options={"to": (3, 2)},
)
