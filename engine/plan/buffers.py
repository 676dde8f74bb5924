"""The buffers of a plan: flat vectors for parameters, one array per node, each seen through views."""

from collections.abc import Mapping
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


def buffer_for(node: Node, capacity: int, dtype: str) -> Array:
    """Zeros for as many examples as the plan may hold; a mask starts at 1, which drops nothing."""
    shape = (capacity, *node.shape) if node.has_batch_axis else ()
    return np.ones(shape, dtype) if node.kind == "mask" else np.zeros(shape, dtype)


def rows_of(buffer: Array, rows: int) -> Array:
    """The first rows of a buffer; all of one that holds a single number."""
    return buffer[:rows] if buffer.ndim else buffer


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
