"""y = x₁ + x₂ + …: any number of inputs, all of one shape; the joint of a skip connection."""

import numpy as np

from engine.arrays import Array, Shape
from engine.errors import ShapeMismatch
from engine.ops.base import Op, Vjp


def shape(*xs: Shape) -> Shape:
    """The one shape of all inputs."""
    for x in xs[1:]:
        if x != xs[0]:
            raise ShapeMismatch("add: each input", xs[0], x)
    return xs[0]


def forward(y: Array, *xs: Array) -> None:
    """y = Σ x."""
    np.copyto(y, xs[0])
    for x in xs[1:]:
        np.add(y, x, y)


def vjp_x(dx: Array, dy: Array, y: Array, *xs: Array, index: int) -> None:
    """dx = dy, for each of the inputs."""
    np.copyto(dx, dy)


ADD = Op(
    name="add",
    formula=r"y = \textstyle\sum_i x_i",
    summary="The sum of its inputs, number by number.",
    inputs=("x*",),
    shape=shape,
    forward=forward,
    vjps=(Vjp("x*", r"dx_i = dy", vjp_x),),
    example=lambda rng: tuple(rng.normal(size=(3, 4, 3))),
)
