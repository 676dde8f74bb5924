"""Collects the operators and weights of an ONNX graph."""

from collections.abc import Callable
from typing import Any

import numpy as np

from engine.arrays import Array
from engine.export.onnx_messages import TYPES, Attribute, node, tensor
from engine.layers import Node

INT64 = TYPES["int64"]


class Builder:
    """Collects the operators and weights of a graph.

    Args:
        dtype: of the network.
        shape: name of a node or parameter -> its shape, a node's without the batch axis.
        batch: the value whose first axis is the batch.
    """

    def __init__(self, dtype: str, shape: Callable[[str], tuple[int, ...]], batch: str) -> None:
        self.dtype = dtype
        self.shape = shape
        self.batch = batch
        self.nodes: list[bytes] = []
        self.initializers: list[bytes] = []
        self._constants: dict[tuple[Any, ...], str] = {}

    def op(self, kind: str, *inputs: str, into: str = "", **attributes: Attribute) -> str:
        """One operator; returns the name of what it computes, a new one unless it is given."""
        name = into or f"{kind.lower()}:{len(self.nodes)}"
        self.nodes.append(node(kind, inputs, name, attributes))
        return name

    def weight(self, name: str, array: Array) -> None:
        """A tensor that is part of the file."""
        self.initializers.append(tensor(name, array))

    def number(self, value: float) -> str:
        """A constant of the network's dtype."""
        return self.constant(np.array(value, self.dtype))

    def vector(self, value: float) -> str:
        """The same as a vector of one number."""
        return self.constant(np.array([value], self.dtype))

    def index(self, value: int) -> str:
        """A whole number."""
        return self.constant(np.array(value, np.int64))

    def indices(self, *values: int) -> str:
        """A vector of whole numbers: axes, beginnings, shapes."""
        return self.constant(np.array(values, np.int64))

    def constant(self, array: Array) -> str:
        """A tensor that several operators may share."""
        key = (array.dtype.name, array.shape, array.tobytes())
        if key not in self._constants:
            self._constants[key] = f"constant:{len(self._constants)}"
            self.weight(self._constants[key], array)
        return self._constants[key]


#: Adds the operators of one node; the last of them writes the node's own name.
Emit = Callable[[Builder, Node, tuple[str, ...]], object]


def alone(kind: str, **attributes: Attribute) -> Emit:
    """The same thing is one operator of ONNX."""

    def emit(build: Builder, node: Node, inputs: tuple[str, ...]) -> None:
        build.op(kind, *inputs, into=node.name, **attributes)

    return emit
