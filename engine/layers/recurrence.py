"""Unrolling: a recurrent layer as the nodes of its time steps, which share their weights.

Every quantity of every time step is a node of its own: ``lstm.f[3]`` is the forget gate at time step 3, from 0.
The values of one quantity lie in one block, in the order in which they are computed, after what the recurrence begins
with; so the products with the weights of all time steps can be one.

The input's part of all time steps is one product: ``<id>.from_x`` = x W_ih + b, (N, T, G·M) for G gates.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from engine.arrays import Shape
from engine.errors import LimitExceeded, ShapeMismatch
from engine.layers.base import Expansion, Node, Parameter, Source
from engine.spec import DecoderLayer, InitializerSpec, RecurrentLayer, Scaled
from engine.words import say

#: How the name of a time step's node ends.
STEP = re.compile(r"\[(\d+)\]$")


def step_of(node: str) -> int | None:
    """The time step in a node's name: 3 of ``lstm.f[3]``; None if it has none."""
    found = STEP.search(node)
    return int(found[1]) if found else None


class Step(NamedTuple):
    """One time step.

    Args:
        t: its number in time, from 0; what names say.
        slot: its number in the order of computing; the two differ where time runs backwards.
        mask: node (1,) that is 0 where an example has ended; None if none ever does.
        cut: whether no gradient goes further back from here.
    """

    t: int
    slot: int
    mask: str | None
    cut: bool


class Unrolled:
    """Collects nodes, in forward order.

    Args:
        layer: the layer's id.
        prefix: what names begin with: the layer's id, or ``<id>.back`` for the part that runs backwards.
        units: M.
    """

    def __init__(self, layer: str, prefix: str, units: int) -> None:
        self.layer = layer
        self.prefix = prefix
        self.units = units
        self.nodes: list[Node] = []

    def add(
        self, name: str, op: str, inputs: Sequence[str], shape: Shape, cuts: tuple[int, ...] = (), **options: Any
    ) -> str:
        """A node without a time step; its full name."""
        full = f"{self.prefix}.{name}"
        self.nodes.append(Node(full, self.layer, op, tuple(inputs), shape, options, cuts=cuts))
        return full

    def at(self, step: Step, name: str, op: str, *inputs: str, width: int = 0, cut: tuple[int, ...] = ()) -> str:
        """A node of one time step, (M,) unless it is of another width; ``cut``: inputs that end the way back."""
        full = f"{self.prefix}.{name}[{step.t}]"
        slot = step.slot + (name in STATES)
        cuts = cut if step.cut else ()
        shape = (width or self.units,)
        self.nodes.append(
            Node(full, self.layer, op, inputs, shape, block=f"{self.prefix}.{name}", slot=slot, cuts=cuts)
        )
        return full

    def part(self, step: Step, name: str, whole: str, *place: int | tuple[int, int]) -> str:
        """A piece of another node, (M,)."""
        full = f"{self.prefix}.{name}[{step.t}]"
        self.nodes.append(Node(full, self.layer, "part", (whole,), (self.units,), {"place": place}))
        return full

    def gate(self, step: Step, name: str, whole: str, number: int) -> str:
        """The piece of a node (G·M,) that belongs to one gate."""
        return self.part(step, name, whole, (number * self.units, (number + 1) * self.units))

    def first(self, name: str, given: str | None) -> str:
        """What a recurrence begins with: 0, or the value of another node."""
        full, block = f"{self.prefix}.{name}_init", f"{self.prefix}.{name}"
        if given is None:
            self.nodes.append(Node(full, self.layer, None, (), (self.units,), kind="state", block=block))
        else:
            self.nodes.append(Node(full, self.layer, "linear", (given,), (self.units,), block=block))
        return full

    def carried(self, step: Step, name: str, new: str, prev: str) -> str:
        """The state after this step: the new one, or the one before where the example has ended."""
        assert step.mask is not None
        return self.at(step, name, "carry", step.mask, new, prev, cut=(2,))


#: Time steps of a sequence: each is a dozen nodes.
MOST_STEPS = 256

#: What is handed from one time step to the next: in their blocks they stand one place later, behind the first.
STATES = frozenset({"h", "c"})

#: (unrolled, step, the input's part at this step, states before) -> states after
Advance = Callable[[Unrolled, Step, str, tuple[str, ...]], tuple[str, ...]]


@dataclass(frozen=True)
class Cell:
    """What one kind of recurrence does at a time step.

    Args:
        gates: G, blocks of columns in its weights.
        states: what is handed on: ("h",) or ("h", "c").
        advance: adds the nodes of one time step.
        parameters: (prefix, layer, fan_in) -> W_ih, its bias, and the others, in flat order.
    """

    gates: int
    states: tuple[str, ...]
    advance: Advance
    parameters: Callable[[str, int], tuple[Parameter, ...]]


def unroll(spec: RecurrentLayer, sources: tuple[Source, ...], cell: Cell) -> Expansion:
    """All nodes of a recurrent layer on a sequence (T, D); its value ``<id>.a`` is (T, M), or (M,) of the last step.

    Raises:
        ShapeMismatch: if it does not read a sequence. LimitExceeded: if that is too long.
    """
    (source,) = sources
    if len(source.shape) != 2:
        hint = (
            say("embedding or one_hot makes vectors of tokens")
            if len(source.shape) == 1
            else say("reshape makes a sequence")
        )
        raise ShapeMismatch(
            say('{type} layer "{id}" ({hint})', type=spec.type, id=spec.id, hint=hint),
            ("N", "T", "D"),
            ("N", *source.shape),
        )
    check_steps(spec.id, source.shape[0])
    one = _direction(spec, source, cell, spec.id, reverse=spec.reverse)
    if not spec.bidirectional:
        nodes = (*one.nodes, _value(spec, (one.value,)))
        return Expansion(nodes, one.parameters, mask=_mask(spec, source), state=one.state)
    back = _direction(spec, source, cell, f"{spec.id}.back", reverse=not spec.reverse)
    nodes = (*one.nodes, *back.nodes, _value(spec, (one.value, back.value)))
    return Expansion(nodes, one.parameters + back.parameters, mask=_mask(spec, source))


def check_steps(layer: str, steps: int) -> None:
    """Not too many.

    Raises:
        LimitExceeded: if there are.
    """
    if steps > MOST_STEPS:
        raise LimitExceeded(say('time steps of layer "{layer}"', layer=layer), MOST_STEPS, steps)


def _mask(spec: RecurrentLayer, source: Source) -> str | None:
    return source.mask if spec.return_sequences else None


class Direction(NamedTuple):
    """One direction in time: its nodes, parameters, value (all states, or the last) and last states."""

    nodes: tuple[Node, ...]
    parameters: tuple[Parameter, ...]
    value: Node
    state: tuple[str, ...]


def _direction(spec: RecurrentLayer, source: Source, cell: Cell, prefix: str, *, reverse: bool) -> Direction:
    steps, width = source.shape[0], cell.gates * spec.units
    unrolled = Unrolled(spec.id, prefix, spec.units)
    parameters = cell.parameters(prefix, source.shape[1])
    from_x = unrolled.add("from_x", "dense", (source.node, parameters[0].name, parameters[1].name), (steps, width))
    masks = [None] * steps if source.mask is None else _mask_parts(unrolled, source.mask, steps)
    states = tuple(unrolled.first(name, None) for name in cell.states)
    hidden = {}
    for slot, t in enumerate(reversed(range(steps)) if reverse else range(steps)):
        cut = bool(slot and spec.truncate and slot % spec.truncate == 0)
        step = Step(t, slot, masks[t], cut)
        states = cell.advance(unrolled, step, _at(unrolled, from_x, t, width), states)
        hidden[t] = states[0]
    if spec.return_sequences:
        unrolled.add("sequence", "stack", [hidden[t] for t in range(steps)], (steps, spec.units))
        value = unrolled.nodes[-1]
    else:
        value = next(node for node in unrolled.nodes if node.name == states[0])
    return Direction(tuple(unrolled.nodes), parameters, value, states)


def _at(unrolled: Unrolled, whole: str, t: int, width: int) -> str:
    """The piece of a sequence at one time step."""
    name = f"{whole}[{t}]"
    unrolled.nodes.append(Node(name, unrolled.layer, "part", (whole,), (width,), {"place": (t,)}))
    return name


def _mask_parts(unrolled: Unrolled, mask: str, steps: int) -> list[str | None]:
    """The mask of each time step, (1,)."""
    names: list[str | None] = []
    for t in range(steps):
        name = f"{unrolled.prefix}.m[{t}]"
        unrolled.nodes.append(Node(name, unrolled.layer, "part", (mask,), (1,), {"place": ((t, t + 1),)}))
        names.append(name)
    return names


def _value(spec: RecurrentLayer, of: tuple[Node, ...]) -> Node:
    """``<id>.a``: what the layer says; both directions side by side."""
    shape = (*of[0].shape[:-1], spec.units * len(of))
    names = tuple(node.name for node in of)
    return Node(f"{spec.id}.a", spec.id, "linear" if len(of) == 1 else "concat", names, shape)


# --------------------------------------------------------------------------------------------------- parameters


#: Descriptions that have a cell's parameters.
WithCell = RecurrentLayer | DecoderLayer


def input_weights(spec: WithCell, prefix: str, fan_in: int, gates: int) -> Parameter:
    """``W_ih`` (D, G·M)."""
    rule = spec.initializer or DEFAULT
    return Parameter(f"{prefix}.W_ih", spec.id, (fan_in, gates * spec.units), fan_in, spec.units, rule)


def hidden_weights(spec: WithCell, prefix: str, gates: int) -> Parameter:
    """``W_hh`` (M, G·M)."""
    rule = spec.recurrent_initializer or DEFAULT
    return Parameter(f"{prefix}.W_hh", spec.id, (spec.units, gates * spec.units), spec.units, spec.units, rule)


def bias(spec: WithCell, prefix: str, name: str, gates: int, shift: tuple[int, int, float] | None) -> Parameter:
    """``b``, ``b_ih`` or ``b_hh`` (G·M,): 0, but for what is shifted."""
    shape, rule = (gates * spec.units,), spec.bias_initializer
    return Parameter(f"{prefix}.{name}", spec.id, shape, spec.units, spec.units, rule, is_bias=True, shift=shift)


DEFAULT: InitializerSpec = Scaled(type="glorot_uniform")
__all__ = [
    "STEP",
    "Cell",
    "Step",
    "Unrolled",
    "bias",
    "check_steps",
    "hidden_weights",
    "input_weights",
    "step_of",
    "unroll",
]
