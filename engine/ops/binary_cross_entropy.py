"""L = -mean over all entries of t log p + (1 - t) log(1 - p); p, t (N, D) in [0, 1], L ().

p is held within [EPS, 1 - EPS]; outside, the gradient is 0. Behind a sigmoid use sigmoid_binary_cross_entropy.
"""

import numpy as np

from engine.arrays import Array, mean, mean_of_each
from engine.ops.base import Loss, Vjp
from engine.ops.shapes import probabilities, scalar, two_like_prediction

EPS = 1e-7  # in float32, the nearest number below 1 is 6e-8 away


def forward(loss: Array, prediction: Array, target: Array, held: Array, work: Array) -> None:
    """L = -mean of t log p + (1 - t) log(1 - p)."""
    _entries(prediction, target, held, work)
    mean(loss, held)


def vjp_prediction(
    dprediction: Array, dloss: Array, loss: Array, prediction: Array, target: Array, held: Array, work: Array
) -> None:
    """dp = dL * (p - t) / (p (1 - p) N D), and 0 where p was held."""
    _hold(held, prediction)
    np.subtract(1, held, work)
    np.multiply(held, work, work)  # p (1 - p)
    np.equal(held, prediction, dprediction)
    np.divide(dprediction, work, dprediction)
    np.subtract(held, target, work)
    np.multiply(dprediction, work, dprediction)
    np.multiply(dprediction, dloss / prediction.size, dprediction)


def per_example(out: Array, prediction: Array, target: Array, held: Array, work: Array) -> None:
    """Lₙ = -mean over this example's entries of t log p + (1 - t) log(1 - p)."""
    _entries(prediction, target, held, work)
    mean_of_each(out, held)


def is_within(p: Array) -> bool:
    """Whether this probability is one that is not held."""
    return bool(np.minimum(np.maximum(p, EPS), 1 - EPS) == p)


def _hold(held: Array, prediction: Array) -> None:
    """Held = p within [EPS, 1 - EPS]."""
    np.maximum(prediction, EPS, out=held)
    np.minimum(held, 1 - EPS, out=held)


def _entries(prediction: Array, target: Array, held: Array, work: Array) -> None:
    """Held becomes -(t log p + (1 - t) log(1 - p)), as t (log(1 - p) - log p) - log(1 - p)."""
    _hold(held, prediction)
    np.log(held, work)
    np.negative(held, held)
    np.log1p(held, held)
    np.subtract(held, work, work)
    np.multiply(target, work, work)
    np.subtract(work, held, held)


BINARY_CROSS_ENTROPY = Loss(
    name="binary_cross_entropy",
    formula=r"L = -\frac{1}{N D} \sum_{n,d} t_{n,d} \log p_{n,d} + (1 - t_{n,d}) \log(1 - p_{n,d})",
    summary="How surprised the probabilities are by what is true.",
    inputs=("prediction", "target"),
    shape=scalar,
    forward=forward,
    vjps=(Vjp("prediction", r"dp = dL\, \frac{1}{N D} \cdot \frac{p - t}{p\,(1 - p)}", vjp_prediction),),
    example=probabilities,
    scratch=two_like_prediction,
    per_example=per_example,
)
