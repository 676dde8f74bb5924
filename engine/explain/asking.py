"""What a derivation answers, as a question."""

from engine.explain.explanation import Index, Quantity
from engine.explain.recurrence_stories import recurrent_wire
from engine.explain.roles import subject
from engine.explain.terms import spoken
from engine.explain.view import View
from engine.words import say


def question(view: View, name: str, quantity: Quantity, index: Index) -> str:
    """What the number answers, in words."""
    what = _subject(view, name, index)
    if name == "loss":
        return say("How wrong is the network on this batch?")
    if quantity == "delta":
        return say("Why does {what} move by this much?", what=what)
    if quantity == "gradient":
        return say("How much does {what} matter to the loss?", what=what)
    return say("Why is {what} what it is?", what=what)


def _subject(view: View, name: str, index: Index) -> str:
    """What the number belongs to: a wire by its two ends, a bias by its unit, a unit by its name."""
    parameter = view.graph.parameters.get(name)
    if parameter is None:
        return spoken(view.graph, name, index, "value", view.features)
    special = subject(view.graph, name, index)
    if special is not None:
        return special
    if (wire := recurrent_wire(view, name, index)) is not None:
        return wire
    unit = f"{parameter.layer}[{index[-1] + 1}]"
    if parameter.is_bias or len(index) == 1:
        return say("the bias of {unit}", unit=unit)
    source = next(node.inputs[0] for node in view.graph.nodes.values() if name in node.inputs[1:2])
    start = spoken(view.graph, source, (0, index[0]), "value", view.features).replace(".a[", "[")
    return say("the wire {start} → {unit}", start=start, unit=unit)
