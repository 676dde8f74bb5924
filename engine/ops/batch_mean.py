"""mean[c] = the mean of x over the batch and all axes but one; x (N, C, H, W) with axis 1, or (N, …, D) with axis -1.

One number for each channel, or for each feature: it has no batch axis, so it is one value for all examples.
"""

from functools import lru_cache
from math import prod

import numpy as np

from engine.arrays import Array, Shape
from engine.errors import ShapeMismatch
from engine.ops.base import Op, Vjp


def shape(x: Shape, *, axis: int) -> Shape:
    """(N, C, …) -> (C,)."""
    if len(x) < 2:
        raise ShapeMismatch("batch mean: x", ("N", "D"), x)
    return (x[axis],)


def others(x: Array, axis: int) -> tuple[int, ...]:
    """All axes but this one."""
    return _others(x.ndim, axis)


@lru_cache(maxsize=64)
def _others(axes: int, axis: int) -> tuple[int, ...]:
    return tuple(place for place in range(axes) if place != axis % axes)


def along(values: Array, x: Array, axis: int) -> Array:
    """Values (C,), seen so that they stand along this axis of x."""
    behind = x.ndim - 1 - axis % x.ndim
    return values.reshape(-1, *(1,) * behind) if behind else values


def count(x: Shape, axis: int) -> int:
    """How many numbers a mean is taken of."""
    return prod(x) // x[axis]


def forward(mean: Array, x: Array, *, axis: int) -> None:
    """mean = Σ x / n."""
    np.add.reduce(x, axis=others(x, axis), out=mean)
    np.divide(mean, count(x.shape, axis), mean)


def vjp_x(dx: Array, dmean: Array, mean: Array, x: Array, *, axis: int) -> None:
    """dx = dmean / n."""
    np.divide(along(dmean, x, axis), count(x.shape, axis), out=dx)


BATCH_MEAN = Op(
    name="batch_mean",
    formula=r"\mu_c = \tfrac1n \textstyle\sum x",
    summary="The average of each channel or feature over the whole batch.",
    inputs=("x",),
    shape=shape,
    forward=forward,
    vjps=(Vjp("x", r"dx = \tfrac1n\, d\mu_c", vjp_x),),
    example=lambda rng: (rng.normal(size=(4, 3, 2, 5)),),
    options={"axis": 1},
)
