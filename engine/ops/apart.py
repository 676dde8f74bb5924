"""y[0] = weight · mean (x[0] - x[to])², y[n] = 0 for n > 0: how far the first example of the batch is from another.

x (N, …), y (N, 1). Only the first is judged; where the batch is too small to have the other, it is 0.
"""

import numpy as np

from engine.arrays import Array, Shape
from engine.errors import ShapeMismatch
from engine.ops.base import Op, Vjp


def shape(x: Shape, *, to: int, weight: float) -> Shape:
    """(N, …) -> (N, 1)."""
    if len(x) < 2:
        raise ShapeMismatch("apart: x", ("N", "D"), x)
    return (x[0], 1)


def scratch(x: Shape, *, to: int, weight: float) -> tuple[Shape, ...]:
    """The difference."""
    return (x[1:],)


def forward(y: Array, x: Array, difference: Array, *, to: int, weight: float) -> None:
    """y[0] = weight · mean (x[0] - x[to])²."""
    y.fill(0)
    if to < len(x):
        np.subtract(x[0], x[to], difference)
        y[0, 0] = weight * np.vdot(difference, difference) / difference.size


def vjp_x(dx: Array, dy: Array, y: Array, x: Array, difference: Array, *, to: int, weight: float) -> None:
    """dx[0] = dy[0] · 2 weight (x[0] - x[to]) / size, dx[to] = -dx[0], 0 elsewhere."""
    dx.fill(0)
    if to < len(x):
        np.subtract(x[0], x[to], dx[0])
        np.multiply(dx[0], dy[0, 0] * (2 * weight / dx[0].size), dx[0])
        np.subtract(dx[to], dx[0], dx[to])


APART = Op(
    name="apart",
    formula=r"y_0 = \lambda\, \operatorname{mean}\,(x_0 - x_m)^2",
    summary="How far the first example is from another of the batch.",
    inputs=("x",),
    shape=shape,
    forward=forward,
    vjps=(Vjp("x", r"dx_0 = dy_0\, \tfrac{2 \lambda}{D}\, (x_0 - x_m), \quad dx_m = -dx_0", vjp_x),),
    example=lambda rng: (rng.normal(size=(4, 2, 3)),),
    scratch=scratch,
    options={"to": 1, "weight": 1.0},
)
