"""Which story a number of a recurrence has: its gates, what it remembers, and how gradients come back through time."""

from engine.explain import tex
from engine.explain.explanation import Index
from engine.explain.gradients import derive_gradient
from engine.explain.view import View
from engine.layers import Node
from engine.layers.recurrence import step_of
from engine.spec import DecoderLayer
from engine.words import say

#: A gate's name -> what it is called, what it decides, and that for a kid.
GATES: dict[str, tuple[str, str, str]] = {
    "i": ("input gate", "how much of the candidate goes into the cell", "how wide the door for new things is open"),
    "f": ("forget gate", "how much of the old cell is kept", "how much of the old memory may stay"),
    "g": ("candidate", "what could go into the cell", "what new thing could be remembered"),
    "o": ("output gate", "how much of the cell is said", "how loud the memory may speak"),
    "reset": ("reset gate", "how much of the past goes into the candidate", "how much the past may help with the new"),
    "update": ("update gate", "how much of the past stays: 1 keeps it all", "how much of the old memory may stay"),
    "candidate": ("candidate", "what could take the place of the past", "what new thing could be remembered"),
}

#: operation -> what its story is called
KEYS = {
    "recur": "recur",
    "lstm_cell": "lstm_cell",
    "gru_mix": "gru_mix",
    "carry": "carry",
    "stack": "time_step",
    "part": "part",
    "real_steps": "step_mask",
    "until_end": "step_mask",
    "choose": "fed",
    "attend": "fit",
    "blend": "blend",
}

#: operation that used a number -> how its gradient comes back: for a kid, and for the others
HANDS_BACK: dict[str, tuple[str, str]] = {
    "recur": (
        "What was remembered helped to make the next sums, so their blame comes back in time.",
        "the sums of the next time step hand back their upstream gradients, each times its weight W_hh",
    ),
    "lstm_cell": (
        "The memory it helped to make sends blame back: as much as the door was open.",
        "the cell hands back its upstream gradient times the other factor of the product: along the cell times f",
    ),
    "gru_mix": (
        "The memory it helped to make sends blame back: as much as the gate let through.",
        "the new state hands back its upstream gradient times what multiplied this number: u, 1 − u, or h before − n",
    ),
    "attend": (
        "Every place that it was compared with has a say.",
        "each score hands back its upstream gradient times the other vector's number",
    ),
    "blend": (
        "The mixture sends blame back: as much as its weight.",
        "the mixture hands back its upstream gradient: to a value times its weight, to a weight times the value",
    ),
    "carry": (
        "While the sequence lasts, blame passes; after its end nothing does.",
        "the upstream gradient where the time step is real, nothing where the sequence has ended",
    ),
    "stack": ("The blame for this moment comes back to this moment.", "the upstream gradient of this time step"),
    "part": ("It is a piece of something larger, and the blame is that of the piece.", "the gradient of the piece"),
}


def tell(view: View, node: Node, index: Index) -> tuple[str, dict[str, str]]:
    """The story's key and what fills its braces."""
    t, name = step_of(node.name), node.inputs[0]
    fields = {"t": str(t + 1) if t is not None else "", "source": name, "before": "0" if not t else str(t)}
    numbers = {
        f"n{place}": tex.words(_at(view, read, index)) for place, read in enumerate(node.inputs) if node.op in NUMBERED
    }
    has_ended = node.op == "carry" and _at(view, node.inputs[0], (index[0], 0)) == 0
    return "ended" if has_ended else KEYS[node.op or ""], {**fields, **numbers}


NUMBERED = frozenset({"lstm_cell", "gru_mix"})


def gate_of(node: Node) -> dict[str, str] | None:
    """What a gate is called and decides; None for a node that is none."""
    gate, bracket, _ = node.name.rpartition(".")[2].partition("[")
    if not bracket or gate not in GATES:
        return None
    name, decides, kid = GATES[gate]
    return {"gate": say(name), "decides": say(decides), "kid": say(kid), "t": str((step_of(node.name) or 0) + 1)}


def time_steps(view: View, parameter: str) -> int:
    """At how many time steps a parameter is used: at each, of a sequence that goes through it."""
    return sum(user.shape[0] if len(user.shape) == 2 else 1 for user, _ in view.graph.users.get(parameter, []))


def through_time(view: View, node: Node, consumers: list[Node], index: Index) -> dict[str, str]:
    """How much of a gradient comes from this time step, and how much from the next."""
    here = step_of(node.name)
    now = later = 0.0
    for term in derive_gradient(view, node.name, index).terms:
        source = next((factor.node for factor in term.factors if factor.quantity == "gradient"), None)
        if source is not None and step_of(source) not in {None, here}:
            later += term.value
        else:
            now += term.value
    return {"now": tex.words(now), "later": tex.words(later), "t": str((here or 0) + 1)}


#: layer type -> its gates, in the order of their columns
ORDER: dict[str, tuple[str, ...]] = {
    "rnn": ("",),
    "lstm": ("i", "f", "g", "o"),
    "gru": ("reset", "update", "candidate"),
}


def recurrent_wire(view: View, name: str, index: Index) -> str | None:
    """What a recurrent layer's weight or bias belongs to: a wire to one gate of a unit; None for other parameters."""
    layer, kind = view.graph.parameters[name].layer, name.rpartition(".")[2]
    spec = view.graph.layers[layer].spec
    gates = ORDER.get(spec.cell if isinstance(spec, DecoderLayer) else spec.type)
    if gates is None or kind not in {"W_ih", "W_hh", "b", "b_ih", "b_hh"}:
        return None
    units = view.graph.parameters[name].shape[-1] // len(gates)
    gate, unit = divmod(index[-1], units)
    end = f"{layer}[{unit + 1}]"
    if gates[gate]:
        end = say(f"the {GATES[gates[gate]][0]} of {{unit}}", unit=end)
    if len(index) == 1:
        return say("the bias of {unit}", unit=end)
    remembered = say("remembered {unit}", unit=f"{layer}[{index[0] + 1}]")
    start = remembered if kind == "W_hh" else say("input {i}", i=index[0] + 1)
    return say("the wire {start} → {unit}", start=start, unit=end)


def _at(view: View, name: str, index: Index) -> float:
    value = view.value(name)
    assert value is not None
    return float(value[index])
