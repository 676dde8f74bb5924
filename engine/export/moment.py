"""What is exported: a session at the beginning of the step that comes next, or that is under way."""

from collections.abc import Mapping
from dataclasses import dataclass

from engine.arrays import Array
from engine.graph import Graph
from engine.layers import Node
from engine.ops import OPS
from engine.regularization import counts
from engine.spec import SessionSpec


@dataclass(frozen=True)
class Moment:
    """Everything that one step is computed from.

    Args:
        spec: the description.
        graph: what it means.
        parameters: by name, before the update; running statistics among them.
        given: values of the nodes that no operation computes, for the step's batch: inputs, targets, masks, states.
        slots: the optimizer's, by slot and learned parameter, before the update, as the engine keeps them.
        step: its number, from 0.
        optimizer_step: the optimizer's own count, from 0.
        learning_rate: the step's, schedule included.
    """

    spec: SessionSpec
    graph: Graph
    parameters: Mapping[str, Array]
    given: Mapping[str, Array]
    slots: Mapping[str, Mapping[str, Array]]
    step: int
    optimizer_step: int
    learning_rate: float

    @property
    def rows(self) -> int:
        """Examples in the batch."""
        return len(self.given[self.graph.input])

    def nodes_of(self, layer: str) -> list[Node]:
        """The nodes of a layer (or of ``loss``), in forward order."""
        return [node for node in self.graph.nodes.values() if node.layer == layer]

    def counted(self) -> list[str]:
        """The parameters that the penalty counts."""
        spec, parameters = self.graph.regularization, self.graph.parameters
        return [name for name, parameter in parameters.items() if counts(spec, parameter)]


def options_of(node: Node) -> dict[str, object]:
    """The options that a node's operation is run with."""
    return {**OPS[node.op or ""].options, **node.options}


def guessed_from(graph: Graph, node: Node) -> str | None:
    """Of a symbol that a decoder reads, the scores whose best it is where no teacher speaks; None for other nodes."""
    if node.op is None or node.block != f"{node.layer}.token" or graph.layers[node.layer].spec.type != "decoder":
        return None
    return f"{node.layer}.logits[{node.slot - 1}]"
