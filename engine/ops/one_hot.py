"""y[…, k] = 1 where k is the token id x[…], else 0; x (N,) or (N, T), y (…, K). The ids are whole floats, from 0.

An id does not vary continuously: it gets no gradient. That ids are whole numbers below K is checked where data enter.
"""

import numpy as np

from engine.arrays import Array, Shape, counting
from engine.ops.base import Op


def shape(x: Shape, *, tokens: int) -> Shape:
    """(N, …) -> (N, …, K)."""
    return (*x, tokens)


def forward(y: Array, x: Array, *, tokens: int) -> None:
    """y = [k = x]."""
    np.equal(x[..., None], counting(tokens, y.dtype.char), out=y, casting="unsafe")


ONE_HOT = Op(
    name="one_hot",
    formula=r"y_k = [\,x = k\,]",
    summary="A 1 at the place of the token, 0 everywhere else.",
    inputs=("x",),
    shape=shape,
    forward=forward,
    vjps=(),
    example=lambda rng: (rng.integers(5, size=(4, 3)).astype(float),),
    options={"tokens": 5},
)
