"""m[n,t] = 1 up to the last time step of x[n] that is not all 0, and 0 after it; x (N, T) or (N, T, D), m (N, T).

Sequences of unequal length are padded with 0 at their end (token 0 is the padding), so the data tell where each ends.
"""

import numpy as np

from engine.arrays import Array, Shape
from engine.errors import ShapeMismatch
from engine.ops.base import Op


def shape(x: Shape) -> Shape:
    """(N, T, …) -> (N, T)."""
    if len(x) not in {2, 3}:
        raise ShapeMismatch("real_steps: x", ("N", "T", "D"), x)
    return x[:2]


def forward(m: Array, x: Array) -> None:
    """m = 1 where something follows or stands here that is not 0."""
    np.copyto(m, x if x.ndim == 2 else np.abs(x).max(axis=2))
    np.not_equal(m, 0, out=m)
    np.maximum.accumulate(m[:, ::-1], axis=1, out=m[:, ::-1])


REAL_STEPS = Op(
    name="real_steps",
    formula=r"m_{n,t} = [\,\exists\, s \ge t:\ x_{n,s} \ne 0\,]",
    summary="Tells the real time steps of a sequence from the padding behind its end.",
    inputs=("x",),
    shape=shape,
    forward=forward,
    vjps=(),
    example=lambda rng: (np.array([[3.0, 1.0, 0.0, 0.0], [2.0, 0.0, 5.0, 1.0]]),),
)
