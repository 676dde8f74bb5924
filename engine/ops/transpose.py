"""y[n] = x[n] with its axes in another order: axis k of y[n] is axis axes[k] of x[n]; x (N, T, D), y (N, D, T)."""

import numpy as np

from engine.arrays import Array, Shape
from engine.errors import ShapeMismatch
from engine.ops.base import Op, Vjp


def shape(x: Shape, *, axes: tuple[int, ...]) -> Shape:
    """The axes of one example in this order."""
    if sorted(axes) != list(range(len(x) - 1)):
        raise ShapeMismatch(f"transpose by {axes}: x", ("N", *(f"axis {axis}" for axis in sorted(axes))), x)
    return (x[0], *(x[1 + axis] for axis in axes))


def forward(y: Array, x: Array, *, axes: tuple[int, ...]) -> None:
    """y = x with its axes in this order."""
    np.copyto(y, x.transpose(0, *(1 + axis for axis in axes)))


def vjp_x(dx: Array, dy: Array, y: Array, x: Array, *, axes: tuple[int, ...]) -> None:
    """dx = dy with its axes put back."""
    np.copyto(dx.transpose(0, *(1 + axis for axis in axes)), dy)


TRANSPOSE = Op(
    name="transpose",
    formula=r"y_n = \operatorname{transpose}(x_n)",
    summary="The same numbers with the axes of each example in another order.",
    inputs=("x",),
    shape=shape,
    forward=forward,
    vjps=(Vjp("x", r"dx_n = \operatorname{transpose}^{-1}(dy_n)", vjp_x),),
    example=lambda rng: (rng.normal(size=(4, 2, 3)),),
    options={"axes": (1, 0)},
)
