"""The optimizers in plain numpy, in the papers' form: running means, not the running sums that the engine keeps.

``<name>(w, g, s, t, learning_rate, …)`` returns the delta of one parameter w, given its gradient g, and brings its
slots s up to date; t counts from 1. The text of these functions is what an exported script is made of.
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from engine.arrays import Array


def sgd(w: Array, g: Array, s: dict[str, Array], t: int, learning_rate: float) -> Array:
    """Δ = -η g"""
    return -learning_rate * g


def momentum(w: Array, g: Array, s: dict[str, Array], t: int, learning_rate: float, momentum: float) -> Array:
    """u ← μ u + g;  Δ = -η u"""
    s["velocity"] = momentum * s["velocity"] + g
    return -learning_rate * s["velocity"]


def nesterov(w: Array, g: Array, s: dict[str, Array], t: int, learning_rate: float, momentum: float) -> Array:
    """u ← μ u + g;  Δ = -η (g + μ u)"""
    s["velocity"] = momentum * s["velocity"] + g
    return -learning_rate * (g + momentum * s["velocity"])


def adagrad(w: Array, g: Array, s: dict[str, Array], t: int, learning_rate: float, eps: float) -> Array:
    """s ← s + g²;  Δ = -η g / (√s + ε)"""
    s["sum"] = s["sum"] + g * g
    return -learning_rate * g / (np.sqrt(s["sum"]) + eps)


def rmsprop(w: Array, g: Array, s: dict[str, Array], t: int, learning_rate: float, rho: float, eps: float) -> Array:
    """v ← ρ v + (1 - ρ) g²;  Δ = -η g / (√v + ε)"""
    s["v"] = rho * s["v"] + (1 - rho) * g * g
    return -learning_rate * g / (np.sqrt(s["v"]) + eps)


def adam(
    w: Array, g: Array, s: dict[str, Array], t: int, learning_rate: float, beta1: float, beta2: float, eps: float
) -> Array:
    """m ← β₁ m + (1 - β₁) g;  v ← β₂ v + (1 - β₂) g²;  Δ = -η m̂ / (√v̂ + ε)  with m̂ = m / (1 - β₁ᵗ), v̂ likewise"""
    s["m"] = beta1 * s["m"] + (1 - beta1) * g
    s["v"] = beta2 * s["v"] + (1 - beta2) * g * g
    m_hat, v_hat = s["m"] / (1 - beta1**t), s["v"] / (1 - beta2**t)
    return -learning_rate * m_hat / (np.sqrt(v_hat) + eps)


def adamw(
    w: Array,
    g: Array,
    s: dict[str, Array],
    t: int,
    learning_rate: float,
    beta1: float,
    beta2: float,
    eps: float,
    weight_decay: float,
) -> Array:
    """Adam's delta - η λ w"""
    return adam(w, g, s, t, learning_rate, beta1, beta2, eps) - learning_rate * weight_decay * w


def nadam(
    w: Array,
    g: Array,
    s: dict[str, Array],
    t: int,
    learning_rate: float,
    beta1: float,
    beta2: float,
    eps: float,
    momentum_decay: float,
) -> Array:
    """Δ = -η m̄ / (√v̂ + ε),  m̄ = μₜ₊₁ m / (1 - μ₁⋯μₜ₊₁) + (1 - μₜ) g / (1 - μ₁⋯μₜ),  μₜ = β₁ (1 - ½ 0.96^(t ψ))"""
    mu = [beta1 * (1 - 0.5 * 0.96 ** (i * momentum_decay)) for i in range(1, t + 2)]
    s["m"] = beta1 * s["m"] + (1 - beta1) * g
    s["v"] = beta2 * s["v"] + (1 - beta2) * g * g
    m_bar = mu[t] * s["m"] / (1 - math.prod(mu)) + (1 - mu[t - 1]) * g / (1 - math.prod(mu[:t]))
    return -learning_rate * m_bar / (np.sqrt(s["v"] / (1 - beta2**t)) + eps)


def adamax(
    w: Array, g: Array, s: dict[str, Array], t: int, learning_rate: float, beta1: float, beta2: float, eps: float
) -> Array:
    """m ← β₁ m + (1 - β₁) g;  u ← max(β₂ u, |g| + ε);  Δ = -η m̂ / u  with m̂ = m / (1 - β₁ᵗ)"""
    s["m"] = beta1 * s["m"] + (1 - beta1) * g
    s["u"] = np.maximum(beta2 * s["u"], np.abs(g) + eps)
    return -learning_rate / (1 - beta1**t) * s["m"] / s["u"]


def adadelta(w: Array, g: Array, s: dict[str, Array], t: int, learning_rate: float, rho: float, eps: float) -> Array:
    """v ← ρ v + (1 - ρ) g²;  r = √(d + ε) / √(v + ε) g;  d ← ρ d + (1 - ρ) r²;  Δ = -η r"""
    s["v"] = rho * s["v"] + (1 - rho) * g * g
    r = np.sqrt(s["d"] + eps) / np.sqrt(s["v"] + eps) * g
    s["d"] = rho * s["d"] + (1 - rho) * r * r
    return -learning_rate * r


def clip_value(grad: dict[str, Array], limit: float) -> dict[str, Array]:
    """Every entry held within ±limit"""
    return {name: np.clip(g, -limit, limit) for name, g in grad.items()}


def clip_norm(grad: dict[str, Array], limit: float) -> dict[str, Array]:
    """g·min(1, limit / ‖g‖), the norm taken over all parameters together"""
    length = math.sqrt(sum(float(np.sum(g * g)) for g in grad.values()))
    return {name: g * min(1, limit / length) if length else g for name, g in grad.items()}


def penalty(w: dict[str, Array], l1: float, l2: float) -> float:
    """P = λ₁ Σ|w| + ½ λ₂ Σw²"""
    return sum(l1 * float(np.abs(one).sum()) + l2 / 2 * float((one * one).sum()) for one in w.values())


def penalty_gradient(w: Array, l1: float, l2: float) -> Array:
    """dP/dw = λ₁ sign(w) + λ₂ w"""
    return l1 * np.sign(w) + l2 * w


@dataclass(frozen=True)
class Slot:
    """How a slot of the papers follows from the engine's: ``factor(spec)`` times it."""

    engine: str
    factor: Callable[[Any], float] = lambda spec: 1.0


def _mean(decay: str) -> Callable[[Any], float]:
    """The engine keeps m / (1 - decay)."""
    return lambda spec: float(1 - getattr(spec, decay))


_ADAM = {"m": Slot("grad_sum", _mean("beta1")), "v": Slot("square_sum", _mean("beta2"))}


@dataclass(frozen=True)
class Rule:
    """One optimizer in plain numpy, the slots it keeps, and the fields of the spec that it takes."""

    rule: Callable[..., Array]
    slots: Mapping[str, Slot]
    fields: tuple[str, ...]


#: name in the spec -> how it is written in a script
RULES: dict[str, Rule] = {
    "sgd": Rule(sgd, {}, ()),
    "momentum": Rule(momentum, {"velocity": Slot("velocity")}, ("momentum",)),
    "nesterov": Rule(nesterov, {"velocity": Slot("velocity")}, ("momentum",)),
    "adagrad": Rule(adagrad, {"sum": Slot("square_sum")}, ("eps",)),
    "rmsprop": Rule(rmsprop, {"v": Slot("square_sum", _mean("rho"))}, ("rho", "eps")),
    "adam": Rule(adam, _ADAM, ("beta1", "beta2", "eps")),
    "adamw": Rule(adamw, _ADAM, ("beta1", "beta2", "eps", "weight_decay")),
    "nadam": Rule(nadam, _ADAM, ("beta1", "beta2", "eps", "momentum_decay")),
    "adamax": Rule(adamax, {"m": Slot("grad_sum", _mean("beta1")), "u": Slot("largest")}, ("beta1", "beta2", "eps")),
    "adadelta": Rule(
        adadelta, {"v": Slot("square_sum", _mean("rho")), "d": Slot("move_sum", _mean("rho"))}, ("rho", "eps")
    ),
}


def constants(spec: Any, dtype: str, learning_rate: float) -> dict[str, float]:
    """The numbers that a rule takes; eps is never so small that the dtype rounds it to 0."""
    tiny = float(np.finfo(dtype).tiny)
    fields = {name: float(getattr(spec, name)) for name in RULES[spec.type].fields}
    return {"learning_rate": learning_rate, **fields} | ({"eps": max(fields["eps"], tiny)} if "eps" in fields else {})


def paper_slots(spec: Any, slots: Mapping[str, Mapping[str, Array]], parameter: str) -> dict[str, Array]:
    """One parameter's slots as the papers have them."""
    found = {}
    for name, slot in RULES[spec.type].slots.items():
        value = slots[slot.engine][parameter]
        found[name] = np.asarray(value * slot.factor(spec), value.dtype)
    return found
