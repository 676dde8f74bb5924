"""y = [x₁ x₂ …]: any number of inputs side by side along one axis, told from the end; xᵢ (…, Dᵢ), y (…, Σ Dᵢ)."""

import numpy as np

from engine.arrays import Array, Shape
from engine.errors import ShapeMismatch
from engine.ops.base import Op, Vjp
from engine.ops.slice import stretch


def shape(*xs: Shape, axis: int = -1) -> Shape:
    """All axes but this one are equal; those add up."""
    first, place = xs[0], len(xs[0]) + axis
    for x in xs:
        if len(x) != len(first) or not place > 0 or (x[:place], x[place + 1 :]) != (first[:place], first[place + 1 :]):
            raise ShapeMismatch("concat: each input", (*first[:place], "D", *first[place + 1 :]), x)
    return (*first[:place], sum(x[place] for x in xs), *first[place + 1 :])


def forward(y: Array, *xs: Array, axis: int) -> None:
    """y = [x₁ x₂ …]."""
    np.concatenate(xs, axis=axis, out=y)


def vjp_x(dx: Array, dy: Array, y: Array, *xs: Array, index: int, axis: int) -> None:
    """dxᵢ = the stretch of dy that xᵢ went to."""
    start = sum(x.shape[axis] for x in xs[:index])
    np.copyto(dx, stretch(dy, axis, start, start + dx.shape[axis]))


CONCAT = Op(
    name="concat",
    formula=r"y = [x_1 \; x_2 \; \dots]",
    summary="Its inputs side by side.",
    inputs=("x*",),
    shape=shape,
    forward=forward,
    vjps=(Vjp("x*", r"dx_i = dy_{[\text{where } x_i \text{ went}]}", vjp_x),),
    example=lambda rng: (rng.normal(size=(4, 2)), rng.normal(size=(4, 3)), rng.normal(size=(4, 1))),
    options={"axis": -1},
)
