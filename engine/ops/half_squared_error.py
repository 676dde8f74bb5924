"""L = mean over the batch of ½ Σ over outputs of (p - t)²; p, t (N, D), L ().

The convention of most textbooks: for one example the gradient is p - t.
"""

import numpy as np

from engine.arrays import Array
from engine.ops.base import Loss, Vjp
from engine.ops.shapes import like_prediction, regression, scalar


def forward(loss: Array, prediction: Array, target: Array, residual: Array) -> None:
    """L = ½ Σ (p - t)² / N."""
    np.subtract(prediction, target, residual)
    loss[()] = np.vdot(residual, residual) / (2 * len(residual))


def vjp_prediction(
    dprediction: Array, dloss: Array, loss: Array, prediction: Array, target: Array, residual: Array
) -> None:
    """dp = dL * (p - t) / N."""
    np.subtract(prediction, target, dprediction)
    np.multiply(dprediction, dloss / len(prediction), dprediction)


def per_example(out: Array, prediction: Array, target: Array, residual: Array) -> None:
    """Lₙ = ½ Σ over this example's outputs of (p - t)²."""
    np.subtract(prediction, target, residual)
    np.multiply(residual, residual, residual)
    np.sum(residual.reshape(len(out), -1), axis=1, out=out)
    np.multiply(out, 0.5, out)


HALF_SQUARED_ERROR = Loss(
    name="half_squared_error",
    formula=r"L = \frac{1}{N} \sum_n \tfrac12 \sum_d (p_{n,d} - t_{n,d})^2",
    summary="Half the squared error, summed over the outputs: its gradient is just the error.",
    inputs=("prediction", "target"),
    shape=scalar,
    forward=forward,
    vjps=(Vjp("prediction", r"dp = dL\, \frac{1}{N}\,(p - t)", vjp_prediction),),
    example=regression,
    scratch=like_prediction,
    per_example=per_example,
)
