"""The buffers of a plan: flat vectors for parameters, one array per node, each seen through views."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from math import prod

import numpy as np

from engine.arrays import Array, Shape
from engine.layers import Node, Parameter


def spans_of(parameters: Mapping[str, Parameter]) -> dict[str, slice]:
    """Where each parameter lies in the flat vectors."""
    spans, start = {}, 0
    for name, parameter in parameters.items():
        stop = start + prod(parameter.shape)
        spans[name] = slice(start, stop)
        start = stop
    return spans


def views_of(flat: Array, parameters: Mapping[str, Parameter]) -> dict[str, Array]:
    """Each parameter's part of a flat vector, in the parameter's shape."""
    spans = spans_of(parameters)
    return {name: flat[spans[name]].reshape(parameter.shape) for name, parameter in parameters.items()}


class NodeBuffers:
    """One flat buffer for each node, or for each block of nodes; parts are views of other nodes.

    A batch of fewer rows than there is room for lies at the buffer's beginning, in one piece: time steps of a block
    follow each other without gaps, so that one product of matrices may run over all of them.

    Args:
        nodes: in forward order, so that a part stands after what it is a part of.
        capacity: the largest batch.
        dtype: of all numbers.
        fill: node -> what its buffer holds at first.
    """

    def __init__(self, nodes: Iterable[Node], capacity: int, dtype: str, fill: Callable[[Node], float]) -> None:
        self._nodes = tuple(nodes)
        self._shapes: dict[str, tuple[int, Shape]] = {}
        self._flat: dict[str, Array] = {}
        slots = Counter[str]()
        for node in self._nodes:
            if node.block:
                slots[node.block] = max(slots[node.block], node.slot + 1)
                self._shapes[node.block] = (slots[node.block], node.shape)
        for node in self._nodes:
            name = node.block or node.name
            if not node.is_part and name not in self._flat:
                rows = capacity if node.has_batch_axis else 1
                self._flat[name] = np.full(max(1, slots[name]) * rows * prod(node.shape), fill(node), dtype)

    def views(self, rows: int) -> dict[str, Array]:
        """Each node's buffer for a batch of so many rows: (rows, *shape), or shape where there is no batch axis."""
        blocks = self.blocks(rows)
        views: dict[str, Array] = {}
        for node in self._nodes:
            if node.is_part:
                views[node.name] = views[node.inputs[0]][part_of(node)]
            elif node.block:
                views[node.name] = blocks[node.block][node.slot]
            else:
                shape = (rows, *node.shape) if node.has_batch_axis else node.shape
                views[node.name] = self._flat[node.name][: prod(shape)].reshape(shape)
        return views

    def blocks(self, rows: int) -> dict[str, Array]:
        """Each block whole: (slots, rows, *shape)."""
        return {
            name: self._flat[name][: slots * rows * prod(shape)].reshape(slots, rows, *shape)
            for name, (slots, shape) in self._shapes.items()
        }


def part_of(node: Node) -> tuple[slice | int, ...]:
    """The index by which a part is cut out of its node's buffer."""
    return (slice(None), *(place if isinstance(place, int) else slice(*place) for place in node.options["place"]))


class Scratch:
    """Work buffers that all rules share: one finds there whatever another has left.

    They grow while calls are bound, so that no call ever allocates.
    """

    def __init__(self, dtype: str) -> None:
        self._dtype = dtype
        self._slots: dict[int, Array] = {}

    def for_rule(self, shapes: tuple[Shape, ...]) -> tuple[Array, ...]:
        """One array for each shape, none overlapping another."""
        return tuple(self._slot(place, shape) for place, shape in enumerate(shapes))

    def for_part(self, shape: Shape) -> Array:
        """Where one contribution to a sum is computed, by a rule that has work buffers of its own."""
        return self._slot(-1, shape)

    def _slot(self, place: int, shape: Shape) -> Array:
        need = prod(shape)
        if place not in self._slots or self._slots[place].size < need:
            self._slots[place] = np.zeros(need, self._dtype)
        return self._slots[place][:need].reshape(shape)
