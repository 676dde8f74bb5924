"""The graph: layers, nodes and parameters of one network, in the order in which they are computed."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from engine.arrays import Shape
from engine.graph.clamps import FREE
from engine.graph.order import ancestors, with_gradient
from engine.graph.tokens import LOOKUPS, Tokens
from engine.layers import Node, Parameter
from engine.losses import LossType, Reading, reading_for
from engine.ops import OPS, vjp_of
from engine.spec import HuberLoss, InputLayer, LayerSpec, PlainLoss, Regularization
from engine.words import say


@dataclass(frozen=True)
class GraphLayer:
    """One layer with everything that it became.

    Args:
        id: its name.
        spec: its description.
        index: its place in the description; None for an input layer that was left out.
        inputs: ids of the layers it reads.
        shape: of its value for one example.
        value: the node that other layers read.
        nodes: names of its nodes, in forward order.
        parameters: names of its parameters, in flat order.
    """

    id: str
    spec: LayerSpec
    index: int | None
    inputs: tuple[str, ...]
    shape: Shape
    value: str
    nodes: tuple[str, ...]
    parameters: tuple[str, ...]

    @property
    def natural(self) -> str:
        """The node that says what the layer comes to, before some of its units are held at a value."""
        free = f"{self.id}.{FREE}"
        return free if free in self.nodes else self.value

    @property
    def activation(self) -> str | None:
        """The nonlinearity that its value comes from; None if it has none."""
        function = getattr(self.spec, "activation", None) or getattr(self.spec, "function", None)
        return str(function) if function else None


@dataclass(frozen=True)
class Graph:
    """What a description means.

    Args:
        layers: by id, in forward order.
        nodes: by name, in forward order; the last are ``loss`` and, if regularised, ``penalty``.
        parameters: by name, in flat order; running statistics are the last.
        loss_type: the loss's entry in the registry.
        loss_spec: its description.
        fused: whether the loss reads the output's pre-activation, so that the output's activation has no gradient.
        regularization: of the parameters.
        tokens: what the token ids of the input may be; None if no layer looks tokens up.
    """

    layers: Mapping[str, GraphLayer]
    nodes: Mapping[str, Node]
    parameters: Mapping[str, Parameter]
    loss_type: LossType
    loss_spec: PlainLoss | HuberLoss
    fused: bool
    regularization: Regularization
    tokens: Tokens | None = None

    @cached_property
    def input_layer(self) -> GraphLayer:
        """The layer that holds the examples' features."""
        return next(layer for layer in self.layers.values() if isinstance(layer.spec, InputLayer))

    @cached_property
    def output_layer(self) -> GraphLayer:
        """The layer whose value is compared with the targets: the last of the description."""
        return max(self.layers.values(), key=lambda layer: -1 if layer.index is None else layer.index)

    @property
    def input(self) -> str:
        """The node that holds the batch."""
        return self.input_layer.value

    @property
    def output(self) -> str:
        """The node that holds the network's answer."""
        return self.output_layer.value

    @cached_property
    def parameter_count(self) -> int:
        """How many numbers are learned: what is frozen and running statistics do not count."""
        return sum(size(parameter.shape) for parameter in self.learned.values())

    @cached_property
    def learned(self) -> Mapping[str, Parameter]:
        """The parameters that training moves, no frozen ones, no running statistics: the first of the flat vector."""
        return {name: entry for name, entry in self.parameters.items() if entry.running is None and not entry.frozen}

    @cached_property
    def moving(self) -> tuple[slice, ...]:
        """The stretches of a flat vector that a step changes: of what is learned, and of running statistics."""
        kept = sum(size(entry.shape) for entry in self.parameters.values() if entry.running is None)
        following = [entry for entry in self.parameters.values() if entry.running is not None and not entry.frozen]
        stop = kept + sum(size(entry.shape) for entry in following)
        return (slice(0, self.parameter_count), *([slice(kept, stop)] if following else []))

    @cached_property
    def flat_size(self) -> int:
        """How many numbers a flat vector holds: all parameters, running statistics at its end."""
        return sum(size(parameter.shape) for parameter in self.parameters.values())

    @cached_property
    def running(self) -> Mapping[str, str]:
        """Statistic of the batch -> the parameter that follows it, which stands in its place in evaluation."""
        return {entry.running.node: name for name, entry in self.parameters.items() if entry.running is not None}

    def reading(self, *, classification: bool) -> Reading:
        """How answers are read as classes; ``classification``: whether the data tell classes apart."""
        if len(self.output_layer.shape) == 2:
            return Reading(self.loss_type, self.output_layer.shape, "steps", ends="target.mask" in self.nodes)
        return reading_for(self.loss_type, self.output_layer.shape, classification=classification)

    def differentiable(self, *, with_input: bool) -> frozenset[str]:
        """Nodes that get a gradient: those between a parameter (or the input) and the loss."""
        return self._with_input if with_input else self._in_training

    @cached_property
    def _in_training(self) -> frozenset[str]:
        return frozenset(with_gradient(self.learned, tuple(self.nodes.values()), "loss"))

    @cached_property
    def _with_input(self) -> frozenset[str]:
        return frozenset(with_gradient([*self.learned, self.input], tuple(self.nodes.values()), "loss"))

    @cached_property
    def users(self) -> Mapping[str, list[tuple[Node, int]]]:
        """Name -> the nodes that hand a gradient back to it in training, each with its place among their inputs."""
        found: dict[str, list[tuple[Node, int]]] = defaultdict(list)
        for node in self.nodes.values():
            if node.op is not None and node.name in self._in_training:
                for place, name in enumerate(node.inputs):
                    if place not in node.cuts and vjp_of(OPS[node.op], place)[0] is not None:
                        found[name].append((node, place))
        return found

    def towards(self, node: str) -> "Graph":
        """What leads to this node and nothing else: no targets and no loss, unless they do."""
        reads = {name: [read for read in of.inputs if read in self.nodes] for name, of in self.nodes.items()}
        kept = ancestors(node, reads)
        return replace(self, nodes={name: of for name, of in self.nodes.items() if name in kept})

    @property
    def scores(self) -> str:
        """The node that says how strongly the network votes for each answer: what the loss reads, logits if fused."""
        return self.nodes["loss"].inputs[0]

    @property
    def sensed(self) -> tuple[str, ...]:
        """The nodes through which an example is felt: the input, or the vectors that are looked up for its tokens."""
        if self.tokens is None:
            return (self.input,)
        return tuple(name for name, node in self.nodes.items() if node.op in LOOKUPS)

    def why_no_gradient(self, node: str) -> str:
        """The reason, for people, why a node never has a gradient in training."""
        kind = self.nodes[node].kind
        if self.fused and node == self.output:
            return say(
                "fused: the loss and this activation are differentiated together, straight to the pre-activation"
            )
        if kind in {"value", "statistic"}:
            return say("nothing before it is learned, so its gradient would help nobody")
        return say(WHY_NO_GRADIENT[kind])


#: Kind of a node -> why it never has a gradient in training.
WHY_NO_GRADIENT = {
    "input": "the data is not learned, so training does not compute its gradient",
    "state": "what a memory begins with is given, it does not depend on the weights",
    "mask": "the mask is drawn at random, it does not depend on the weights",
    "target": "the targets are given, they do not depend on the weights",
    "loss": "the gradient of the loss with respect to itself is 1",
    "penalty": "the penalty is added to the loss: its gradient with respect to itself is 1",
}


def size(shape: Shape) -> int:
    """How many numbers an array of this shape holds."""
    product = 1
    for length in shape:
        product *= length
    return product
