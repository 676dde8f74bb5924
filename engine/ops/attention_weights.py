"""weights = softmax of the scores over the keys; scores, weights (N, heads, Tq, Tk). Each query's weights add up to 1.

With ``causal``, a query sees the keys up to its own time step alone: all later ones get weight 0, as if their score
were -∞.
"""

from functools import lru_cache

import numpy as np
import numpy.typing as npt

from engine.arrays import Array, Shape
from engine.errors import ShapeMismatch
from engine.ops import softmax
from engine.ops.base import Op, Vjp


@lru_cache(maxsize=64)
def later(queries: int, keys: int) -> npt.NDArray[np.bool_]:
    """(Tq, Tk): True where a key stands behind the query's time step; made once, read-only."""
    mask = np.triu(np.ones((queries, keys), bool), 1)
    mask.flags.writeable = False
    return mask


def shape(scores: Shape, **options: object) -> Shape:
    """As the scores."""
    if len(scores) != 4:
        raise ShapeMismatch("attention: scores", ("N", "heads", "Tq", "Tk"), scores)
    return scores


def scratch(scores: Shape, **options: object) -> tuple[Shape, ...]:
    """One number for each query."""
    return ((*scores[:3], 1),)


def softmax_of_what_is_seen(weights: Array, row: Array) -> None:
    """Weights ← softmax over the last axis, where they are scores, and -∞ for what is not seen.

    A query that sees nothing at all gets weights of 0.
    """
    limits = np.finfo(weights.dtype)
    np.maximum.reduce(weights, axis=-1, out=row, keepdims=True)  # (N, heads, Tq, 1)
    np.maximum(row, limits.min, out=row)
    np.subtract(weights, row, weights)
    np.exp(weights, weights)
    np.add.reduce(weights, axis=-1, out=row, keepdims=True)  # (N, heads, Tq, 1)
    np.maximum(row, limits.tiny, out=row)
    np.divide(weights, row, weights)


def forward(weights: Array, scores: Array, row: Array, *, causal: bool) -> None:
    """weights = softmax(scores)."""
    np.copyto(weights, scores)
    if causal:
        np.copyto(weights, -np.inf, where=later(*scores.shape[2:]))
    softmax_of_what_is_seen(weights, row)


def vjp_scores(dscores: Array, dweights: Array, weights: Array, scores: Array, row: Array, *, causal: bool) -> None:
    """dscores = weights * (dweights - Σⱼ weightsⱼ dweightsⱼ): softmax's, and 0 for what is not seen."""
    softmax.vjp_z(dscores, dweights, weights, scores, row)


FORMULA = r"w_j = \dfrac{e^{s_j}}{\sum_k e^{s_k}}"
GRADIENT = r"ds_j = w_j \left(dw_j - \textstyle\sum_k w_k\, dw_k\right)"

ATTENTION_WEIGHTS = Op(
    name="attention_weights",
    formula=FORMULA,
    summary="How much of each value a query takes: the softmax of its scores; with causal, of none that comes later.",
    inputs=("scores",),
    shape=shape,
    forward=forward,
    vjps=(Vjp("scores", GRADIENT, vjp_scores),),
    example=lambda rng: (rng.normal(size=(4, 2, 3, 5)),),
    scratch=scratch,
    options={"causal": True},
)
