"""L = sqrt(mean over all entries of (p - t)²); p, t (N, D), L ().

The root of a mean over the whole batch is not a mean over examples. At L = 0 the gradient is set to 0.
"""

import numpy as np

from engine.arrays import Array
from engine.ops.base import Loss, Vjp
from engine.ops.shapes import like_prediction, regression, scalar


def forward(loss: Array, prediction: Array, target: Array, residual: Array) -> None:
    """L = sqrt(mean (p - t)²)."""
    np.subtract(prediction, target, residual)
    np.sqrt(np.vdot(residual, residual) / residual.size, loss)


def vjp_prediction(
    dprediction: Array, dloss: Array, loss: Array, prediction: Array, target: Array, residual: Array
) -> None:
    """dp = dL * (p - t) / (N D L), and 0 where L = 0."""
    np.subtract(prediction, target, dprediction)
    np.multiply(dprediction, dloss / (prediction.size * loss) if loss else 0, dprediction)


RMSE = Loss(
    name="rmse",
    formula=r"L = \sqrt{\frac{1}{N D} \sum_{n,d} (p_{n,d} - t_{n,d})^2}",
    summary="The root of the mean squared error: an error in the target's own unit.",
    inputs=("prediction", "target"),
    shape=scalar,
    forward=forward,
    vjps=(Vjp("prediction", r"dp = dL\, \frac{p - t}{N D\, L}", vjp_prediction),),
    example=regression,
    scratch=like_prediction,
)
