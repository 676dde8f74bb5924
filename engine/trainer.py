"""Whole training steps: draw a batch, forward, loss, backward, update. The same calls can be run one by one."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from zlib import crc32

import numpy as np
import numpy.typing as npt

from engine.arrays import Array
from engine.clipping import clip
from engine.errors import ShapeMismatch, SpecError
from engine.graph import Graph
from engine.initializers import initialize
from engine.layers import Parameter
from engine.optimizers import OPTIMIZERS, make_optimizer
from engine.plan import Bound, Call, CallInfo, CallKind, Parts, Plan, Quantity, Statistics
from engine.schedules import factor
from engine.spec import SessionSpec

#: Keep the random numbers of one purpose apart from those of the others.
INITIAL, ORDER = 1, 2

Indices = npt.NDArray[np.intp]


@dataclass(frozen=True)
class TrainerState:
    """All that a run needs to go on, bit for bit: copies."""

    step: int
    epoch: int
    batch: int
    params: Array
    ledger: Array
    slots: Mapping[str, Array]


class Trainer:
    """One network in training.

    ``step``, ``epoch`` and ``batch`` name the step that comes next (or is under way, if its calls are run one by
    one). ``run_step()`` is a whole step; running ``calls()`` in order and then ``finish()`` gives the same bits.
    ``optimizer_start`` is the step at which the optimizer's slots began at 0: its own count of steps starts there, as
    its bias correction asks for.

    Args:
        spec: seed, batch size, optimizer, dtype.
        graph: the network.
        inputs: of the training part, (n, *shape).
        targets: of the training part, encoded, (n, *output shape).

    Raises:
        ShapeMismatch: if inputs or targets do not fit the graph, or are not equally many.
    """

    def __init__(self, spec: SessionSpec, graph: Graph, inputs: Array, targets: Array) -> None:
        _check_data(graph, inputs, targets)
        self.spec = spec
        self.graph = graph
        self.size = len(inputs)
        self.batch_size = self.size if spec.batch_size == "full" else min(spec.batch_size, self.size)
        self.batches = -(-self.size // self.batch_size)
        self.plan = Plan(graph, self.batch_size, spec.dtype, seed=spec.seed)
        self.optimizer = make_optimizer(spec.optimizer, spec.dtype)
        self.slots = {name: np.zeros_like(self.plan.params) for name in OPTIMIZERS[spec.optimizer.type].slots}
        self.ledger = np.zeros(len(self.plan.params))  # float64: Σ deltas
        self.step = self.epoch = self.batch = self.optimizer_start = 0
        self._inputs = np.ascontiguousarray(inputs, spec.dtype)
        self._targets = np.ascontiguousarray(targets, spec.dtype)
        self._in_order = np.arange(self.size)
        self._scratch = np.zeros_like(self.plan.params)
        self._clipped = np.zeros_like(self.plan.params) if spec.optimizer.clip else None
        self._gradient = self.plan.grads if self._clipped is None else self._clipped
        learned = slice(0, graph.parameter_count)
        vectors = (self.plan.delta, self._gradient, self.plan.params, self._scratch)
        self._learned = tuple(vector[learned] for vector in vectors)
        self._learned_slots = {name: slot[learned] for name, slot in self.slots.items()}
        self._moving = tuple(
            tuple(vector[part] for vector in (self.plan.params, self.plan.delta, self.ledger)) for part in graph.moving
        )
        self._statistics = Statistics(self.plan)
        self._calls: dict[int, tuple[Call, ...]] = {}
        self._runs: dict[int, tuple[Callable[[], object], ...]] = {}
        initial_parameters(graph, self.plan.parameters, spec.seed)
        self._begin()

    # ------------------------------------------------------------------------------------------------- the batch

    @property
    def rows(self) -> int:
        """Examples in this step's batch; the last batch of an epoch may be smaller."""
        return len(self.batch_rows)

    @property
    def batch_rows(self) -> Indices:
        """Which examples of the training part make up this step's batch, in its order (a view)."""
        return self._batch_rows

    @property
    def bound(self) -> Bound:
        """The plan's calls and views for this step's batch."""
        return self.plan.bind(self.rows)

    @property
    def clipped(self) -> Array:
        """The gradient that the optimizer is given: clipped, if clipping is on."""
        return self._gradient

    def epoch_order(self, epoch: int) -> Indices:
        """The order of the examples in this epoch: a pure function of seed and epoch.

        A batch that holds all examples is not shuffled: its order means nothing.
        """
        if not self.spec.dataset.shuffle or self.batches == 1:
            return self._in_order
        return np.random.default_rng([self.spec.seed, ORDER, epoch]).permutation(self.size)

    def learning_rate(self, step: int | None = None) -> float:
        """The rate of a step (of this one if left out), schedule included."""
        optimizer = self.spec.optimizer
        return optimizer.learning_rate * factor(optimizer.schedule, self.step if step is None else step)

    # -------------------------------------------------------------------------------------------------- the step

    def run_step(self) -> None:
        """One whole step."""
        for run in self._runs[len(self._batch_rows)]:
            run()
        self.finish()

    def calls(self) -> tuple[Call, ...]:
        """This step's calls, in order."""
        rows = self.rows
        if rows not in self._calls:
            bound = self.plan.bind(rows)
            forward = (self._gather_call(bound), *bound.calls)
            self._calls[rows] = (*forward, *self._update_calls(len(forward)))
        return self._calls[rows]

    def finish(self) -> None:
        """All calls of this step have run: go on to the next batch."""
        self.step += 1
        self.batch += 1
        if self.batch == self.batches:
            self.batch = 0
            self.epoch += 1
            self._order = self.epoch_order(self.epoch)
        self._begin_batch()

    def state(self) -> TrainerState:
        """A copy of all that changes, taken between two steps."""
        slots = {name: slot.copy() for name, slot in self.slots.items()}
        return TrainerState(self.step, self.epoch, self.batch, self.plan.params.copy(), self.ledger.copy(), slots)

    def restore(self, state: TrainerState) -> None:
        """Stand where that copy was taken."""
        self.step, self.epoch, self.batch = state.step, state.epoch, state.batch
        np.copyto(self.plan.params, state.params)
        np.copyto(self.ledger, state.ledger)
        for name, slot in self.slots.items():
            np.copyto(slot, state.slots[name])
        self._begin()

    def _begin(self) -> None:
        self._order = self.epoch_order(self.epoch)
        self._begin_batch()

    def _begin_batch(self) -> None:
        start = self.batch * self.batch_size
        self._batch_rows = self._order[start : start + self.batch_size]
        self.plan.step = self.step
        if len(self._batch_rows) not in self._runs:
            self._runs[len(self._batch_rows)] = tuple(call.run for call in self.calls())

    # ----------------------------------------------------------------------------------------------- bound calls

    def _gather_call(self, bound: Bound) -> Call:
        batch, targets = bound.values[self.graph.input], bound.values["target"]

        def gather() -> None:
            """x[n] = inputs[batch_rows[n]], and the targets alike."""
            self._inputs.take(self._batch_rows, 0, batch, "clip")
            self._targets.take(self._batch_rows, 0, targets, "clip")

        parts = Parts(self.graph.nodes.values())
        info = CallInfo(
            index=0,
            phase="forward",
            layer=self.graph.input_layer.id,
            node=self.graph.input,
            op="gather",
            label=self.graph.input,
            formula=r"x_n = \text{inputs}_{\text{batch}_n}",
            kind="forward",
            writes=(*parts.values_of(self.graph.input), *parts.values_of("target")),
        )
        return Call(info, gather, batch)

    def _update_calls(self, index: int) -> tuple[Call, ...]:
        """Clip (if asked for), delta, apply."""
        deltas: tuple[tuple[str, Quantity], ...] = tuple(
            (name, "delta") for name, parameter in self.graph.parameters.items() if not parameter.frozen
        )
        optimizer = OPTIMIZERS[self.spec.optimizer.type]
        plan, calls = self.plan, []
        if self._clipped is not None:
            info = self._update_info(index, "clip", r"\hat g = \operatorname{clip}(g)", "clip", ())
            calls.append(Call(info, self._clip, self._clipped))
        info = self._update_info(index + len(calls), optimizer.name, optimizer.formula, "delta", deltas)
        calls.append(Call(info, self._delta, plan.delta, tuple(self.slots.values())))
        info = self._update_info(index + len(calls), "apply", r"w \leftarrow w + \Delta", "apply", ())
        return (*calls, Call(info, self._apply, plan.params))

    @staticmethod
    def _update_info(
        index: int, op: str, formula: str, kind: CallKind, writes: tuple[tuple[str, Quantity], ...]
    ) -> CallInfo:
        label = "update" if kind == "apply" else kind
        return CallInfo(index, "update", "update", "update", op, label, formula, kind, writes)

    def _clip(self) -> None:
        assert self._clipped is not None
        assert self.spec.optimizer.clip is not None
        clip(self._clipped, self.plan.grads, self.spec.optimizer.clip)

    def _delta(self) -> None:
        """What is learned moves as the optimizer says; running statistics, the rest of the vector, follow the batch."""
        rate, step = self.learning_rate(), self.step - self.optimizer_start
        delta, gradient, params, scratch = self._learned
        self.optimizer.delta(delta, gradient, self._learned_slots, params, step, rate, scratch)
        self._statistics.write_deltas(self.rows)

    def _apply(self) -> None:
        """Keep the parameters as ``before``; then params += delta and ledger += delta, but for what is frozen.

        Adding 0 to what is frozen would not do: it turns -0.0 into 0.0.
        """
        np.copyto(self.plan.before, self.plan.params)
        for params, delta, ledger in self._moving:
            np.add(params, delta, params)
            np.add(ledger, delta, ledger)


def initial_parameters(graph: Graph, parameters: Mapping[str, Array], seed: int) -> None:
    """Fill each parameter: a pure function of (seed, its name).

    Raises:
        SpecError: if an initializer's numbers make no sense.
    """
    for name, parameter in graph.parameters.items():
        rng = np.random.default_rng([seed, INITIAL, crc32(name.encode())])
        try:
            initialize(
                parameter.initializer, parameters[name], fan_in=parameter.fan_in, fan_out=parameter.fan_out, rng=rng
            )
            if parameter.shift is not None:
                start, stop, value = parameter.shift
                parameters[name][..., start:stop] += value
        except SpecError as error:
            raise SpecError(error.message, _initializer_loc(graph, parameter, error)) from error


def _initializer_loc(graph: Graph, parameter: Parameter, error: SpecError) -> tuple[str | int, ...]:
    field = "bias_initializer" if parameter.is_bias else "initializer"
    return ("layers", graph.layers[parameter.layer].index or 0, field, *error.loc[1:])


def _check_data(graph: Graph, inputs: Array, targets: Array) -> None:
    for what, array, node in (("inputs", inputs, graph.input), ("targets", targets, "target")):
        if array.shape[1:] != graph.nodes[node].shape:
            raise ShapeMismatch(what, ("N", *graph.nodes[node].shape), array.shape, ("dataset",))
    if len(inputs) != len(targets) or not len(inputs):
        raise ShapeMismatch("targets", (max(len(inputs), 1), *targets.shape[1:]), targets.shape, ("dataset",))
