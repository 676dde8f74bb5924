"""variance[c] = the mean of (x - mean)² over the batch and all axes but one, divided by n (not n - 1).

x (N, C, H, W) with axis 1, or (N, …, D) with axis -1; mean, variance (C,). The mean gets no gradient from here: the
derivative -2/n Σ (x - mean) is 0, because it is the mean of the very x.
"""

import numpy as np

from engine.arrays import Array, Shape
from engine.errors import ShapeMismatch
from engine.ops.base import Op, Vjp
from engine.ops.batch_mean import along, count, others


def shape(x: Shape, mean: Shape, *, axis: int) -> Shape:
    """(N, C, …), (C,) -> (C,)."""
    if len(x) < 2 or mean != (x[axis],):
        raise ShapeMismatch("batch variance: mean", (x[axis],), mean)
    return mean


def scratch(x: Shape, mean: Shape, **options: object) -> tuple[Shape, ...]:
    """x - mean."""
    return (x,)


def forward(variance: Array, x: Array, mean: Array, centred: Array, *, axis: int) -> None:
    """variance = Σ (x - mean)² / n."""
    np.subtract(x, along(mean, x, axis), centred)
    np.multiply(centred, centred, centred)
    np.add.reduce(centred, axis=others(x, axis), out=variance)
    np.divide(variance, count(x.shape, axis), variance)


def vjp_x(dx: Array, dvariance: Array, variance: Array, x: Array, mean: Array, centred: Array, *, axis: int) -> None:
    """dx = dvariance · 2 (x - mean) / n."""
    np.subtract(x, along(mean, x, axis), dx)
    np.multiply(dx, along(dvariance * (2 / count(x.shape, axis)), x, axis), dx)


def _example(rng: np.random.Generator) -> tuple[Array, ...]:
    x = rng.normal(size=(4, 3, 2, 5))
    return (x, x.mean(axis=(0, 2, 3)))


BATCH_VARIANCE = Op(
    name="batch_variance",
    formula=r"\sigma_c^2 = \tfrac1n \textstyle\sum (x - \mu_c)^2",
    summary="How far the numbers of each channel or feature spread over the whole batch.",
    inputs=("x", "mean"),
    shape=shape,
    forward=forward,
    vjps=(Vjp("x", r"dx = \tfrac2n\, d\sigma_c^2\, (x - \mu_c)", vjp_x),),
    example=_example,
    scratch=scratch,
    options={"axis": 1},
)
