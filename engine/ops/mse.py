"""L = mean over all entries of (p - t)², no ½; p, t (N, D), L ().

As PyTorch's MSELoss(reduction="mean"). D is the product of all axes but the first.
"""

import numpy as np

from engine.arrays import Array, mean_of_each
from engine.ops.base import Loss, Vjp
from engine.ops.shapes import like_prediction, regression, scalar


def forward(loss: Array, prediction: Array, target: Array, residual: Array) -> None:
    """L = mean (p - t)²."""
    np.subtract(prediction, target, residual)
    loss[()] = np.vdot(residual, residual) / residual.size


def vjp_prediction(
    dprediction: Array, dloss: Array, loss: Array, prediction: Array, target: Array, residual: Array
) -> None:
    """dp = dL * 2 (p - t) / (N D)."""
    np.subtract(prediction, target, dprediction)
    np.multiply(dprediction, dloss * (2 / prediction.size), dprediction)


def per_example(out: Array, prediction: Array, target: Array, residual: Array) -> None:
    """Lₙ = mean over this example's entries of (p - t)²."""
    np.subtract(prediction, target, residual)
    np.multiply(residual, residual, residual)
    mean_of_each(out, residual)


MSE = Loss(
    name="mse",
    formula=r"L = \frac{1}{N D} \sum_{n,d} (p_{n,d} - t_{n,d})^2",
    summary="Mean squared error: far off counts much more than a little off.",
    inputs=("prediction", "target"),
    shape=scalar,
    forward=forward,
    vjps=(Vjp("prediction", r"dp = dL\, \frac{2}{N D}\,(p - t)", vjp_prediction),),
    example=regression,
    scratch=like_prediction,
    per_example=per_example,
)
