"""What each loss hands back to the prediction at one index, as a product of numbers that a person can check."""

import math
from collections.abc import Callable

import numpy as np

from engine.arrays import Array
from engine.explain.explanation import Factor, Index, Term
from engine.explain.terms import plain, product
from engine.explain.view import View
from engine.layers import Node
from engine.ops.binary_cross_entropy import is_within

#: (prediction, target, index, node) -> the factors beside 1/(number of entries) or 1/N
Rule = Callable[[Array, Array, Index, Node], tuple[Factor, ...]]


def loss_gradient(view: View, loss: Node, index: Index) -> list[Term]:
    """dL/dprediction at one index: the loss's factors and the mean's 1/N or 1/(N·D)."""
    assert loss.op is not None
    prediction, target = view.value(loss.inputs[0]), view.value(loss.inputs[1])
    assert prediction is not None
    assert target is not None
    if loss.op == "sequence_cross_entropy":
        return [_sequence_term(view, loss, prediction, target, index)]
    factors = RULES[loss.op](prediction, target, index, loss)
    count = len(prediction) if loss.op in PER_EXAMPLE else prediction.size
    name, symbol = ("1 / examples", r"\frac{1}{N}") if loss.op in PER_EXAMPLE else ("1 / entries", r"\frac{1}{N D}")
    return [product("prediction and target", *factors, plain(name, symbol, 1 / count))]


#: losses that are a mean over the examples, and a sum over the outputs of each
PER_EXAMPLE = frozenset({"half_squared_error", "softmax_cross_entropy"})


def _residual(prediction: Array, target: Array, index: Index, loss: Node) -> float:
    return float(prediction[index]) - float(target[index])


def _gap(value: float) -> Factor:
    return plain("prediction − target", r"(\hat{y} - t)", value)


def _mse(prediction: Array, target: Array, index: Index, loss: Node) -> tuple[Factor, ...]:
    return plain("2 from the square", "2", 2.0), _gap(_residual(prediction, target, index, loss))


def _half(prediction: Array, target: Array, index: Index, loss: Node) -> tuple[Factor, ...]:
    return (_gap(_residual(prediction, target, index, loss)),)


def _rmse(prediction: Array, target: Array, index: Index, loss: Node) -> tuple[Factor, ...]:
    root = math.sqrt(float(np.mean(np.square(prediction - target, dtype=np.float64))))
    return _gap(_residual(prediction, target, index, loss)), plain(
        "1 / rmse", r"\frac{1}{L}", 1 / root if root else 0.0
    )


def _mae(prediction: Array, target: Array, index: Index, loss: Node) -> tuple[Factor, ...]:
    sign = float(np.sign(_residual(prediction, target, index, loss)))
    return (plain("sign(prediction − target)", r"\operatorname{sign}(\hat{y} - t)", sign),)


def _huber(prediction: Array, target: Array, index: Index, loss: Node) -> tuple[Factor, ...]:
    threshold = float(loss.options["threshold"])
    clipped = min(max(_residual(prediction, target, index, loss), -threshold), threshold)
    return (plain("gap, held within ±threshold", r"\operatorname{clip}(\hat{y} - t)", clipped),)


def _hinge(prediction: Array, target: Array, index: Index, loss: Node) -> tuple[Factor, ...]:
    s = 1.0 if target[index] > 0 else -1.0
    inside = 1.0 if s * float(prediction[index]) < 1 else 0.0
    return plain("−s", "-s", -s), plain("inside the margin", r"[s\,\hat{y} < 1]", inside)


def _cross_entropy(prediction: Array, target: Array, index: Index, loss: Node) -> tuple[Factor, ...]:
    p, gap = float(prediction[index]), _residual(prediction, target, index, loss)
    slope = 1 / (p * (1 - p)) if is_within(prediction[index]) else 0.0
    return _gap(gap), plain("1 / (p (1 − p))", r"\frac{1}{p\,(1 - p)}", slope)


def _sigmoid_cross_entropy(prediction: Array, target: Array, index: Index, loss: Node) -> tuple[Factor, ...]:
    z = float(prediction[index])
    p = 1 / (1 + math.exp(-z)) if z >= 0 else math.exp(z) / (1 + math.exp(z))
    return (_gap(p - float(target[index])),)


def _softmax_cross_entropy(prediction: Array, target: Array, index: Index, loss: Node) -> tuple[Factor, ...]:
    return (_gap(_share(prediction[index[:-1]], index[-1]) - float(target[index])),)


def _sequence_term(view: View, loss: Node, prediction: Array, target: Array, index: Index) -> Term:
    """(softmax(z) - t) · m / Σ m at one time step."""
    row, step, unit = index
    gap = _gap(_share(prediction[row, step], unit) - float(target[row, step] == unit))
    if len(loss.inputs) == 2:
        return product("prediction and target", gap, plain("1 / steps", r"\frac{1}{N T}", 1 / target.size))
    mask = view.value(loss.inputs[2])
    assert mask is not None
    share = plain("1 / real steps", r"\frac{1}{\sum m}", 1 / max(1.0, float(mask.sum())))
    return product("prediction and target", gap, plain("real step", "m", float(mask[row, step])), share)


def _share(scores: Array, unit: int) -> float:
    """Softmax of one row at one place."""
    weights = np.exp(scores.astype(np.float64) - scores.max())
    return float(weights[unit] / weights.sum())


RULES: dict[str, Rule] = {
    "mse": _mse,
    "half_squared_error": _half,
    "rmse": _rmse,
    "mae": _mae,
    "huber": _huber,
    "hinge": _hinge,
    "binary_cross_entropy": _cross_entropy,
    "sigmoid_binary_cross_entropy": _sigmoid_cross_entropy,
    "softmax_cross_entropy": _softmax_cross_entropy,
}
