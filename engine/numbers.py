"""The numbers of one position: what the calls that have run have written, and nothing that is stale.

What is computed follows from one thing alone: how many calls of the step that is shown have run. Arrays are views.
"""

from functools import cached_property

from engine.arrays import Array
from engine.editing import EditLog
from engine.explain.view import Update
from engine.graph import Graph
from engine.network import Network
from engine.plan import Bound
from engine.position import Mark
from engine.sequences import Flags, TimeBlock
from engine.spec import SessionSpec
from engine.words import say


class Numbers:
    """The engine's buffers, seen from one position; good until the cursor moves.

    Args:
        network: what computes.
        mark: the step that is shown, and how many of its calls have run.
        rows: examples in that step's batch.
        start: the flat parameters with which the ledger begins.
        edits: what was set by hand since.
    """

    def __init__(self, network: Network, mark: Mark, rows: int, start: Array, edits: EditLog) -> None:
        self.network = network
        self.mark = mark
        self.rows = rows
        self._start = start
        self._edits = edits

    @property
    def spec(self) -> SessionSpec:
        """The description of the network."""
        return self.network.spec

    @property
    def graph(self) -> Graph:
        """Its nodes and parameters."""
        return self.network.graph

    @property
    def features(self) -> tuple[str, ...]:
        """Names of the inputs."""
        return self.network.dataset.features

    def value(self, name: str) -> Array | None:
        """A node's value; a parameter as the forward pass used it, which an update leaves behind."""
        plan = self.network.trainer.plan
        if name in self.graph.parameters:
            return plan.view(plan.before, name) if self._has_run("apply") else plan.parameters[name]
        return self._bound.values[name] if self.is_computed(name, "value") else None

    def current(self, parameter: str) -> Array:
        """A parameter as it is now, after the update if that has run."""
        return self.network.trainer.plan.parameters[parameter]

    @property
    def used(self) -> Array:
        """The flat parameters as the forward pass of this step used them, which an update leaves behind."""
        plan = self.network.trainer.plan
        return plan.before if self._has_run("apply") else plan.params

    def gradient(self, name: str) -> Array | None:
        """The gradient of what is minimised with respect to a node or parameter."""
        return self._bound.gradients[name] if self.is_computed(name, "gradient") else None

    def sequence(self, block: TimeBlock, quantity: str, row: int | slice) -> tuple[Array | None, Flags]:
        """One quantity at all time steps, (T, …) or (T, N, …); None if it never has this. And which are computed."""
        read = block.value if quantity == "value" else block.gradient
        return read(self._bound, row), block.computed(quantity, self.mark.ran)

    def delta(self, name: str) -> Array | None:
        """What the last update added to a parameter."""
        plan = self.network.trainer.plan
        return plan.view(plan.delta, name) if self.is_computed(name, "delta") else None

    def is_computed(self, name: str, quantity: str) -> bool:
        """Whether a call that has run has written it."""
        call = self.network.writers.get((name, quantity))
        return call is not None and call.index < self.mark.ran

    def reason(self, name: str, quantity: str) -> str:
        """Why this number is not computed here; empty if it is."""
        if self.is_computed(name, quantity) or (quantity == "value" and name in self.graph.parameters):
            return ""
        call = self.network.writers.get((name, quantity))
        if call is not None:
            template = "step {step:,} has not reached it yet: op {op}, {label}, computes it"
            return say(template, step=self.mark.shown, op=call.index + 1, label=call.label)
        if quantity == "gradient" and name in self.graph.parameters:
            if self.graph.parameters[name].frozen:
                return say("frozen: this layer is not trainable, so its parameters have no gradient")
            return say("a running statistic follows the batch: it is not learned, so it has no gradient")
        if quantity == "gradient" and name in self.graph.nodes:
            return self.graph.why_no_gradient(name)
        if quantity == "delta" and name in self.graph.parameters:
            return say("frozen: this layer is not trainable, so nothing moves its parameters")
        if quantity == "delta":
            return say("only parameters are moved by a delta")
        return say("no operation of a training step computes it")

    def ledger(self, parameter: str) -> tuple[Array, Array, Array]:
        """start, sum of deltas, sum of edits."""
        trainer = self.network.trainer
        view = trainer.plan.view
        edits = self._edits.sum_until(trainer.step, parameter, self.graph.parameters[parameter].shape)
        return view(self._start, parameter), view(trainer.ledger, parameter), edits

    def update(self) -> Update | None:
        """What the last deltas were made of; None before the optimizer has run in this step."""
        if not self._has_run("delta"):
            return None
        trainer = self.network.trainer
        plan = trainer.plan
        return Update(
            optimizer=trainer.optimizer,
            grad=trainer.clipped,
            slots=trainer.slots,
            params=plan.before if self._has_run("apply") else plan.params,
            learning_rate=trainer.learning_rate(self.mark.shown),
            step=self.mark.shown - trainer.optimizer_start,
            offsets={name: span.start for name, span in plan.spans.items()},
        )

    def _has_run(self, kind: str) -> bool:
        """Whether clip, delta or apply is among the calls that have run: they are the last three."""
        ran = self.mark.ran
        return any(info.kind == kind for info in self.network.infos[max(0, ran - 3) : ran])

    @cached_property
    def _bound(self) -> Bound:
        return self.network.trainer.plan.bind(self.rows)
