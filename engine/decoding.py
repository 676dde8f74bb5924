"""Writing without a teacher: a decoder that reads what it has written itself, the best symbol or a drawn one."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from engine.arrays import Array
from engine.datasets import Part
from engine.errors import SpecError
from engine.graph import Graph, size
from engine.layers.recurrence import step_of
from engine.network import Network
from engine.plan import Bound, Plan
from engine.words import say

#: Sequences that are decoded at once, and numbers that all their values may be.
MOST_ROWS, MOST_VALUES = 256, 4_000_000

#: (scores (n, K)) -> symbols (n,)
Choice = Callable[[Array], Array]


@dataclass(frozen=True)
class Decoded:
    """What was written.

    Args:
        tokens: (n, T) symbols; what follows the first 0 means nothing.
        attention: (n, T, S) where it looked while it wrote; None without attention.
    """

    tokens: Array
    attention: Array | None


class Writer:
    """Decodes with the parameters of the plan that trains, which it never writes.

    Args:
        graph: ends with a decoder.
        params: the flat parameters, shared.
        rows: sequences that are decoded at once, at most.

    Raises:
        SpecError: if it does not.
    """

    def __init__(self, graph: Graph, params: Array, rows: int = MOST_ROWS) -> None:
        if graph.output_layer.spec.type != "decoder":
            raise SpecError(say("only a network that ends with a decoder writes sequences"), ("spec", "layers"))
        self._graph = graph
        self._id = graph.output_layer.id
        self._steps = graph.output_layer.shape[0]
        width = sum(size(node.shape) for node in graph.nodes.values() if not node.is_part)
        self._rows = max(1, min(rows, MOST_VALUES // width))
        self._plan = Plan(graph, self._rows, params.dtype.name, params=params, purpose="evaluation")

    def write(self, inputs: Array, choose: Choice | None = None) -> Decoded:
        """Decode these inputs (n, *shape), each symbol by ``choose`` (the best if left out)."""
        chunks = [inputs[start : start + self._rows] for start in range(0, len(inputs), self._rows)]
        found = [self._chunk(chunk, choose or best) for chunk in chunks]
        attention = [weights for _, weights in found if weights is not None]
        return Decoded(np.concatenate([t for t, _ in found]), np.concatenate(attention) if attention else None)

    def _chunk(self, inputs: Array, choose: Choice) -> tuple[Array, Array | None]:
        bound = self._plan.bind(len(inputs))
        np.copyto(bound.values[self._graph.input], inputs)
        written = np.zeros((len(inputs), self._steps), np.intp)
        for call in bound.forward:
            call.run()
            quantity, t = call.info.node.partition("[")[0], step_of(call.info.node)
            if quantity == f"{self._id}.logits":
                written[:, t] = choose(call.out)
            elif quantity == f"{self._id}.token" and t:
                np.copyto(call.out, written[:, t - 1], casting="unsafe")
        return written, self._attention(bound)

    def _attention(self, bound: Bound) -> Array | None:
        block = bound.blocks.get(f"{self._id}.weights")
        return None if block is None else np.ascontiguousarray(block.transpose(1, 0, 2))


def best(scores: Array) -> Array:
    """The symbol of the largest score."""
    return np.asarray(scores.argmax(axis=1))


def drawn(temperature: float, rng: np.random.Generator) -> Choice:
    """A symbol drawn from softmax(scores / temperature): the lower, the nearer to the best."""

    def choose(scores: Array) -> Array:
        return np.asarray((scores / temperature + rng.gumbel(size=scores.shape)).argmax(axis=1))

    return choose


def until_end(tokens: Array) -> list[int]:
    """The symbols before the first 0."""
    ends = np.flatnonzero(tokens == 0)
    return [int(token) for token in (tokens[: ends[0]] if len(ends) else tokens)]


def exactly_right(network: Network, part: Part, most: int | None = None) -> float:
    """The share of a part's sequences that are written without a mistake, the best symbol at each step.

    Args:
        network: ends with a decoder.
        part: train or test.
        most: so many of its examples, from the first on; all if None.
    """
    writer = Writer(network.graph, network.trainer.plan.params)
    truth = network.targets[part][:most].astype(np.intp)
    return network.reading.exact(writer.write(network.inputs[part][:most]).tokens, truth)
