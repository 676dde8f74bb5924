"""y = x, but for some units, which are held at values of their own: y[…, u, …] = value[u]. Killing is holding at 0.

A unit is one place along one axis of the example: the last of vectors and sequences, the first (a map) of images.
"""

from collections.abc import Mapping

import numpy as np

from engine.arrays import Array, Shape
from engine.errors import ShapeMismatch
from engine.ops.base import Op, Vjp


def shape(x: Shape, *, axis: int, held: Mapping[int, float]) -> Shape:
    """That of x."""
    axes = len(x) - 1
    if not -axes <= axis < axes:
        raise ShapeMismatch(f"clamp along axis {axis}: x", ("N", *(["…"] * (axis + 1 if axis >= 0 else -axis))), x)
    return x


def unit_of(x: Array, axis: int, unit: int) -> Array:
    """The view on one unit's numbers."""
    view: Array = x[(slice(None),) * (1 + axis % (x.ndim - 1)) + (unit,)]
    return view


def forward(y: Array, x: Array, *, axis: int, held: Mapping[int, float]) -> None:
    """y = x; y[…, u, …] = value[u]."""
    np.copyto(y, x)
    for unit, value in held.items():
        unit_of(y, axis, unit).fill(value)


def vjp_x(dx: Array, dy: Array, y: Array, x: Array, *, axis: int, held: Mapping[int, float]) -> None:
    """dx = dy; dx[…, u, …] = 0: what is held does not depend on x."""
    np.copyto(dx, dy)
    for unit in held:
        unit_of(dx, axis, unit).fill(0)


CLAMP = Op(
    name="clamp",
    formula=r"y_u = \begin{cases} c_u & \text{where } u \text{ is held} \\ x_u & \text{else} \end{cases}",
    summary="Holds some units at values of their own, whatever comes in; held at 0 a unit is killed.",
    inputs=("x",),
    shape=shape,
    forward=forward,
    vjps=(
        Vjp("x", r"dx_u = \begin{cases} 0 & \text{where } u \text{ is held} \\ dy_u & \text{else} \end{cases}", vjp_x),
    ),
    example=lambda rng: (rng.normal(size=(4, 3, 5)),),
    options={"axis": -1, "held": {1: 0.0, 3: 0.5}},
)
