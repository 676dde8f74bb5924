"""The honest answer where a number is not computed: not yet, or never."""

from engine.explain import tex
from engine.explain.asking import question
from engine.explain.explanation import Explanation, Index, Level, Quantity
from engine.explain.story import Story
from engine.explain.terms import is_batched
from engine.explain.view import View
from engine.words import Language


def not_computed(
    view: View, name: str, quantity: Quantity, index: Index, level: Level, language: Language
) -> Explanation:
    """The honest answer where the cursor has not been yet."""
    reason = view.reason(name, quantity)
    fused = view.graph.fused and name == view.graph.output and quantity == "gradient"
    key = "gradient_fused" if fused else "never_computed" if _is_never(view, name, quantity) else "not_computed"
    return Explanation(
        node=name,
        quantity=quantity,
        index=index,
        level=level,
        question=question(view, name, quantity, index),
        formula=tex.symbol(name, quantity, index, batched=is_batched(view.graph, name)),
        substituted=None,
        value=None,
        computed=False,
        reason=reason,
        text=Story(key, {"why": reason, "reason": reason}).tell(level, language),
    )


def _is_never(view: View, name: str, quantity: Quantity) -> bool:
    """Whether no step of this network ever computes this gradient."""
    node = view.graph.nodes.get(name)
    if quantity != "gradient":
        return False
    if node is None:
        return name not in view.graph.learned
    return node.kind != "value" or name not in view.graph.differentiable(with_input=False)
