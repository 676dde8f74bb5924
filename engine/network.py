"""From a spec to all that a session computes with: data, graph, trainer, evaluator. Built whole, or not at all."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from engine.arrays import Array
from engine.datasets import Dataset, Part, encode_targets, load
from engine.errors import Loc
from engine.evaluator import Evaluator, Standing
from engine.graph import Form, Graph, compile_graph, size
from engine.limits import Limits, check_graph, check_spec, estimated_seconds
from engine.losses import Reading
from engine.plan import CallInfo
from engine.sequences import Shown, TimeBlock, blocks_of, shown
from engine.spec import DenseLayer, SessionSpec
from engine.trainer import Trainer

#: Numbers that the values of a part may take to be held between evaluations.
STANDING_VALUES = 200_000


@dataclass(frozen=True, eq=False)
class Network:
    """One spec, built.

    Args:
        spec: the description.
        limits: what was allowed.
        dataset: its data.
        graph: its layers and nodes.
        reading: how answers are read as classes.
        targets: encoded targets by part.
        trainer: parameters, optimizer and the step's calls.
    """

    spec: SessionSpec
    limits: Limits
    dataset: Dataset
    graph: Graph
    reading: Reading
    targets: dict[Part, Array]
    trainer: Trainer

    @cached_property
    def evaluator(self) -> Evaluator:
        """The network asked about any examples, with the trainer's parameters."""
        return Evaluator(self.graph, self.trainer.plan.params, self.reading)

    @cached_property
    def standing(self) -> dict[Part, Standing | None]:
        """What evaluates a whole part again and again; None for one that is large or empty."""
        width, params = sum(size(node.shape) for node in self.graph.nodes.values()), self.trainer.plan.params
        parts: tuple[Part, ...] = ("train", "test")
        return {
            part: Standing(self.graph, params, self.reading, self.inputs[part], self.targets[part])
            if 0 < len(self.targets[part]) * width <= STANDING_VALUES
            else None
            for part in parts
        }

    @cached_property
    def infos(self) -> list[CallInfo]:
        """What the calls of a step are; the same for every batch."""
        return [call.info for call in self.trainer.calls()]

    @cached_property
    def writers(self) -> Mapping[tuple[str, str], CallInfo]:
        """(name, quantity) -> the call that computes it."""
        return {written: info for info in self.infos for written in info.writes}

    @cached_property
    def blocks(self) -> Mapping[str, TimeBlock]:
        """The quantities of recurrent layers at all time steps, by name (``lstm.f``)."""
        return blocks_of(self.graph, self.writers)

    @cached_property
    def shown(self) -> Shown:
        """What a frame can carry of its nodes."""
        return shown(self.graph, self.writers)

    @cached_property
    def inputs(self) -> dict[Part, Array]:
        """Inputs by part, in the network's dtype."""
        return {"train": self._typed(self.dataset.x_train), "test": self._typed(self.dataset.x_test)}

    def estimated_seconds(self, steps: int) -> float:
        """What so many steps take on a slow machine, judged by the number of operations."""
        return steps * estimated_seconds(self.graph, self.trainer.batch_size)

    def _typed(self, array: Array) -> Array:
        return np.ascontiguousarray(array, self.spec.dtype)


def build(spec: SessionSpec, limits: Limits, check: Callable[[Graph], object] = lambda graph: None) -> Network:
    """Read the data, compile the graph, draw the first weights.

    Args:
        spec: the description.
        limits: what is allowed.
        check: has a look at the graph before anything of its size is allocated.

    Raises:
        SpecError: and its kin, with the path of what is wrong in the spec.
    """
    check_spec(spec, limits)
    dataset = load(spec.dataset, seed=spec.seed, most_rows=limits.rows)
    graph = compile_graph(spec, form_of(dataset), limits.nodes)
    rows = len(dataset.x_train)
    batch = rows if spec.batch_size == "full" else min(spec.batch_size, rows)
    check_graph(graph, rows=rows + len(dataset.x_test), batch=batch, limits=limits)
    check(graph)
    if graph.tokens is not None:
        for inputs in (dataset.x_train, dataset.x_test):
            graph.tokens.check(inputs, ("dataset",))
    targets = _targets(spec, graph, dataset)
    reading = graph.reading(classification=dataset.task == "classification")
    inputs = dataset.x_train.astype(spec.dtype, copy=False)
    trainer = Trainer(spec, graph, inputs, targets["train"])
    return Network(spec, limits, dataset, graph, reading, targets, trainer)


def form_of(dataset: Dataset) -> Form:
    """What these data look like to a network."""
    steps = dataset.t_train.shape[1] if dataset.task == "sequence" else None
    return Form(
        dataset.x_train.shape[1:],
        padded=dataset.lengths_train is not None,
        steps=steps,
        ends=dataset.target_lengths_train is not None,
    )


def _targets(spec: SessionSpec, graph: Graph, dataset: Dataset) -> dict[Part, Array]:
    """The targets of both parts, as the loss and the output need them."""
    output = graph.output_layer
    loc: Loc = ("layers", output.index or 0, *(("units",) if isinstance(output.spec, DenseLayer) else ()))
    train, test = encode_targets(dataset, output.shape, spec.loss.type, layer=output.id, loc=loc)
    return {"train": train.astype(spec.dtype), "test": test.astype(spec.dtype)}
