"""What the shape functions and examples of several ops share."""

from collections.abc import Callable

import numpy as np

from engine.arrays import Array, Shape
from engine.errors import ShapeMismatch

Example = Callable[[np.random.Generator], tuple[Array, ...]]


def same(x: Shape, **options: object) -> Shape:
    """Y has the shape of x."""
    return x


def like_input(x: Shape, **options: object) -> tuple[Shape, ...]:
    """One work buffer of the input's shape."""
    return (x,)


def one_per_row(x: Shape, *, axis: int = -1) -> tuple[Shape, ...]:
    """One work buffer with one number for each row along the axis."""
    axis %= len(x)
    return ((*x[:axis], 1, *x[axis + 1 :]),)


def scalar(prediction: Shape, target: Shape, **options: object) -> Shape:
    """(N, D), (N, D) -> (): a loss is one number."""
    if not prediction[1:]:
        raise ShapeMismatch("loss: prediction", ("N", "D"), prediction)
    if target != prediction:
        raise ShapeMismatch("loss: target", prediction, target)
    return ()


def like_prediction(prediction: Shape, target: Shape, **options: object) -> tuple[Shape, ...]:
    """One work buffer of the prediction's shape."""
    return (prediction,)


def two_like_prediction(prediction: Shape, target: Shape, **options: object) -> tuple[Shape, ...]:
    """Two work buffers of the prediction's shape."""
    return (prediction, prediction)


def normal(rng: np.random.Generator) -> tuple[Array, ...]:
    """One input of (4, 3) standard normal numbers."""
    return (rng.normal(size=(4, 3)),)


def away_from_zero(rng: np.random.Generator) -> tuple[Array, ...]:
    """One input of (4, 3) numbers of either sign, at least 0.1 from a kink at 0."""
    return (_signed(rng, 0.1, 2.0),)


def regression(rng: np.random.Generator) -> tuple[Array, ...]:
    """A prediction and a target (4, 3) that differ by at least 0.1 everywhere."""
    target = rng.normal(size=(4, 3))
    return (target + _signed(rng, 0.1, 2.0), target)


def probabilities(rng: np.random.Generator) -> tuple[Array, ...]:
    """Probabilities (4, 3) within [0.1, 0.9] and targets of 0 or 1."""
    return (rng.uniform(0.1, 0.9, size=(4, 3)), rng.choice([0.0, 1.0], size=(4, 3)))


def _signed(rng: np.random.Generator, low: float, high: float) -> Array:
    """Uniform on ±[low, high)."""
    sign = rng.choice([-1.0, 1.0], size=(4, 3))
    signed: Array = sign * rng.uniform(low, high, size=(4, 3))
    return signed
