"""The way from the loss back to one number: at each fork it follows the largest contribution."""

from engine.explain import tex
from engine.explain.explanation import Factor, Index, Link, Quantity, Term
from engine.explain.gradients import derive_gradient
from engine.explain.terms import is_batched, spoken
from engine.explain.view import View, array_of
from engine.words import joined, say

MAX_LINKS = 40


def chain(view: View, node: str, quantity: Quantity, index: Index) -> tuple[Link, ...]:
    """Stations from the loss to this number, the loss first; empty where the gradients are not computed."""
    links: list[Link] = []
    if quantity == "delta":
        links.append(_link(view, node, "delta", index, say("the optimizer's move")))
    name: str | None = node
    while name is not None and len(links) < MAX_LINKS:
        gradient = view.gradient(name)
        if gradient is None:
            break
        step = _largest(view, name, index)
        links.append(_link(view, name, "gradient", index, _role(step)))
        source = _upstream(step)
        if source is None:
            break
        name, index = source.node, source.index
    if not links or view.gradient(node) is None:
        return ()
    links.append(_link(view, "loss", "value", (), say("the loss")))
    return tuple(reversed(links))


def _largest(view: View, name: str, index: Index) -> Term | None:
    """Of the terms that lead on to the loss; a penalty's term leads nowhere."""
    terms = [term for term in derive_gradient(view, name, index).terms if term.factors]
    return max(terms, key=lambda term: (_upstream(term) is not None, abs(term.value)), default=None)


def _upstream(term: Term | None) -> Factor | None:
    """The factor that is itself a gradient: one station nearer to the loss."""
    if term is None:
        return None
    return next((factor for factor in term.factors if factor.quantity == "gradient"), None)


def _role(term: Term | None) -> str:
    """What multiplies the upstream gradient on this stretch: ``· W[1, 2] −0.43``."""
    if term is None:
        return ""
    others = [factor for factor in term.factors if factor.quantity != "gradient"]
    return joined((say("· {name} {value}", name=factor.name, value=tex.words(factor.value)) for factor in others), " ")


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
