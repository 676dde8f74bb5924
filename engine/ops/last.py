"""y[n] = x[n, T-1]: the last time step of a sequence; x (N, T, D), y (N, D)."""

import numpy as np

from engine.arrays import Array, Shape
from engine.errors import ShapeMismatch
from engine.ops.base import Op, Vjp


def shape(x: Shape) -> Shape:
    """(N, T, D) -> (N, D)."""
    if len(x) != 3:
        raise ShapeMismatch("last: x", ("N", "T", "D"), x)
    return (x[0], x[2])


def forward(y: Array, x: Array) -> None:
    """y = the last step of x."""
    np.copyto(y, x[:, -1])


def vjp_x(dx: Array, dy: Array, y: Array, x: Array) -> None:
    """dx = dy at the last step, 0 at all others."""
    dx.fill(0)
    np.copyto(dx[:, -1], dy)


LAST = Op(
    name="last",
    formula=r"y = x_{T}",
    summary="The last time step of a sequence.",
    inputs=("x",),
    shape=shape,
    forward=forward,
    vjps=(Vjp("x", r"dx_t = \begin{cases} dy & t = T \\ 0 & \text{else} \end{cases}", vjp_x),),
    example=lambda rng: (rng.normal(size=(4, 3, 2)),),
)
