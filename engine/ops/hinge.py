"""L = mean over all entries of max(0, 1 - s p) with s = 1 where t > 0, else -1; p, t (N, D), L ().

Targets 0/1 and -1/1 both work. At s p = 1 the gradient is 0 (a subgradient).
"""

import numpy as np

from engine.arrays import Array, mean, mean_of_each
from engine.ops.base import Loss, Vjp
from engine.ops.shapes import scalar, two_like_prediction


def forward(loss: Array, prediction: Array, target: Array, side: Array, margin: Array) -> None:
    """L = mean max(0, 1 - s p)."""
    _entries(prediction, target, side, margin)
    mean(loss, margin)


def vjp_prediction(
    dprediction: Array, dloss: Array, loss: Array, prediction: Array, target: Array, side: Array, margin: Array
) -> None:
    """dp = -dL * s / (N D) where s p < 1, else 0."""
    _entries(prediction, target, side, margin)
    np.greater(margin, 0, dprediction)
    np.multiply(dprediction, side, dprediction)
    np.multiply(dprediction, -dloss / prediction.size, dprediction)


def per_example(out: Array, prediction: Array, target: Array, side: Array, margin: Array) -> None:
    """Lₙ = mean over this example's entries of max(0, 1 - s p)."""
    _entries(prediction, target, side, margin)
    mean_of_each(out, margin)


def _entries(prediction: Array, target: Array, side: Array, margin: Array) -> None:
    """Side becomes s = ±1, margin becomes max(0, 1 - s p)."""
    np.greater(target, 0, side)
    np.multiply(side, 2, side)
    np.subtract(side, 1, side)
    np.multiply(side, prediction, margin)
    np.subtract(1, margin, margin)
    np.maximum(margin, 0, out=margin)


def _example(rng: np.random.Generator) -> tuple[Array, ...]:
    """Targets of ±1 and predictions at least 0.1 from the kinks at ±1."""
    target = rng.choice([-1.0, 1.0], size=(4, 3))
    return (target * (1 - rng.choice([-1, 1], size=(4, 3)) * rng.uniform(0.1, 2, size=(4, 3))), target)


HINGE = Loss(
    name="hinge",
    formula=r"L = \frac{1}{N D} \sum_{n,d} \max(0,\, 1 - s_{n,d}\, p_{n,d}),"
    r"\quad s = \begin{cases} 1 & t > 0 \\ -1 & \text{else} \end{cases}",
    summary="Asks each prediction to be on the right side, by a margin of 1.",
    inputs=("prediction", "target"),
    shape=scalar,
    forward=forward,
    vjps=(Vjp("prediction", r"dp = -dL\, \frac{1}{N D}\, s \cdot [s\, p < 1]", vjp_prediction),),
    example=_example,
    scratch=two_like_prediction,
    per_example=per_example,
)
