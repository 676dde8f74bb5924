"""y[n] = x[n] from start up to stop (not included) along one axis of the example, with Python's negative numbers."""

import numpy as np

from engine.arrays import Array, Shape
from engine.errors import ShapeMismatch
from engine.ops.base import Op, Vjp


def shape(x: Shape, *, axis: int, start: int, stop: int | None) -> Shape:
    """The axis is as long as the stretch."""
    axes = len(x) - 1
    if not -axes <= axis < axes:
        raise ShapeMismatch(f"slice along axis {axis}: x", ("N", *(["…"] * (axis + 1 if axis >= 0 else -axis))), x)
    place = 1 + axis % axes
    length = len(range(x[place])[start:stop])
    if not length:
        bounds = f"{start}:{'' if stop is None else stop}"
        raise ShapeMismatch(f"slice {bounds}, which takes nothing of {x[place]} along axis {axis}: x", ("N", "…"), x)
    return (*x[:place], length, *x[place + 1 :])


def stretch(x: Array, axis: int, start: int, stop: int | None) -> Array:
    """The view on the part of x that is taken."""
    place = 1 + axis % (x.ndim - 1)
    return x[(slice(None),) * place + (slice(start, stop),)]


def forward(y: Array, x: Array, *, axis: int, start: int, stop: int | None) -> None:
    """y = x[start:stop] along the axis."""
    np.copyto(y, stretch(x, axis, start, stop))


def vjp_x(dx: Array, dy: Array, y: Array, x: Array, *, axis: int, start: int, stop: int | None) -> None:
    """dx = dy where x was taken, 0 elsewhere."""
    dx.fill(0)
    np.copyto(stretch(dx, axis, start, stop), dy)


SLICE = Op(
    name="slice",
    formula=r"y = x_{[\text{start} : \text{stop}]}",
    summary="A stretch of its input along one axis of the example: some channels, some time steps, some numbers.",
    inputs=("x",),
    shape=shape,
    forward=forward,
    vjps=(
        Vjp("x", r"dx = \begin{cases} dy & \text{where } x \text{ was taken} \\ 0 & \text{else} \end{cases}", vjp_x),
    ),
    example=lambda rng: (rng.normal(size=(4, 5, 3)),),
    options={"axis": 0, "start": 1, "stop": 3},
)
