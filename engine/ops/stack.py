"""y[:, t] = x_t: the values of all time steps as one sequence; each x_t (N, …), y (N, T, …)."""

import numpy as np

from engine.arrays import Array, Shape
from engine.errors import ShapeMismatch
from engine.ops.base import Op, Vjp


def shape(*xs: Shape) -> Shape:
    """T times (N, …) -> (N, T, …)."""
    for x in xs[1:]:
        if x != xs[0]:
            raise ShapeMismatch("stack: each input", xs[0], x)
    return (xs[0][0], len(xs), *xs[0][1:])


def forward(y: Array, *xs: Array) -> None:
    """y[:, t] = x_t."""
    for t, x in enumerate(xs):
        np.copyto(y[:, t], x)


def vjp_x(dx: Array, dy: Array, y: Array, *xs: Array, index: int) -> None:
    """dx_t = dy[:, t]."""
    np.copyto(dx, dy[:, index])


STACK = Op(
    name="stack",
    formula=r"y_{n,t} = x^{(t)}_n",
    summary="Puts what was said at each time step one after the other, as a sequence.",
    inputs=("x*",),
    shape=shape,
    forward=forward,
    vjps=(Vjp("x*", r"dx^{(t)}_n = dy_{n,t}", vjp_x),),
    example=lambda rng: tuple(rng.normal(size=(3, 4, 2))),
)
