"""Recurrent layers as sequences: one quantity at all time steps, in the order of time, and which steps are computed.

The nodes of the time steps (``lstm.f[3]``) are for stepping and explaining; what looks at a whole network reads their
blocks, each one strided view, however many time steps there are.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from engine.arrays import Array, Shape
from engine.graph import Graph
from engine.layers import Node
from engine.layers.recurrence import STEP, step_of
from engine.plan import Bound, CallInfo

#: When a step that no call computes is computed.
NEVER = np.iinfo(np.intp).max
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class TimeBlock:
    """One quantity of a recurrent layer at all time steps.

    Args:
        name: ``lstm.f``; its nodes are ``lstm.f[0]``, ``lstm.f[1]`` …
        layer: the layer's id.
        shape: of one time step and example.
        nodes: in the order of time.
        slots: cuts them out of their block in the order of time, whichever way they were computed.
        reverse: whether they are computed from the last to the first.
        written: quantity -> for each time step the number of the call that computes it.
    """

    name: str
    layer: str
    shape: Shape
    nodes: tuple[Node, ...]
    slots: slice
    reverse: bool
    written: Mapping[str, npt.NDArray[np.intp]]

    def value(self, bound: Bound, row: int | slice) -> Array:
        """(T, …) of one example or (T, N, …) of several, a view."""
        return bound.blocks[self.name][self.slots, row]

    def gradient(self, bound: Bound, row: int | slice) -> Array | None:
        """The same for its gradient; None if it never has one.

        What is said last may be of no use to anybody: then that has no gradient, and no place in the block either.
        """
        block = bound.gradient_blocks.get(self.name)
        if block is None:
            return None
        found: Array = block[:, row]
        missing = 1 + max(self.nodes[0].slot, self.nodes[-1].slot) - len(block)
        if missing > 0:
            found = np.concatenate((found, np.zeros((missing, *found.shape[1:]), found.dtype)))
        return found[self.slots]

    def computed(self, quantity: str, ran: int) -> Flags:
        """Which time steps so many calls have computed, (T,)."""
        return self.written[quantity] < ran

    def next_node(self, quantity: str, computed: list[bool]) -> Node:
        """Of the time steps that are not computed, the one whose turn comes first."""
        return self.nodes[int(np.argmin(np.where(computed, NEVER, self.written[quantity])))]


class Shown(NamedTuple):
    """What there is to see of a network: nodes that are seen alone, and those of time steps together."""

    nodes: tuple[Node, ...]
    blocks: tuple[TimeBlock, ...]


def shown(graph: Graph, writers: Mapping[tuple[str, str], CallInfo]) -> Shown:
    """Left out are parts, and what is read through its parts only: all gates in one, before they are cut apart."""
    cut = _cut(graph.nodes.values())
    alone = (node for node in graph.nodes.values() if not (node.block or node.is_part or node.name in cut))
    blocks = blocks_of(graph, writers).values()
    return Shown(tuple(alone), tuple(block for block in blocks if block.nodes[0].name not in cut))


def blocks_of(graph: Graph, writers: Mapping[tuple[str, str], CallInfo]) -> dict[str, TimeBlock]:
    """Every block of time steps, by name."""
    members: dict[str, list[Node]] = defaultdict(list)
    for node in graph.nodes.values():
        if node.block and step_of(node.name) is not None:
            members[node.block].append(node)
    return {name: _block(name, nodes, writers) for name, nodes in members.items()}


def _block(name: str, nodes: list[Node], writers: Mapping[tuple[str, str], CallInfo]) -> TimeBlock:
    ordered = tuple(sorted(nodes, key=lambda node: step_of(node.name) or 0))
    first, last = ordered[0].slot, ordered[-1].slot
    reverse = last < first
    stop = (last - 1 if last else None) if reverse else last + 1
    written = {
        quantity: np.array([_call(writers, node.name, quantity) for node in ordered], np.intp)
        for quantity in ("value", "gradient")
    }
    slots = slice(first, stop, -1 if reverse else 1)
    return TimeBlock(name, ordered[0].layer, ordered[0].shape, ordered, slots, reverse, written)


def _call(writers: Mapping[tuple[str, str], CallInfo], node: str, quantity: str) -> int:
    call = writers.get((node, quantity))
    return NEVER if call is None else call.index


def _cut(nodes: Iterable[Node]) -> set[str]:
    """Names of nodes that are read through parts only."""
    parts, read = set[str](), set[str]()
    for node in nodes:
        (parts if node.is_part else read).update(node.inputs)
    return parts - read


def masked(array: Array, computed: Flags, fill: float = 0.0) -> Array:
    """A copy (T, …) in which no step that is not computed says anything."""
    copy: Array = np.array(array)
    copy[~computed] = fill
    return copy


def pattern(block: TimeBlock) -> list[str]:
    """What a middle step reads, with t for its time step: ``lstm.z_f[t]``, ``lstm.h[t-1]``."""
    here = len(block.nodes) // 2
    return [_relative(name, here) for name in block.nodes[here].inputs]


def _relative(name: str, here: int) -> str:
    step = step_of(name)
    if step is None:
        return re.sub(r"_init$", "[-1]", name)
    by = step - here
    return STEP.sub(f"[t{by:+d}]" if by else "[t]", name)


__all__ = ["NEVER", "Flags", "Shown", "TimeBlock", "blocks_of", "masked", "pattern", "shown"]
