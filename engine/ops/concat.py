"""y = [x₁ x₂ …]: any number of inputs side by side along the last axis; xᵢ (N, Dᵢ), y (N, Σ Dᵢ)."""

import numpy as np

from engine.arrays import Array, Shape
from engine.errors import ShapeMismatch
from engine.ops.base import Op, Vjp


def shape(*xs: Shape) -> Shape:
    """All axes but the last are equal; the last ones add up."""
    for x in xs:
        if not x or x[:-1] != xs[0][:-1]:
            raise ShapeMismatch("concat: each input", (*xs[0][:-1], "D"), x)
    return (*xs[0][:-1], sum(x[-1] for x in xs))


def forward(y: Array, *xs: Array) -> None:
    """y = [x₁ x₂ …]."""
    np.concatenate(xs, axis=-1, out=y)


def vjp_x(dx: Array, dy: Array, y: Array, *xs: Array, index: int) -> None:
    """dxᵢ = the columns of dy that xᵢ went to."""
    start = sum(x.shape[-1] for x in xs[:index])
    np.copyto(dx, dy[..., start : start + dx.shape[-1]])


CONCAT = Op(
    name="concat",
    formula=r"y = [x_1 \; x_2 \; \dots]",
    summary="Its inputs side by side.",
    inputs=("x*",),
    shape=shape,
    forward=forward,
    vjps=(Vjp("x*", r"dx_i = dy_{[\text{the columns of } x_i]}", vjp_x),),
    example=lambda rng: (rng.normal(size=(4, 2)), rng.normal(size=(4, 3)), rng.normal(size=(4, 1))),
)
