"""y = x₁ · x₂ · …, number by number: any number of inputs, all of one shape; a gate is such a product."""

import numpy as np

from engine.arrays import Array, Shape
from engine.errors import ShapeMismatch
from engine.ops.base import Op, Vjp


def shape(*xs: Shape) -> Shape:
    """The one shape of all inputs."""
    for x in xs[1:]:
        if x != xs[0]:
            raise ShapeMismatch("multiply: each input", xs[0], x)
    return xs[0]


def forward(y: Array, *xs: Array) -> None:
    """y = Π x."""
    np.copyto(y, xs[0])
    for x in xs[1:]:
        np.multiply(y, x, y)


def vjp_x(dx: Array, dy: Array, y: Array, *xs: Array, index: int) -> None:
    """dxᵢ = dy · the product of the other inputs (never y / xᵢ, which is nothing at 0)."""
    np.copyto(dx, dy)
    for place, x in enumerate(xs):
        if place != index:
            np.multiply(dx, x, dx)


MULTIPLY = Op(
    name="multiply",
    formula=r"y = \textstyle\prod_i x_i",
    summary="The product of its inputs, number by number: one may open and close another like a gate.",
    inputs=("x*",),
    shape=shape,
    forward=forward,
    vjps=(Vjp("x*", r"dx_i = dy \textstyle\prod_{j \ne i} x_j", vjp_x),),
    example=lambda rng: tuple(rng.normal(size=(3, 4, 3))),
)
