"""The way from the loss back to one number.

Where a number is the sum of several parts the way goes through one of them, and says so: through the followed example's
where examples are summed over, else through the largest.
"""

from typing import NamedTuple

from engine.explain import tex
from engine.explain.alone import alone
from engine.explain.explanation import Factor, Index, Link, Quantity, Term
from engine.explain.gradients import derive_gradient, penalties
from engine.explain.terms import is_batched, spoken
from engine.explain.view import View, array_of
from engine.words import joined, say

MAX_LINKS = 40


class _Way(NamedTuple):
    """The term that leads on, of how many that are summed up, and whether a penalty comes on top of them."""

    term: Term | None
    parts: int
    penalised: bool


def chain(view: View, node: str, quantity: Quantity, index: Index, row: int | None = None) -> tuple[Link, ...]:
    """Stations from the loss to this number, the loss first; empty where the gradients are not computed.

    Args:
        view: the buffers.
        node: whose number.
        quantity: which of its quantities.
        index: which entry.
        row: of the followed example, through which the way shall go; None if it is not in the batch.
    """
    links: list[Link] = []
    if quantity == "delta":
        links.append(_link(view, node, "delta", index, say("the optimizer's move")))
    name: str | None = node
    while name is not None and len(links) < MAX_LINKS:
        if view.gradient(name) is None:
            break
        way = _way(view, name, index, row)
        links.append(_station(view, name, index, way))
        source = _upstream(way.term)
        if source is None:
            break
        name, index = source.node, source.index
    if not links or view.gradient(node) is None:
        return ()
    links.append(_link(view, "loss", "value", (), say("the loss")))
    return tuple(reversed(links))


def _way(view: View, name: str, index: Index, row: int | None) -> _Way:
    """Of the terms that lead on to the loss the followed example's, or the largest; a penalty's leads nowhere."""
    terms = derive_gradient(view, name, index).terms
    extra = len(penalties(view, name, index))
    found = None
    if row is not None and not is_batched(view.graph, name):
        mine = derive_gradient(alone(view, row), name, index).terms
        found = _largest([term for term in mine if _row_of(view, term) == row])
    return _Way(found or _largest(terms), sum(term.count for term in terms) - extra, extra > 0)


def _largest(terms: list[Term] | tuple[Term, ...]) -> Term | None:
    ways = [term for term in terms if term.factors]
    return max(ways, key=lambda term: (_upstream(term) is not None, abs(term.value)), default=None)


def _row_of(view: View, term: Term) -> int | None:
    """The example that a term belongs to."""
    source = _upstream(term)
    return source.index[0] if source is not None and is_batched(view.graph, source.node or "") else None


def _upstream(term: Term | None) -> Factor | None:
    """The factor that is itself a gradient: one station nearer to the loss."""
    if term is None:
        return None
    return next((factor for factor in term.factors if factor.quantity == "gradient"), None)


def _others(term: Term | None) -> list[Factor]:
    """What multiplies the upstream gradient on this stretch."""
    upstream = _upstream(term)
    return [factor for factor in term.factors if factor is not upstream] if term is not None else []


def _role(term: Term | None) -> str:
    """The same in words: ``· W[1, 2] −0.43``."""
    named = (say("· {name} {value}", name=factor.name, value=tex.words(factor.value)) for factor in _others(term))
    return joined(named, " ")


def _told_sum(view: View, way: _Way, over_examples: bool) -> str | None:
    """That the number is more than what comes along this way; None if it is not."""
    term, parts, penalised = way
    if term is None or _upstream(term) is None or (parts <= 1 and not penalised):
        return None
    part, rows = tex.words(term.value), view.rows
    if parts <= 1:
        told = say("= {part}", part=part)
    elif over_examples and parts == rows:
        told = say("= {part} ({who}), one part of the sum over {rows:,} examples", part=part, who=term.label, rows=rows)
    elif over_examples and rows > 1:
        template = "= {part} ({who}), one of the {parts:,} parts of the sum over {rows:,} examples"
        told = say(template, part=part, who=term.label, parts=parts, rows=rows)
    else:
        told = say("= {part} ({who}), one of the {parts:,} parts of the sum", part=part, who=term.label, parts=parts)
    return say("{sum}, to which the penalty’s part is added", sum=told) if penalised else told


def _station(view: View, name: str, index: Index, way: _Way) -> Link:
    """A gradient on the way."""
    link = _link(view, name, "gradient", index, _role(way.term))
    if _upstream(way.term) is None or way.term is None:
        return link
    factor = 1.0
    for other in _others(way.term):
        factor *= other.value
    told = _told_sum(view, way, over_examples=not is_batched(view.graph, name))
    return link.model_copy(update={"factor": factor, "part": way.term.value, "parts": way.parts, "sum": told})


def _label(view: View, node: str, quantity: Quantity, index: Index) -> str:
    """The number's name, with the example that it belongs to if there is more than one."""
    name = spoken(view.graph, node, index, quantity, view.features)
    return (
        say("{name} of example {n}", name=name, n=index[0] + 1)
        if is_batched(view.graph, node) and view.rows > 1
        else name
    )


def _link(view: View, node: str, quantity: Quantity, index: Index, role: str) -> Link:
    array = array_of(view, node, quantity)
    return Link(
        label="L" if node == "loss" else _label(view, node, quantity, index),
        node=node,
        quantity=quantity,
        index=index,
        value=None if array is None else float(array[index]),
        role=role,
    )
