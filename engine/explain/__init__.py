"""Why is this number what it is? Formula, numbers, terms, words at five levels, and the chain back to the loss."""

from engine.errors import ShapeMismatch, SpecError, UnknownName
from engine.explain import tex
from engine.explain.asking import question
from engine.explain.chain import chain
from engine.explain.deltas import derive_delta
from engine.explain.explanation import LEVELS, Detail, Explanation, Factor, Index, Level, Link, Quantity, Term
from engine.explain.gradients import derive_gradient
from engine.explain.missing import not_computed
from engine.explain.spoken import in_words_of
from engine.explain.story import story_of
from engine.explain.terms import Derivation, is_batched, sum_tex
from engine.explain.values import derive_value
from engine.explain.view import Update, View, array_of, shape_of
from engine.words import ENGLISH, Language, say

__all__ = [
    "LEVELS",
    "Detail",
    "Explanation",
    "Factor",
    "Level",
    "Link",
    "Quantity",
    "Term",
    "Update",
    "View",
    "explain",
]


def explain(
    view: View,
    node: str,
    quantity: Quantity | None = None,
    index: Index = (),
    level: Level = "graduate",
    language: Language = ENGLISH,
    row: int | None = None,
) -> Explanation:
    """Derive one number of the network as it stands.

    Args:
        view: the buffers at the cursor.
        node: a node (``hidden1.z``, ``loss``) or a parameter (``hidden1.W``).
        quantity: value, gradient or delta; if left out, a parameter's gradient and a node's value.
        index: (example, unit) for a node, (i, j) for W, (j,) for b, () for the loss; counted from 0.
        level: kid, high_school, graduate, tldr or phd.
        language: of its words.
        row: of the followed example in the batch: the chain goes through it where examples are summed over.

    Raises:
        UnknownName: if there is no such node or parameter.
        ShapeMismatch: if the index does not fit it.
        SpecError: if it has no such quantity: only parameters have a delta.
    """
    chosen = _checked(view, node, quantity, index)
    array = array_of(view, node, chosen)
    if array is None:
        return in_words_of(not_computed(view, node, chosen, index, level, language), language)
    derivation, details = _derive(view, node, chosen, index)
    value = float(array[index])
    found = Explanation(
        node=node,
        quantity=chosen,
        index=index,
        level=level,
        question=question(view, node, chosen, index),
        formula=rf"{tex.symbol(node, chosen, index, batched=is_batched(view.graph, node))} = {derivation.formula}",
        substituted=_substituted(derivation, value),
        value=value,
        computed=True,
        combine=derivation.combine,
        scale=derivation.scale,
        terms=derivation.terms,
        details=details,
        text=story_of(view, node, chosen, index, derivation, value).tell(level, language),
        chain=chain(view, node, chosen, index, row),
    )
    return in_words_of(found, language)


def _derive(view: View, node: str, quantity: Quantity, index: Index) -> tuple[Derivation, tuple[Detail, ...]]:
    if quantity == "delta":
        return derive_delta(view, node, index)
    rule = derive_gradient if quantity == "gradient" else derive_value
    return rule(view, node, index), ()


def _substituted(found: Derivation, value: float) -> str:
    body = found.substituted or sum_tex(found.terms, found.scale, found.combine)
    result = tex.number(value)
    return f"= {result}" if body == tex.factor(value) else f"= {body} = {result}"


def _checked(view: View, node: str, quantity: Quantity | None, index: Index) -> Quantity:
    """The quantity that is meant, once everything about the question makes sense."""
    graph = view.graph
    if node not in graph.nodes and node not in graph.parameters:
        raise UnknownName("node", node, (*graph.nodes, *graph.parameters), ("node",))
    if quantity == "delta" and node not in graph.parameters:
        raise SpecError(
            say('only parameters move, and "{node}" is none: ask for its value or gradient', node=node), ("quantity",)
        )
    shape = shape_of(graph, node)
    full = (view.rows, *shape) if is_batched(graph, node) else shape
    if len(index) != len(full) or any(not 0 <= i < size for i, size in zip(index, full, strict=True)):
        raise ShapeMismatch(say('index of "{node}" (each below its size)', node=node), full, index, ("index",))
    return quantity or ("gradient" if node in graph.parameters else "value")
