"""Batch normalisation taken apart: mean and variance over the whole batch, and what they do to one number."""

from collections.abc import Callable
from math import sqrt

import numpy as np

from engine.arrays import Array
from engine.explain.explanation import Factor, Index, Term
from engine.explain.terms import Derivation, fold, place_label, plain, product, read, strongest
from engine.explain.view import View
from engine.layers import Node


def _over(view: View, node: Node, channel: int, values: Array, term: Callable[[Index], Term]) -> list[Term]:
    """A term for each number of x in this channel, whose values are these; of many only the largest."""
    shape = _values(view, node, 0).shape
    axis = node.options["axis"] % len(shape)

    def at(place: int) -> Term:
        other = tuple(int(i) for i in np.unravel_index(place, (*shape[:axis], *shape[axis + 1 :])))
        return term((*other[:axis], channel, *other[axis:]))

    return strongest(values, at)


def _channel(array: Array | None, node: Node, channel: int) -> Array:
    """The numbers of one channel in a row, in double precision."""
    assert array is not None
    numbers: Array = np.moveaxis(array, node.options["axis"], 0)[channel].astype(np.float64).ravel()
    return numbers


def channel_of(node: Node, index: Index) -> int:
    """Which channel, or feature, a number of x belongs to."""
    axis: int = node.options["axis"]
    return index[axis]


def _values(view: View, node: Node, place: int) -> Array:
    values = view.value(node.inputs[place])
    assert values is not None
    return values


def count_of(view: View, node: Node) -> int:
    """How many numbers a mean is taken of."""
    x = _values(view, node, 0)
    return int(x.size // x.shape[node.options["axis"]])


def _part(view: View, node: Node) -> Factor:
    return plain("1/n", r"\frac1n", 1 / count_of(view, node))


def _mean(view: View, node: Node, index: Index) -> Derivation:
    """μ = Σ x / n."""
    values = _channel(_values(view, node, 0), node, index[0])
    terms = _over(view, node, index[0], values, lambda at: product(place_label(at), read(view, node.inputs[0], at)))
    return Derivation(r"\tfrac1n \sum x", fold(terms), scale=1 / len(values))


def _mean_gradient(view: View, user: Node, place: int, index: Index) -> list[Term]:
    """dx = dμ / n."""
    upstream = read(view, user.name, (channel_of(user, index),), "gradient")
    return [product("through the batch's mean", upstream, _part(view, user))]


def _centred(view: View, node: Node, there: Index) -> Factor:
    """x - μ, as the operation has it."""
    x, mean = _values(view, node, 0), _values(view, node, 1)
    return plain("x − μ", r"(x - \mu)", float(x[there]) - float(mean[channel_of(node, there)]))


def _variance(view: View, node: Node, index: Index) -> Derivation:
    """σ² = Σ (x - μ)² / n."""

    def term(there: Index) -> Term:
        centred = _centred(view, node, there)
        return product(place_label(there), centred, centred)

    values = _all_centred(view, node, index[0]) ** 2
    terms = _over(view, node, index[0], values, term)
    return Derivation(r"\tfrac1n \sum (x - \mu)^2", fold(terms), scale=1 / len(values))


def _all_centred(view: View, node: Node, channel: int) -> Array:
    """x - μ of one channel."""
    return _channel(_values(view, node, 0), node, channel) - float(_values(view, node, 1)[channel])


def _variance_gradient(view: View, user: Node, place: int, index: Index) -> list[Term]:
    """dx = dσ² · 2 (x - μ) / n."""
    upstream = read(view, user.name, (channel_of(user, index),), "gradient")
    two = plain("2/n", r"\frac2n", 2 / count_of(view, user))
    return [product("through the batch's variance", upstream, two, _centred(view, user, index))]


def inverse(view: View, node: Node, channel: int) -> float:
    """1 / √(σ² + ε)."""
    return 1 / sqrt(float(_values(view, node, 2)[channel]) + node.options["eps"])


def _inverse(view: View, node: Node, channel: int) -> Factor:
    return plain("1/√(σ² + ε)", r"\frac{1}{\sqrt{\sigma^2 + \epsilon}}", inverse(view, node, channel))


def _norm(view: View, node: Node, index: Index) -> Derivation:
    """y = γ (x - μ) / √(σ² + ε) + β."""
    channel = channel_of(node, index)
    gamma, beta = (read(view, name, (channel,)) for name in node.inputs[3:])
    scaled = product("scaled", gamma, _centred(view, node, index), _inverse(view, node, channel))
    return Derivation(
        r"\gamma\, \frac{x - \mu}{\sqrt{\sigma^2 + \epsilon}} + \beta", (scaled, product("shifted", beta))
    )


def _norm_gradient(view: View, user: Node, place: int, index: Index) -> list[Term]:
    """dx = dy γ/√…;  dμ = -Σ dy γ/√…;  dσ² = -½ Σ dy γ (x - μ)/√…³;  dγ = Σ dy x̂;  dβ = Σ dy."""
    if place == 0:
        return [product("straight", *_norm_factors(view, user, place, index))]
    values = _norm_terms(view, user, place, index[0])
    return _over(
        view, user, index[0], values, lambda at: product(place_label(at), *_norm_factors(view, user, place, at))
    )


def _norm_terms(view: View, user: Node, place: int, channel: int) -> Array:
    """What each number of y in this channel hands back to mean, variance, gamma or beta."""
    dy, centred = _channel(view.gradient(user.name), user, channel), _all_centred(view, user, channel)
    gamma, spread = float(_values(view, user, 3)[channel]), inverse(view, user, channel)
    terms: Array = dy * (-gamma * spread, -0.5 * gamma * spread**3 * centred, spread * centred, 1.0)[place - 1]
    return terms


def _norm_factors(view: View, user: Node, place: int, there: Index) -> list[Factor]:
    """What one number of y hands back to the input at this place, factor by factor."""
    channel = channel_of(user, there)
    dy, gamma = read(view, user.name, there, "gradient"), read(view, user.inputs[3], (channel,))
    spread, centred = _inverse(view, user, channel), _centred(view, user, there)
    half = plain("−½/√(σ² + ε)³", r"-\tfrac12 (\sigma^2 + \epsilon)^{-3/2}", -0.5 * spread.value**3)
    return [
        [dy, gamma, spread],
        [dy, gamma, spread, plain("−1", "-1", -1.0)],
        [dy, gamma, centred, half],
        [dy, centred, spread],
        [dy],
    ][place]


RULES = {"batch_mean": _mean, "batch_variance": _variance, "batch_norm": _norm}
HAND_BACK = {"batch_mean": _mean_gradient, "batch_variance": _variance_gradient, "batch_norm": _norm_gradient}
