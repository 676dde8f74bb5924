"""weights = softmax of the scores over the real keys; padding gets weight 0; scores (N, heads, Tq, Tk), mask (N, Tk).

The mask is 1 at real time steps and 0 at padding. Otherwise as attention_weights.
"""

import numpy as np

from engine.arrays import Array, Shape
from engine.errors import ShapeMismatch
from engine.ops import attention_weights as plain
from engine.ops.base import Op, Vjp


def shape(scores: Shape, mask: Shape, **options: object) -> Shape:
    """As the scores."""
    if plain.shape(scores) and mask != (scores[0], scores[3]):
        raise ShapeMismatch("attention: mask", (scores[0], scores[3]), mask)
    return scores


def scratch(scores: Shape, mask: Shape, **options: object) -> tuple[Shape, ...]:
    """One number for each query."""
    return plain.scratch(scores)


def forward(weights: Array, scores: Array, mask: Array, row: Array, *, causal: bool) -> None:
    """weights = softmax(scores), of real keys alone."""
    np.copyto(weights, scores)
    if causal:
        np.copyto(weights, -np.inf, where=plain.later(*scores.shape[2:]))
    np.copyto(weights, -np.inf, where=(mask == 0)[:, None, None, :])
    plain.softmax_of_what_is_seen(weights, row)


def vjp_scores(
    dscores: Array, dweights: Array, weights: Array, scores: Array, mask: Array, row: Array, *, causal: bool
) -> None:
    """dscores = weights * (dweights - Σⱼ weightsⱼ dweightsⱼ): 0 for padding."""
    plain.vjp_scores(dscores, dweights, weights, scores, row, causal=causal)


def _example(rng: np.random.Generator) -> tuple[Array, ...]:
    lengths = rng.integers(1, 6, size=(4, 1))
    return (rng.normal(size=(4, 2, 3, 5)), (np.arange(5) < lengths).astype(float))


ATTENTION_WEIGHTS_MASKED = Op(
    name="attention_weights_masked",
    formula=plain.FORMULA,
    summary="How much of each value a query takes, of real time steps alone: padding has no say.",
    inputs=("scores", "mask"),
    shape=shape,
    forward=forward,
    vjps=(Vjp("scores", plain.GRADIENT, vjp_scores),),
    example=_example,
    scratch=scratch,
    options={"causal": False},
)
