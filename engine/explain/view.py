"""What explain reads: the numbers of one position of the cursor, and None for what is not computed there."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from engine.arrays import Array, Shape
from engine.explain.explanation import Quantity
from engine.graph import Graph
from engine.layers import Node
from engine.optimizers.base import Optimizer
from engine.spec import SessionSpec


@dataclass(frozen=True)
class Update:
    """What the optimizer knew when it computed the last deltas: flat vectors and the step's numbers."""

    optimizer: Optimizer
    grad: Array
    slots: Mapping[str, Array]
    params: Array
    learning_rate: float
    step: int
    offsets: Mapping[str, int]


class View(Protocol):
    """The engine's buffers as the cursor sees them. Arrays are views of the rows that are in the batch."""

    @property
    def spec(self) -> SessionSpec:
        """The description of the network."""

    @property
    def graph(self) -> Graph:
        """Its nodes and parameters."""

    @property
    def rows(self) -> int:
        """Examples in the batch."""

    @property
    def features(self) -> tuple[str, ...]:
        """Names of the inputs."""

    def value(self, name: str) -> Array | None:
        """A node's value; a parameter as the forward pass used it."""

    def current(self, parameter: str) -> Array:
        """A parameter as it is now, after the update if that has run."""

    def gradient(self, name: str) -> Array | None:
        """The gradient of the loss with respect to a node or parameter."""

    def delta(self, name: str) -> Array | None:
        """What the last update added to a parameter."""

    def reason(self, name: str, quantity: str) -> str:
        """Why this number is not computed here."""

    def ledger(self, parameter: str) -> tuple[Array, Array, Array]:
        """start, sum of deltas, sum of edits."""

    def update(self) -> Update | None:
        """What the last deltas were made of; None before the optimizer has run in this step."""


def array_of(view: View, name: str, quantity: Quantity) -> Array | None:
    """One quantity of a node or parameter (a parameter's value as it is now); None where it is not computed."""
    if quantity == "value" and name in view.graph.parameters:
        return view.current(name)
    return {"value": view.value, "gradient": view.gradient, "delta": view.delta}[quantity](name)


def shape_of(graph: Graph, name: str) -> Shape:
    """The shape of a parameter, or of one example's value of a node."""
    return graph.parameters[name].shape if name in graph.parameters else graph.nodes[name].shape


def users(graph: Graph, name: str) -> list[tuple[Node, int]]:
    """The nodes that hand a gradient back to this one, each with the position of ``name`` among its inputs."""
    return graph.users.get(name, [])
