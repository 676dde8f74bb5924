"""A session of the engine: one network in training, and a cursor that walks through it call by call, both ways.

This is what the server talks to. It composes the parts and translates their answers; each part does one thing:
``network`` builds, ``timetravel`` moves, ``numbers`` says what is computed, ``metrics``, ``ledger``, ``looking`` and
``explain`` read it.
"""

from collections.abc import Mapping
from typing import Any, Literal

import numpy as np

from engine import probing, walking
from engine.arrays import Array
from engine.changes import Edited, change_spec, set_by_hand
from engine.editing import Index, fitting, set_all
from engine.errors import SpecError
from engine.explain import Explanation, Level, Quantity, explain
from engine.export import Moment
from engine.exporting import moment_of
from engine.gradcheck import GradcheckReport
from engine.history import History
from engine.importing import Training, check_fits, read, resume
from engine.ledger import LedgerEntry, ledger
from engine.limits import Limits
from engine.looking import DatasetView, Followed, Grid, TensorView, dataset_view, follow, follow_own, grid, tensor
from engine.metrics import Confusion, Metrics, Score, confusion, metrics, score
from engine.network import Network, build
from engine.numbers import Numbers
from engine.own import Own
from engine.patching import patched, validated
from engine.plan import CallInfo, Plan
from engine.position import Diverged, Moved, Position
from engine.running import CLOCK, Clock
from engine.saving import first_values, restore, save
from engine.spec import SessionSpec
from engine.timetravel import Timeline


class Cursor:
    """One session.

    Args:
        spec: what to build.
        limits: what is allowed.
        parameters: first values of parameters, in place of the initializer's; they come back on reset.
        training: where a training stood; then these are its parameters, and ``training.first`` comes back on reset.
        clock: seconds of computing; spaces the checkpoints.

    Raises:
        SpecError: and its kin, with the path of what is wrong.
    """

    def __init__(
        self,
        spec: SessionSpec,
        *,
        limits: Limits = Limits(),  # noqa: B008  # frozen
        parameters: Mapping[str, Any] | None = None,
        training: Training | None = None,
        clock: Clock = CLOCK,
    ) -> None:
        self._limits = limits
        self._clock = clock
        given = read(parameters or {}, ("parameters",))
        self._first = given if training is None else read(training.first, ("training", "first"))
        network = build(spec, limits, lambda graph: check_fits(given, graph, ("parameters",)))
        check_fits(self._first, network.graph, ("training", "first"))
        set_all(network.trainer, given)
        if training is not None:
            resume(network, given, training)
        self._timeline = Timeline(network, clock=clock)
        self._example: int | Literal["own"] | None = None
        self.own: Own | None = None
        self._scores: tuple[object, Score, Score] | None = None
        if training is not None:
            self._stand(training)

    # ------------------------------------------------------------------------------------------- where it stands

    @property
    def network(self) -> Network:
        """What is trained."""
        return self._timeline.network

    @property
    def spec(self) -> SessionSpec:
        """The description."""
        return self.network.spec

    @property
    def position(self) -> Position:
        """The next call."""
        return self._timeline.position

    @property
    def plan(self) -> Plan:
        """The buffers."""
        return self.network.trainer.plan

    @property
    def batches(self) -> int:
        """Batches in an epoch."""
        return self.network.trainer.batches

    @property
    def diverged(self) -> Diverged | None:
        """Set where the cursor stands at a number that is not finite."""
        return self._timeline.diverged

    @property
    def last_call(self) -> CallInfo | None:
        """The call that ran last, of the step that is shown; None where nothing is computed."""
        ran = self._timeline.mark.ran
        return self.network.infos[ran - 1] if ran else None

    def retold(self) -> str:
        """What the last call did, for the example that is followed now; empty where nothing is computed."""
        return walking.retold(self._timeline, self._row)

    def calls(self) -> list[CallInfo]:
        """The step's ribbon."""
        return list(self.network.infos)

    def kept(self) -> list[tuple[int, int]]:
        """Ranges of steps (first, last) that can be gone to."""
        return self._timeline.kept()

    # ------------------------------------------------------------------------------------------------------ moving

    def step(self, unit: str = "op", count: int = 1, direction: str = "forward") -> Moved:
        """Walk ``count`` ops, layers, batches or epochs, forward or back.

        Raises:
            SpecError: there is no such unit or direction. HistoryGone: that past is not kept. Nothing has changed then.
        """
        return walking.step(self._timeline, unit, count, direction, self._row)

    def run(self, steps: int) -> int:
        """Whole steps, fast; returns how many ran (fewer if it diverges)."""
        return self._timeline.run(steps)

    def seek(self, step: int, op: int = 0) -> Moved:
        """Stand before call ``op`` of ``step``.

        Raises:
            SpecError: a step has not so many calls. HistoryGone: that point is not kept. Nothing has changed then.
        """
        return walking.seek(self._timeline, step, op)

    def reset(self, seed: int | None = None) -> Moved:
        """Begin again, with the same seed or another; edits are forgotten.

        Raises:
            SpecError: the seed is out of range.
        """
        spec = self.spec if seed is None else validated({**self.spec.model_dump(mode="json"), "seed": seed})
        network = build(spec, self._limits)
        set_all(network.trainer, fitting(self._first, network.graph))
        self._timeline = Timeline(network, clock=self._clock)
        self._scores = None
        return Moved(self.position, [], 0, f"Back at the beginning, with seed {spec.seed}: nothing is trained.")

    # ------------------------------------------------------------------------------------------------------ changes

    def patch(self, patch: Mapping[str, Any]) -> Edited:
        """Change the spec (RFC 7396) while training goes on; weights that still fit are kept.

        Everything new is built first; if anything is wrong, nothing has changed.

        Raises:
            SpecError: and its kin, with the path of what is wrong.
        """
        spec = patched(self.spec, patch)
        self._timeline, edited = change_spec(self._timeline, spec, self._limits, self._clock)
        self._scores = None
        return edited

    def set_parameter(self, name: str, value: Any, index: Index | None = None) -> Edited:
        """Set a parameter, or one entry of it, by hand; the current step begins again.

        Raises:
            UnknownName, ShapeMismatch, SpecError: nothing has changed then.
        """
        edited = set_by_hand(self._timeline, name, value, index)
        self._scores = None
        return edited

    # ---------------------------------------------------------------------------------------------------- questions

    def forward(self, inputs: Any) -> dict[str, Any]:
        """Outputs and activations for inputs as the network takes them; changes nothing."""
        return probing.forward(self.network, inputs)

    def backward(self, inputs: Any, targets: Any) -> dict[str, Any]:
        """Loss, activations and gradients for these examples as one batch; changes nothing."""
        return probing.backward(self.network, inputs, targets)

    def tensor(self, node: str) -> TensorView:
        """A node or parameter as it stands; its arrays are views.

        Raises:
            UnknownName: there is no such node.
        """
        return tensor(self._timeline.numbers(), node)

    def numbers(self) -> Numbers:
        """All values, gradients and deltas that are computed here, as views; good until the cursor moves."""
        return self._timeline.numbers()

    def parameters(self) -> dict[str, Array]:
        """Copies of all parameters."""
        return {name: value.copy() for name, value in self.plan.parameters.items()}

    @np.errstate(all="ignore")
    def explain(
        self, node: str, quantity: Quantity | None = None, index: Index = (), level: Level = "graduate"
    ) -> Explanation:
        """Why a number is what it is."""
        return explain(self._timeline.numbers(), node, quantity, tuple(index), level)

    def gradcheck(
        self, parameter: str | None = None, index: Index | None = None, max_entries: int = 100
    ) -> GradcheckReport:
        """Backpropagation's gradients beside finite differences, on the batch that is shown."""
        timeline = self._timeline
        place = None if index is None else tuple(index)
        return probing.check_gradients(timeline.numbers(), timeline.batch_rows, parameter, place, max_entries)

    def metrics(self) -> Metrics:
        """Losses, accuracies, norms by layer: of the network as it stands."""
        train, test = self._present_scores()
        return metrics(self._timeline.numbers(), train, test)

    def confusion(self) -> Confusion | None:
        """Which class was taken for which; None where there are no exclusive classes."""
        return confusion(self.network)

    def history(self) -> History:
        """The metrics by step, up to the furthest step that was trained."""
        return self._timeline.history.copy()

    def ledger(self, parameter: str) -> LedgerEntry:
        """Start + deltas + edits = current."""
        return ledger(self._timeline.numbers(), parameter)

    def dataset(self) -> DatasetView:
        """The data."""
        return dataset_view(self.network)

    def follow(self, example: int | Literal["own"] | None = None) -> Followed:
        """One example of the training part, or one's own (``own``); sentences speak of it from now on.

        Raises:
            SpecError: there is no such example.
        """
        if example == "own":
            followed = follow_own(self.network, self.own)
        else:
            followed = follow(self._timeline.numbers(), self._timeline.batch_rows, example)
        self._example = example
        return followed

    def grid(self, resolution: int = 32) -> Grid | None:
        """Every layer over the plane of the two columns that the inputs depend on; None if they are not two."""
        return grid(self.network, resolution)

    # ------------------------------------------------------------------------------------------------------- copies

    def training(self) -> Training:
        """Where the training stands; with spec and parameters it makes a session that goes on from here."""
        moment, here = self.moment(), self.position
        slots = {slot: dict(kept) for slot, kept in moment.slots.items()}
        count = moment.optimizer_step
        first = dict(self._first)
        return Training(
            step=here.step,
            op=here.op,
            epoch=here.epoch,
            batch=here.batch,
            optimizer_step=count,
            slots=slots,
            first=first,
        )

    def moment(self) -> Moment:
        """All that the present step starts from, as exports need it: copies."""
        _, op = self._timeline.place
        if op < len(self.network.infos) - 1:
            return moment_of(self.network)
        before = self.fork()  # the optimizer's slots have moved already, the parameters have not
        before.seek(self.position.step)
        return moment_of(before.network)

    def save(self) -> tuple[dict[str, Any], dict[str, Array]]:
        """A JSON-able head and arrays from which ``restore`` makes the same point, bit for bit."""
        head, arrays = save(self._timeline)
        return {**head, "first": sorted(self._first)}, arrays | {f"first.{n}": v for n, v in self._first.items()}

    @classmethod
    def restore(
        cls,
        head: Mapping[str, Any],
        arrays: Mapping[str, Array],
        *,
        limits: Limits = Limits(),  # noqa: B008  # frozen
        clock: Clock = CLOCK,
    ) -> "Cursor":
        """The session that was saved.

        Raises:
            SpecError: it cannot be read, or is larger than allowed.
        """
        cursor = cls.__new__(cls)
        cursor._limits, cursor._clock = limits, clock
        cursor._timeline = restore(head, arrays, limits, clock)
        cursor._first = first_values(head, arrays)
        cursor._example = cursor._scores = cursor.own = None
        return cursor

    def fork(self) -> "Cursor":
        """A session of its own that stands at the same point."""
        return Cursor.restore(*self.save(), limits=self._limits, clock=self._clock)

    # ----------------------------------------------------------------------------------------------------- privately

    def _stand(self, training: Training) -> None:
        """Where the training stood, within its step too."""
        try:
            self.seek(training.step, training.op)
        except SpecError as error:
            raise SpecError(error.message, ("cursor", *error.loc)) from error

    def _row(self) -> int | None:
        """The followed example's row in the batch that is shown."""
        if self._example is None:
            return 0
        if self._example == "own":
            return None
        found = np.flatnonzero(self._timeline.batch_rows == self._example)
        return int(found[0]) if len(found) else None

    def _present_scores(self) -> tuple[Score, Score]:
        """Train and test score with the present parameters; evaluated once while they stay."""
        key = self._timeline.parameters_key()
        if self._scores is None or self._scores[0] != key:
            self._scores = (key, score(self.network, "train"), score(self.network, "test"))
        return self._scores[1:]
