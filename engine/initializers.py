"""Initial weights. Every rule takes its randomness as ``rng``.

Glorot & Bengio (2010), Understanding the difficulty of training deep feedforward neural networks (also: Xavier);
He et al. (2015), Delving deep into rectifiers, arXiv:1502.01852 (also: Kaiming);
LeCun et al. (1998), Efficient backprop.
"""

from collections.abc import Callable
from dataclasses import dataclass
from math import isfinite, sqrt

import numpy as np

from engine.arrays import Array, Shape
from engine.errors import SpecError
from engine.spec import ActivationName, Constant, InitializerSpec, Normal, Scaled, Uniform
from engine.words import say


def zeros(shape: Shape) -> Array:
    """All 0."""
    return np.zeros(shape)


def constant(shape: Shape, *, value: float) -> Array:
    """All one value."""
    return np.full(shape, value)


def uniform(shape: Shape, *, low: float, high: float, rng: np.random.Generator) -> Array:
    """Uniform on [low, high)."""
    return rng.uniform(low, high, shape)


def normal(shape: Shape, *, mean: float, std: float, rng: np.random.Generator) -> Array:
    """Normal with this mean and standard deviation."""
    return rng.normal(mean, std, shape)


def glorot_uniform(shape: Shape, *, fan_in: int, fan_out: int, rng: np.random.Generator) -> Array:
    """Uniform on ±sqrt(6 / (fan_in + fan_out)): keeps the variance forward and backward, as far as both can be."""
    limit = sqrt(6.0 / (fan_in + fan_out))
    return rng.uniform(-limit, limit, shape)


def glorot_normal(shape: Shape, *, fan_in: int, fan_out: int, rng: np.random.Generator) -> Array:
    """Normal with std sqrt(2 / (fan_in + fan_out))."""
    return rng.normal(0.0, sqrt(2.0 / (fan_in + fan_out)), shape)


def he_uniform(shape: Shape, *, fan_in: int, rng: np.random.Generator) -> Array:
    """Uniform on ±sqrt(6 / fan_in)."""
    limit = sqrt(6.0 / fan_in)
    return rng.uniform(-limit, limit, shape)


def he_normal(shape: Shape, *, fan_in: int, rng: np.random.Generator) -> Array:
    """Normal with std sqrt(2 / fan_in): keeps the variance of ReLU pre-activations over depth."""
    return rng.normal(0.0, sqrt(2.0 / fan_in), shape)


def lecun_uniform(shape: Shape, *, fan_in: int, rng: np.random.Generator) -> Array:
    """Uniform on ±sqrt(3 / fan_in)."""
    limit = sqrt(3.0 / fan_in)
    return rng.uniform(-limit, limit, shape)


def lecun_normal(shape: Shape, *, fan_in: int, rng: np.random.Generator) -> Array:
    """Normal with std sqrt(1 / fan_in): what selu needs to normalise itself."""
    return rng.normal(0.0, sqrt(1.0 / fan_in), shape)


@dataclass(frozen=True)
class Initializer:
    """One initializer, as it is shown."""

    name: str
    summary: str
    formula: str


#: name in the spec -> initializer
INITIALIZERS: dict[str, Initializer] = {
    entry.name: entry
    for entry in (
        Initializer("zeros", "All 0. Fine for biases; weights stay alike.", r"w = 0"),
        Initializer("constant", "All one value.", r"w = c"),
        Initializer("uniform", "Uniform between two bounds.", r"w \sim U(\text{low}, \text{high})"),
        Initializer("normal", "Normal with a mean and a standard deviation.", r"w \sim N(\mu, \sigma^2)"),
        Initializer(
            "glorot_uniform",
            "Glorot (Xavier), uniform: for tanh and sigmoid.",
            r"w \sim U(\pm\sqrt{6 / (\text{fan}_{in} + \text{fan}_{out})})",
        ),
        Initializer(
            "glorot_normal",
            "Glorot (Xavier), normal: for tanh and sigmoid.",
            r"w \sim N(0, 2 / (\text{fan}_{in} + \text{fan}_{out}))",
        ),
        Initializer(
            "he_uniform", "He (Kaiming), uniform: for relu and its kin.", r"w \sim U(\pm\sqrt{6 / \text{fan}_{in}})"
        ),
        Initializer("he_normal", "He (Kaiming), normal: for relu and its kin.", r"w \sim N(0, 2 / \text{fan}_{in})"),
        Initializer("lecun_uniform", "LeCun, uniform.", r"w \sim U(\pm\sqrt{3 / \text{fan}_{in}})"),
        Initializer("lecun_normal", "LeCun, normal: for selu.", r"w \sim N(0, 1 / \text{fan}_{in})"),
    )
}

_BY_FAN_IN: dict[str, Callable[..., Array]] = {
    "he_uniform": he_uniform,
    "he_normal": he_normal,
    "lecun_uniform": lecun_uniform,
    "lecun_normal": lecun_normal,
}
_BY_BOTH_FANS: dict[str, Callable[..., Array]] = {"glorot_uniform": glorot_uniform, "glorot_normal": glorot_normal}
_RECTIFIERS = frozenset({"relu", "leaky_relu", "elu", "gelu", "silu", "softplus"})


def initialize(spec: InitializerSpec, out: Array, *, fan_in: int, fan_out: int, rng: np.random.Generator) -> None:
    """Fill ``out`` as the spec says; drawn in float64, so that both dtypes get the same numbers up to rounding.

    Raises:
        SpecError: the bounds of uniform are the wrong way round, or a number does not fit the dtype.
    """
    with np.errstate(over="ignore"):
        out[...] = _draw(spec, out.shape, fan_in, fan_out, rng)
    if not np.isfinite(out).all():
        raise SpecError(
            say("{type}: these numbers are too large for {dtype}", type=spec.type, dtype=out.dtype), ("initializer",)
        )


def _draw(spec: InitializerSpec, shape: Shape, fan_in: int, fan_out: int, rng: np.random.Generator) -> Array:
    match spec:
        case Constant():
            return constant(shape, value=spec.value)
        case Uniform():
            _check_bounds(spec)
            return uniform(shape, low=spec.low, high=spec.high, rng=rng)
        case Normal():
            return normal(shape, mean=spec.mean, std=spec.std, rng=rng)
        case Scaled(type=name) if name in _BY_BOTH_FANS:
            return _BY_BOTH_FANS[name](shape, fan_in=fan_in, fan_out=fan_out, rng=rng)
        case Scaled(type=name):
            return _BY_FAN_IN[name](shape, fan_in=fan_in, rng=rng)
        case _:
            return zeros(shape)


def _check_bounds(spec: Uniform) -> None:
    if spec.low > spec.high:
        message = say(
            "uniform: low must not be above high, but low is {low:g} and high {high:g}", low=spec.low, high=spec.high
        )
        raise SpecError(message, ("initializer", "low"))
    if not isfinite(spec.high - spec.low):
        raise SpecError(say("uniform: the bounds lie too far apart"), ("initializer", "high"))


def default_initializer(activation: ActivationName) -> InitializerSpec:
    """The one that suits the activation: he_normal for relu and its kin, lecun_normal for selu, else glorot_uniform."""
    if activation in _RECTIFIERS:
        return Scaled(type="he_normal")
    return Scaled(type="lecun_normal" if activation == "selu" else "glorot_uniform")
