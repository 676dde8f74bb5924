"""m[n,t] = 1 up to and including the first 0 (the end symbol) of target[n], and 0 after it; both (N, T)."""

import numpy as np

from engine.arrays import Array, Shape
from engine.errors import ShapeMismatch
from engine.ops.base import Op


def shape(target: Shape) -> Shape:
    """(N, T) -> (N, T)."""
    if len(target) != 2:
        raise ShapeMismatch("until_end: target", ("N", "T"), target)
    return target


def forward(m: Array, target: Array) -> None:
    """m[:, 0] = 1, m[:, t] = 1 while no 0 stands before t."""
    m[:, 0] = 1
    np.not_equal(target[:, :-1], 0, out=m[:, 1:])
    np.minimum.accumulate(m, axis=1, out=m)


UNTIL_END = Op(
    name="until_end",
    formula=r"m_{n,t} = [\,\forall\, s < t:\ \text{target}_{n,s} \ne 0\,]",
    summary="Counts the symbols of an answer up to its end symbol, and none of the padding behind it.",
    inputs=("target",),
    shape=shape,
    forward=forward,
    vjps=(),
    example=lambda rng: (np.array([[3.0, 1.0, 0.0, 0.0], [2.0, 4.0, 5.0, 1.0]]),),
)
