"""L = mean over all entries of |p - t|; p, t (N, D), L (). Where p = t the gradient is 0 (a subgradient)."""

import numpy as np

from engine.arrays import Array, mean, mean_of_each
from engine.ops.base import Loss, Vjp
from engine.ops.shapes import like_prediction, regression, scalar


def forward(loss: Array, prediction: Array, target: Array, residual: Array) -> None:
    """L = mean |p - t|."""
    np.subtract(prediction, target, residual)
    np.abs(residual, residual)
    mean(loss, residual)


def vjp_prediction(
    dprediction: Array, dloss: Array, loss: Array, prediction: Array, target: Array, residual: Array
) -> None:
    """dp = dL * sign(p - t) / (N D)."""
    np.subtract(prediction, target, dprediction)
    np.sign(dprediction, dprediction)
    np.multiply(dprediction, dloss / prediction.size, dprediction)


def per_example(out: Array, prediction: Array, target: Array, residual: Array) -> None:
    """Lₙ = mean over this example's entries of |p - t|."""
    np.subtract(prediction, target, residual)
    np.abs(residual, residual)
    mean_of_each(out, residual)


MAE = Loss(
    name="mae",
    formula=r"L = \frac{1}{N D} \sum_{n,d} |p_{n,d} - t_{n,d}|",
    summary="Mean absolute error: twice as far off counts twice as much.",
    inputs=("prediction", "target"),
    shape=scalar,
    forward=forward,
    vjps=(Vjp("prediction", r"dp = dL\, \frac{1}{N D} \operatorname{sign}(p - t)", vjp_prediction),),
    example=regression,
    scratch=like_prediction,
    per_example=per_example,
)
