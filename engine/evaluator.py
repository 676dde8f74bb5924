"""The network as it stands, asked about other examples: forward and backward without training, dropout off."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import sqrt

import numpy as np
import numpy.typing as npt

from engine.arrays import Array
from engine.datasets.numbers import read_numbers
from engine.errors import Loc, ShapeMismatch
from engine.graph import Graph, size
from engine.losses import Reading
from engine.plan import Bound, Plan

#: Rows that are computed at once, and numbers that a chunk's values may take together.
MOST_ROWS, MOST_VALUES = 1024, 4_000_000


@dataclass(frozen=True)
class Evaluation:
    """The network's performance on a set of examples.

    Args:
        loss: data loss over all of them.
        accuracy: share of right answers; None for a regression.
        outputs: (n, *output shape); good until the next evaluation.
    """

    loss: float
    accuracy: float | None
    outputs: Array


@dataclass(frozen=True)
class Probe:
    """Forward and backward on given examples, as copies.

    Args:
        loss: data loss.
        penalty: of the parameters; 0 without regularisation.
        values: node -> value.
        gradients: node -> gradient of loss + penalty, the input's included; nodes that have none are missing.
        parameter_gradients: parameter -> gradient of loss + penalty.
    """

    loss: float
    penalty: float
    values: dict[str, Array]
    gradients: dict[str, Array]
    parameter_gradients: dict[str, Array]


class Standing:
    """Some examples that are evaluated again and again: bound once, loaded once; nothing is copied.

    Args:
        graph: the network.
        params: the flat parameters; shared, never written.
        reading: how answers are read as classes.
        inputs: (n, *shape).
        targets: (n, *output shape), encoded.
    """

    def __init__(self, graph: Graph, params: Array, reading: Reading, inputs: Array, targets: Array) -> None:
        plan = Plan(graph, len(inputs), params.dtype.name, params=params, purpose="evaluation")
        bound = plan.bind(len(inputs))
        np.copyto(bound.values[graph.input], inputs)
        np.copyto(bound.values["target"], targets)
        self._runs = tuple(call.run for call in (*bound.forward, bound.loss[0]))
        self._outputs, self._loss = bound.values[graph.output], bound.values["loss"]
        self._reading, self._truth = reading, reading.read(targets)

    def evaluate(self) -> Evaluation:
        """Loss and accuracy with the present parameters."""
        for run in self._runs:
            run()
        return Evaluation(float(self._loss), self._reading.accuracy(self._outputs, self._truth), self._outputs)


class Evaluator:
    """Runs the network on any examples, with the parameters of the plan that trains it.

    Args:
        graph: the network.
        params: the flat parameters; shared, never written.
        reading: how answers are read as classes.
    """

    def __init__(self, graph: Graph, params: Array, reading: Reading) -> None:
        self._graph = graph
        self._params = params
        self._reading = reading
        self._probe: Plan | None = None
        width = sum(size(node.shape) for node in graph.nodes.values() if not node.is_part)
        rows = max(1, min(MOST_ROWS, MOST_VALUES // width))
        self._plan = Plan(graph, rows, params.dtype.name, params=params, purpose="evaluation")

    def evaluate(self, inputs: Array, targets: Array) -> Evaluation:
        """Loss and accuracy on model inputs (n, *shape) and encoded targets (n, *output shape), n at least 1.

        Raises:
            ShapeMismatch: if they are not of these shapes; nothing is broadcast.
        """
        self._inputs(inputs)
        expected = (len(inputs), *self._graph.nodes["target"].shape)
        if targets.shape != expected:
            raise ShapeMismatch("targets", expected, targets.shape, ("targets",))
        outputs = np.empty((len(inputs), *self._graph.output_layer.shape), self._params.dtype)
        total = weight = 0.0
        for start, stop, bound in self._chunks(inputs, targets):
            outputs[start:stop] = bound.values[self._graph.output]
            bound.loss[0].run()
            loss = float(bound.values["loss"])
            share = _weight(bound)
            total += share * (loss if self._graph.loss_type.additive else loss * loss)
            weight += share
        mean = total / weight
        accuracy = self._reading.accuracy(outputs, self._reading.read(targets))
        return Evaluation(mean if self._graph.loss_type.additive else sqrt(mean), accuracy, outputs)

    def forward(self, inputs: npt.ArrayLike) -> dict[str, Array]:
        """Each value node of the layers for these inputs, (n, *shape); "outputs" are those of ``graph.output``.

        Raises:
            ShapeMismatch: if the inputs are not shaped as the network takes them.
        """
        given = self._inputs(inputs)
        nodes = [name for name, node in self._graph.nodes.items() if node.kind in {"input", "value"}]
        values = {name: np.empty((len(given), *self._graph.nodes[name].shape), self._params.dtype) for name in nodes}
        for start, stop, bound in self._chunks(given):
            for name in nodes:
                values[name][start:stop] = bound.values[name]
        return values

    def peek(self, inputs: Array, targets: Array | None = None) -> Bound:
        """The values of at most one chunk of examples, in the evaluator's own buffers: good until it is asked again.

        Encoded targets are what a decoder's teacher says; without them it reads the end symbol at every step.
        """
        _, _, bound = next(self._chunks(self._inputs(inputs), targets))
        return bound

    def backward(self, inputs: npt.ArrayLike, targets: npt.ArrayLike) -> Probe:
        """Loss and all gradients for these inputs and targets, as one batch.

        Raises:
            ShapeMismatch: if they are not shaped as the network takes them, or not equally many.
        """
        return self._copies(self.peek_back(inputs, targets))

    def peek_back(self, inputs: npt.ArrayLike, targets: npt.ArrayLike) -> Bound:
        """The same in the evaluator's own buffers: good until it is asked again.

        Raises:
            ShapeMismatch: as ``backward``.
        """
        given = self._inputs(inputs)
        encoded = self._reading.accept(_numbers(targets, ("targets",)), self._params.dtype.name)
        if len(encoded) != len(given):
            raise ShapeMismatch("targets", (len(given), *encoded.shape[1:]), encoded.shape, ("targets",))
        bound = self._probe_plan(len(given)).bind(len(given))
        np.copyto(bound.values[self._graph.input], given)
        np.copyto(bound.values["target"], encoded)
        for call in bound.calls:
            call.run()
        return bound

    def _copies(self, bound: Bound) -> Probe:
        parameters = self._graph.learned
        kept = {name: value.copy() for name, value in bound.values.items() if name not in {"loss", "penalty"}}
        gradients = {name: gradient.copy() for name, gradient in bound.gradients.items()}
        return Probe(
            loss=float(bound.values["loss"]),
            penalty=float(bound.values["penalty"]) if "penalty" in bound.values else 0.0,
            values=kept,
            gradients={name: gradient for name, gradient in gradients.items() if name not in parameters},
            parameter_gradients={name: gradients[name] for name in parameters},
        )

    def _chunks(self, inputs: Array, targets: Array | None = None) -> Iterator[tuple[int, int, Bound]]:
        """(start, stop, bound) for each chunk, its values computed."""
        for start in range(0, len(inputs), self._plan.capacity):
            stop = min(start + self._plan.capacity, len(inputs))
            bound = self._plan.bind(stop - start)
            np.copyto(bound.values[self._graph.input], inputs[start:stop])
            if targets is None:
                bound.values["target"].fill(0)  # a decoder reads them: not those of whoever was evaluated before
            else:
                np.copyto(bound.values["target"], targets[start:stop])
            for call in bound.forward:
                call.run()
            yield start, stop, bound

    def _probe_plan(self, rows: int) -> Plan:
        if self._probe is None or self._probe.capacity < rows:
            self._probe = Plan(self._graph, rows, self._params.dtype.name, params=self._params, purpose="probe")
        return self._probe

    def _inputs(self, inputs: npt.ArrayLike) -> Array:
        shape = self._graph.input_layer.shape
        given = _numbers(inputs, ("inputs",))
        if given.ndim < 1 or given.shape[1:] != shape or not len(given):
            raise ShapeMismatch("inputs", ("N", *shape), given.shape, ("inputs",))
        if self._graph.tokens is not None:
            self._graph.tokens.check(given, ("inputs",))
        return given.astype(self._params.dtype, copy=False)


def _weight(bound: Bound) -> float:
    """What the loss of a chunk is a mean over: examples, or the real time steps of sequences."""
    mask = bound.values.get("target.mask")
    return float(bound.rows) if mask is None else float(mask.sum())


def _numbers(given: npt.ArrayLike, loc: Loc) -> Array:
    """An array as it is, nested lists checked number by number."""
    return given if isinstance(given, np.ndarray) else read_numbers(given, loc)  # type: ignore[arg-type]
