"""Any number of the network seen from its input: its value, and its gradient there.

The gradient of one node (not of the loss) with respect to the input is backpropagation begun elsewhere: the upstream
gradient is 1 at what is asked for and 0 beside it. Where the input is tokens, which cannot be moved a little, it is the
gradient with respect to the vectors that are looked up for them.
"""

from dataclasses import dataclass
from math import prod

import numpy as np

from engine.arrays import Array, Shape
from engine.errors import SpecError, UnknownName
from engine.graph import Graph
from engine.plan import Plan
from engine.words import say

Index = tuple[int, ...]


@dataclass(frozen=True)
class Saliency:
    """How a number answers to each number of the input.

    Args:
        node: what was asked for.
        indices: (N,) index of the entry (or of the part) in each example.
        values: (N,) its value: of a part the mean.
        source: the node that the gradient belongs to: the input, or the vectors of its tokens.
        gradient: (N, *shape of the source).
        strength: (N, …): of an image the largest |gradient| of a pixel's channels (H, W), of a sequence the norm of
            each time step's (T,), of a row |gradient| itself.
    """

    node: str
    indices: tuple[Index, ...]
    values: Array
    source: str
    gradient: Array
    strength: Array


class Sense:
    """One node, ready to be asked about some examples again and again.

    Args:
        graph: the network.
        params: the flat parameters; shared, never written.
        node: a node of its layers.
        rows: how many examples.

    Raises:
        UnknownName: there is no such node. SpecError: it does not depend on the input, or depends on the targets.
    """

    def __init__(self, graph: Graph, params: Array, node: str, rows: int) -> None:
        _check(graph, node)
        self.node = node
        self.shape = graph.nodes[node].shape
        plan = Plan(graph.towards(node), rows, params.dtype.name, params=params, purpose="sense", end=node)
        self._bound = plan.bind(rows)
        self._source = graph.input
        self.sensed = next((name for name in graph.sensed if name in self._bound.gradients), "")
        if not self.sensed:
            raise SpecError(say('"{node}" does not depend on the input', node=node), ("node",))

    @property
    def value(self) -> Array:
        """The node's value (N, *shape), a view."""
        return self._bound.values[self.node]

    @property
    def gradient(self) -> Array:
        """Of what was sought last, with respect to the node ``sensed``; a view."""
        return self._bound.gradients[self.sensed]

    def forward(self, inputs: Array) -> None:
        """Compute the node for inputs (N, *shape)."""
        np.copyto(self._bound.values[self._source], inputs)
        for call in self._bound.forward:
            call.run()

    def backward(self, indices: tuple[Index, ...]) -> None:
        """Hand back the gradient of the entry (of a part: of its mean) at these indices, one for each example."""
        upstream = self._bound.gradients[self.node]
        upstream.fill(0)
        for n, index in enumerate(indices):
            upstream[(n, *index)] = 1 / prod(self.shape[len(index) :])
        for call in self._bound.backward:
            call.run()

    def values(self, indices: tuple[Index, ...]) -> Array:
        """(N,): the entries (of parts: the means) at these indices."""
        return np.array([self.value[(n, *index)].mean() for n, index in enumerate(indices)])

    def indices(self, index: Index | None) -> tuple[Index, ...]:
        """One index for each example: the same for all, or where its value is largest.

        Raises:
            SpecError: the node has no such entry.
        """
        if index is None:
            places = self.value.reshape(len(self.value), -1).argmax(axis=1)
            return tuple(tuple(int(i) for i in np.unravel_index(place, self.shape)) for place in places)
        check_index(self.node, index, self.shape)
        return (index,) * len(self.value)


@np.errstate(all="ignore")
def saliency(graph: Graph, params: Array, inputs: Array, node: str | None, index: Index | None) -> Saliency:
    """The gradient of one number with respect to the input.

    Args:
        graph: the network.
        params: its flat parameters.
        inputs: (N, *shape).
        node: whose number; the scores of the answers if None (before a softmax that the loss swallows: a class that is
            almost certain has hardly a gradient behind it).
        index: of the entry, or of a part, as (channel,) of (C, H, W); of each example the largest entry if None.

    Raises:
        UnknownName, SpecError: there is no such node or entry, or it does not depend on the input.
    """
    sense = Sense(graph, params, node or graph.scores, len(inputs))
    sense.forward(inputs)
    indices = sense.indices(index)
    sense.backward(indices)
    gradient = sense.gradient.copy()
    return Saliency(sense.node, indices, sense.values(indices), sense.sensed, gradient, strength(gradient))


def strength(gradient: Array) -> Array:
    """(N, C, H, W) -> (N, H, W), the largest |dx|; (N, T, D) -> (N, T), the norm; (N, D) -> |dx|."""
    if gradient.ndim == 4:
        return np.asarray(abs(gradient).max(axis=1))
    if gradient.ndim == 3:
        return np.asarray(np.sqrt((gradient * gradient).sum(axis=-1)))
    return np.asarray(abs(gradient))


def check_index(node: str, index: Index, shape: Shape) -> None:
    """An index may be shorter than the shape: then it means a part.

    Raises:
        SpecError: it is longer, or beyond the shape.
    """
    if len(index) > len(shape) or any(not 0 <= i < size for i, size in zip(index, shape, strict=False)):
        raise SpecError(
            say(
                '"{node}" has shape {shape} for one example: there is nothing at {index}',
                node=node,
                shape=shape,
                index=index,
            ),
            ("index",),
        )


def _check(graph: Graph, node: str) -> None:
    layers = [name for name, of in graph.nodes.items() if of.kind in {"input", "value"}]
    if node not in layers:
        raise UnknownName("node of a layer", node, layers, ("node",))
    if "target" in graph.towards(node).nodes:
        raise SpecError(
            say('"{node}" depends on the targets too, so that an input alone does not tell it', node=node), ("node",)
        )
