"""y = prev + m * (x - prev)   with m (N, 1), and x, prev, y (N, M): where m is 0 the sequence has ended: prev stays.

So the last state of a padded sequence is the one after its last real time step, and padding hands no gradient to the
weights.
"""

import numpy as np

from engine.arrays import Array, Shape
from engine.errors import ShapeMismatch
from engine.ops.base import Op, Vjp


def shape(m: Shape, x: Shape, prev: Shape) -> Shape:
    """(N, 1), (N, M), (N, M) -> (N, M)."""
    if x != prev:
        raise ShapeMismatch("carry: prev", x, prev)
    if m != (x[0], 1):
        raise ShapeMismatch("carry: m", (x[0], 1), m)
    return x


def forward(y: Array, m: Array, x: Array, prev: Array) -> None:
    """y = prev + m * (x - prev)."""
    np.subtract(x, prev, y)
    np.multiply(y, m, y)
    np.add(y, prev, y)


def vjp_x(dx: Array, dy: Array, y: Array, m: Array, x: Array, prev: Array) -> None:
    """dx = dy * m."""
    np.multiply(dy, m, dx)


def vjp_prev(dprev: Array, dy: Array, y: Array, m: Array, x: Array, prev: Array) -> None:
    """dprev = dy * (1 - m), as dy - dy * m."""
    np.multiply(dy, m, dprev)
    np.subtract(dy, dprev, dprev)


CARRY = Op(
    name="carry",
    formula=r"y = m \cdot x + (1 - m) \cdot y_{t-1}",
    summary="Goes on while the sequence lasts, and keeps what it has once it has ended.",
    inputs=("m", "x", "prev"),
    shape=shape,
    forward=forward,
    vjps=(
        Vjp("x", r"dx = dy \cdot m", vjp_x),
        Vjp("prev", r"dy_{t-1} = dy \cdot (1 - m)", vjp_prev),
    ),
    example=lambda rng: (np.array([[1.0], [0.0], [1.0], [0.0]]), *rng.normal(size=(2, 4, 3))),
)
