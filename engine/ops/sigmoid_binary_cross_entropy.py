"""L = mean over all entries of max(z, 0) - z t + log(1 + exp(-|z|)); z logits, t (N, D), L ().

Binary cross-entropy of the sigmoid of z in one piece: stable for any z, and exp and log cancel in the gradient.
PyTorch's BCEWithLogitsLoss.
"""

import numpy as np

from engine.arrays import Array, mean, mean_of_each
from engine.ops import sigmoid
from engine.ops.base import Loss, Vjp
from engine.ops.shapes import away_from_zero, scalar, two_like_prediction


def forward(loss: Array, z: Array, target: Array, entries: Array, work: Array) -> None:
    """L = mean of max(z, 0) - z t + log(1 + exp(-|z|))."""
    _entries(z, target, entries, work)
    mean(loss, entries)


def vjp_z(dz: Array, dloss: Array, loss: Array, z: Array, target: Array, entries: Array, work: Array) -> None:
    """dz = dL * (σ(z) - t) / (N D)."""
    sigmoid.forward(dz, z)
    np.subtract(dz, target, dz)
    np.multiply(dz, dloss / z.size, dz)


def per_example(out: Array, z: Array, target: Array, entries: Array, work: Array) -> None:
    """Lₙ = mean over this example's entries of max(z, 0) - z t + log(1 + exp(-|z|))."""
    _entries(z, target, entries, work)
    mean_of_each(out, entries)


def _entries(z: Array, target: Array, entries: Array, work: Array) -> None:
    """Entries becomes max(z, 0) - z t + log(1 + exp(-|z|))."""
    np.maximum(z, 0, out=entries)
    np.multiply(z, target, work)
    np.subtract(entries, work, entries)
    np.abs(z, work)
    np.negative(work, work)
    np.exp(work, work)
    np.log1p(work, work)
    np.add(entries, work, entries)


def _example(rng: np.random.Generator) -> tuple[Array, ...]:
    """Logits away from 0, where |z| has its kink (the loss has none), and targets of 0 or 1."""
    (z,) = away_from_zero(rng)
    return (z, rng.choice([0.0, 1.0], size=(4, 3)))


SIGMOID_BINARY_CROSS_ENTROPY = Loss(
    name="sigmoid_binary_cross_entropy",
    formula=r"L = -\frac{1}{N D} \sum_{n,d} t_{n,d} \log \sigma(z_{n,d}) + (1 - t_{n,d}) \log(1 - \sigma(z_{n,d}))",
    summary="Sigmoid and binary cross-entropy in one: the gradient is just the error.",
    inputs=("z", "target"),
    shape=scalar,
    forward=forward,
    vjps=(Vjp("z", r"dz = dL\, \frac{1}{N D}\,(\sigma(z) - t)", vjp_z),),
    example=_example,
    scratch=two_like_prediction,
    per_example=per_example,
)
