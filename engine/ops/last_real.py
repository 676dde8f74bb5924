"""y[n] = x[n, t] with t the last real time step, Σ mask[n] - 1; x (N, T, D), mask (N, T), y (N, D).

The mask is 1 at the real steps, which come first, and 0 at the padding behind them.
"""

import numpy as np

from engine.arrays import Array, Shape, counting
from engine.errors import ShapeMismatch
from engine.ops.base import Op, Vjp


def shape(x: Shape, mask: Shape) -> Shape:
    """(N, T, D), (N, T) -> (N, D)."""
    if len(x) != 3:
        raise ShapeMismatch("last: x", ("N", "T", "D"), x)
    if mask != x[:2]:
        raise ShapeMismatch("last: mask", x[:2], mask)
    return (x[0], x[2])


def scratch(x: Shape, mask: Shape) -> tuple[Shape, ...]:
    """The number of each example's last real step; 1 at that step."""
    return ((x[0], 1), mask)


def _find(chosen: Array, last: Array, mask: Array) -> None:
    """Chosen ← 1 at the last real step of each example, Σ mask - 1, and 0 elsewhere."""
    np.add.reduce(mask, axis=1, out=last, keepdims=True)  # (N, 1)
    np.subtract(last, 1, last)
    np.equal(counting(mask.shape[1], mask.dtype.char), last, out=chosen, casting="unsafe")  # (N, T)


def forward(y: Array, x: Array, mask: Array, last: Array, chosen: Array) -> None:
    """y = the last real step of x."""
    _find(chosen, last, mask)
    np.matmul(chosen[:, None, :], x, out=y[:, None, :])  # (N, 1, T) (N, T, D)


def vjp_x(dx: Array, dy: Array, y: Array, x: Array, mask: Array, last: Array, chosen: Array) -> None:
    """dx = dy at the last real step, 0 at all others."""
    _find(chosen, last, mask)
    np.multiply(dy[:, None, :], chosen[:, :, None], dx)  # (N, T, D)


def _example(rng: np.random.Generator) -> tuple[Array, ...]:
    lengths = rng.integers(1, 4, size=(4, 1))
    return (rng.normal(size=(4, 3, 2)), (np.arange(3) < lengths).astype(float))


LAST_REAL = Op(
    name="last_real",
    formula=r"y = x_{t},\quad t = \textstyle\sum_s m_s",
    summary="The last real time step of a sequence, before its padding begins.",
    inputs=("x", "mask"),
    shape=shape,
    forward=forward,
    vjps=(Vjp("x", r"dx_s = \begin{cases} dy & s = t \\ 0 & \text{else} \end{cases}", vjp_x),),
    example=_example,
    scratch=scratch,
)
