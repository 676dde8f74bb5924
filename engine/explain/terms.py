"""Terms and factors, read from the buffers at one index."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np

from engine.arrays import Array
from engine.explain import tex
from engine.explain.explanation import Combine, Factor, Index, Quantity, Term
from engine.explain.view import View
from engine.graph import Graph
from engine.words import say

#: More terms than these are folded into one.
MAX_TERMS = 64


@dataclass(frozen=True)
class Derivation:
    """A number taken apart, before it is told: ``value = scale * combine(terms)``."""

    formula: str
    terms: tuple[Term, ...]
    combine: Combine = "sum"
    scale: float = 1.0
    substituted: str | None = None


def product(label: str, *factors: Factor) -> Term:
    """A term that is the product of its factors."""
    value = 1.0
    for factor in factors:
        value *= factor.value
    return Term(label=say(label), value=value, factors=factors)


def read(view: View, node: str, index: Index, quantity: Quantity = "value") -> Factor:
    """One number of a buffer, as a factor that can be clicked."""
    array = view.gradient(node) if quantity == "gradient" else view.value(node)
    assert array is not None  # a derivation starts from numbers that are computed
    return Factor(
        name=spoken(view.graph, node, index, quantity, view.features),
        symbol=tex.symbol(node, quantity, index, batched=is_batched(view.graph, node)),
        value=float(array[index]),
        node=node,
        quantity=quantity,
        index=index,
    )


def plain(name: str, symbol: str, value: float) -> Factor:
    """A number that no buffer holds: a local derivative, a count, a constant."""
    return Factor(name=say(name), symbol=symbol, value=float(value))


def is_batched(graph: Graph, name: str) -> bool:
    """Whether the first index of this name is the example's row."""
    node = graph.nodes.get(name)
    return node is not None and node.has_batch_axis


def spoken(graph: Graph, node: str, index: Index, quantity: Quantity, features: tuple[str, ...]) -> str:
    """A number's name for people: ``hidden1.a[3]``, ``d output.W[1, 2]``; an input by its feature."""
    shown = index[1:] if is_batched(graph, node) else index
    if node in graph.nodes and graph.nodes[node].kind == "input" and len(shown) == 1 and shown[0] < len(features):
        return features[shown[0]]
    place = f"[{', '.join(str(i + 1) for i in shown)}]" if shown else ""
    prefix = {"gradient": "d ", "delta": "delta "}.get(quantity, "")
    return f"{prefix}{node}{place}"


def place_label(place: Index) -> str:
    """Which example it is, and where in it: ``example 3``, ``example 3, place 2``."""
    inner = ", ".join(str(i + 1) for i in place[1:])
    example = place[0] + 1
    return say("example {n}, place {inner}", n=example, inner=inner) if inner else say("example {n}", n=example)


def right_side(formula: str) -> str:
    """What follows the equals sign of an operation's formula."""
    return formula.partition("=")[2].strip()


def fold(terms: Iterable[Term]) -> tuple[Term, ...]:
    """At most MAX_TERMS terms; the smallest of the rest stand in one, with their exact sum."""
    everything = tuple(terms)
    if len(everything) <= MAX_TERMS:
        return everything
    largest = sorted(range(len(everything)), key=lambda i: -abs(everything[i].value))[: MAX_TERMS - 1]
    shown = sorted(largest)
    hidden = set(range(len(everything))) - set(shown)
    count = sum(everything[i].count for i in hidden)
    rest = Term(label=say("{count} more", count=count), value=sum(everything[i].value for i in hidden), count=count)
    return (*(everything[i] for i in shown), rest)


def strongest(values: Array, term: Callable[[int], Term]) -> list[Term]:
    """``term(k)`` for each of the values; of many only the largest are made, the rest is one exact sum.

    There may be 100,000 of them: making all would take seconds. A penalty may add two more before they are folded.
    """
    shown = MAX_TERMS - 2
    if values.size <= shown:
        return [term(place) for place in range(values.size)]
    largest = np.sort(np.argpartition(-np.abs(values), shown - 1)[: shown - 1])
    rest = np.delete(values, largest)
    folded = Term(label=say("{size} more", size=rest.size), value=float(rest.sum()), count=rest.size)
    return [*(term(int(place)) for place in largest), folded]


def sum_tex(terms: tuple[Term, ...], scale: float, combine: Combine) -> str:
    """The terms with their numbers in TeX, at most six of them written out."""
    if combine == "product":
        body = r" \cdot ".join(tex.factor(term.value) for term in terms)
    else:
        shown = terms if len(terms) <= 6 else terms[:5]
        parts = [r" \cdot ".join(tex.factor(f.value) for f in term.factors) or tex.factor(term.value) for term in shown]
        if len(terms) > len(shown):
            hidden = sum(term.count for term in terms[len(shown) :])
            parts.append(rf"\ldots\,({hidden}\text{{ more}})")
        body = " + ".join(parts)
    if scale == 1.0:
        return body
    return rf"{tex.number(scale)} \cdot \left({body}\right)"
