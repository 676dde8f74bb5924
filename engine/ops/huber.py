"""L = mean over all entries of ½ e² where |e| <= threshold, else threshold (|e| - ½ threshold), with e = p - t.

p, t (N, D), L (). With c = e held within ±threshold this is c (e - ½ c), and the gradient is c. Source: Huber, "Robust
Estimation of a Location Parameter", 1964; PyTorch's HuberLoss, whose delta is our threshold.
"""

import numpy as np

from engine.arrays import Array, mean, mean_of_each
from engine.ops.base import Loss, Vjp
from engine.ops.shapes import scalar, two_like_prediction


def forward(
    loss: Array, prediction: Array, target: Array, residual: Array, clipped: Array, *, threshold: float
) -> None:
    """L = mean of c (e - ½ c)."""
    _entries(prediction, target, residual, clipped, threshold)
    mean(loss, residual)


def vjp_prediction(
    dprediction: Array,
    dloss: Array,
    loss: Array,
    prediction: Array,
    target: Array,
    residual: Array,
    clipped: Array,
    *,
    threshold: float,
) -> None:
    """dp = dL * c / (N D)."""
    np.subtract(prediction, target, dprediction)
    np.minimum(dprediction, threshold, out=dprediction)
    np.maximum(dprediction, -threshold, out=dprediction)
    np.multiply(dprediction, dloss / prediction.size, dprediction)


def per_example(
    out: Array, prediction: Array, target: Array, residual: Array, clipped: Array, *, threshold: float
) -> None:
    """Lₙ = mean over this example's entries of c (e - ½ c)."""
    _entries(prediction, target, residual, clipped, threshold)
    mean_of_each(out, residual)


def _entries(prediction: Array, target: Array, residual: Array, clipped: Array, threshold: float) -> None:
    """Residual becomes c (e - ½ c)."""
    np.subtract(prediction, target, residual)
    np.minimum(residual, threshold, out=clipped)
    np.maximum(clipped, -threshold, out=clipped)
    np.multiply(residual, 2, residual)
    np.subtract(residual, clipped, residual)
    np.multiply(residual, clipped, residual)
    np.multiply(residual, 0.5, residual)


def _example(rng: np.random.Generator) -> tuple[Array, ...]:
    """Errors on both sides of the threshold 1, none near it."""
    target = rng.normal(size=(4, 3))
    error = rng.choice([-1, 1], size=(4, 3)) * rng.choice([0, 1.2], size=(4, 3)) + rng.uniform(-0.1, 0.1, size=(4, 3))
    return (target + error, target)


HUBER = Loss(
    name="huber",
    formula=r"L = \frac{1}{N D} \sum_{n,d} "
    r"\begin{cases} \tfrac12 e_{n,d}^2 & |e_{n,d}| \le \delta \\ "
    r"\delta\,(|e_{n,d}| - \tfrac12 \delta) & \text{else} \end{cases},\quad e = p - t",
    summary="Squared for small errors, linear for large ones: outliers do not pull so hard.",
    inputs=("prediction", "target"),
    shape=scalar,
    forward=forward,
    vjps=(Vjp("prediction", r"dp = dL\, \frac{1}{N D} \max(-\delta, \min(\delta,\, p - t))", vjp_prediction),),
    example=_example,
    scratch=two_like_prediction,
    options={"threshold": 1.0},
    per_example=per_example,
)
