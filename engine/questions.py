"""What can be asked of a session where it stands: nothing here moves it or changes its network.

``numbers`` says what is computed; ``metrics``, ``ledger``, ``looking`` and ``explain`` read it.
"""

from collections.abc import Sequence
from typing import Any, Literal

import numpy as np

from engine import probing, walking
from engine.arrays import Array
from engine.datasets import Part
from engine.editing import Index
from engine.errors import SpecError
from engine.explain import Explanation, Level, Quantity, explain
from engine.gradcheck import GradcheckReport
from engine.histograms import HistogramsView, histograms_view
from engine.history import History
from engine.ledger import LedgerEntry, ledger
from engine.looking import DatasetView, Followed, Grid, TensorView, dataset_view, follow, follow_own, grid, tensor
from engine.metrics import Confusion, Metrics, Score, confusion, metrics, score
from engine.network import Network
from engine.numbers import Numbers
from engine.own import Own
from engine.plan import CallInfo, Plan
from engine.position import Diverged, Position
from engine.predicting import Judging
from engine.projecting import Projection, projection
from engine.slopes import Effect
from engine.spec import SessionSpec
from engine.sweeping import Sweep
from engine.sweeping import Wish as SweepWish
from engine.timetravel import Timeline
from engine.whatif import Change, WhatIf, what_if
from engine.words import ENGLISH, Language


class Questions:
    """The part of a session that reads it.

    Args:
        timeline: what is read.
    """

    def __init__(self, timeline: Timeline) -> None:
        self._timeline = timeline
        self._scores: tuple[object, Score, Score] | None = None
        self._judged: dict[Part, tuple[object, Judging]] = {}
        # whom the person looks at: training knows nothing of it, and no checkpoint keeps it
        self._example: int | Literal["own"] | None = None
        self.own: Own | None = None

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
        self,
        node: str,
        quantity: Quantity | None = None,
        index: Index = (),
        level: Level = "graduate",
        language: Language = ENGLISH,
    ) -> Explanation:
        """Why a number is what it is."""
        return explain(self._timeline.numbers(), node, quantity, tuple(index), level, language, self._row())

    def gradcheck(
        self, parameter: str | None = None, index: Index | None = None, max_entries: int = 100
    ) -> GradcheckReport:
        """The gradients that are shown beside finite differences: on that step's batch, with the weights it used."""
        timeline = self._timeline
        place = None if index is None else tuple(index)
        return probing.check_gradients(timeline.numbers(), timeline.batch_rows, parameter, place, max_entries)

    def what_if(
        self,
        changes: Sequence[Change],
        nodes: Sequence[str] | None = None,
        example: int | Literal["own"] | None = None,
    ) -> WhatIf:
        """An example's values (the followed one's) and the losses with these numbers changed, beside what they are."""
        timeline, numbers = self._timeline, self._timeline.numbers()
        followed = self.followed() if example is None else self._looked_at(example)
        return what_if(numbers, timeline.batch_rows, followed, changes, nodes)

    def effect(self, parameter: str, index: Index, **wish: Any) -> Effect:
        """What a gradient says of the loss beside what is measured; ``nudge, points, reach`` as in ``Effect``."""
        return Effect(self._timeline.numbers(), self._timeline.batch_rows, parameter, tuple(index), **wish)

    def metrics(self) -> Metrics:
        """Losses, accuracies, norms by layer: of the network as it stands."""
        train, test = self._present_scores()
        return metrics(self._timeline.numbers(), train, test)

    def confusion(self) -> Confusion | None:
        """Which class was taken for which; None where there are no exclusive classes."""
        return confusion(self.network)

    def judging(self, part: Part) -> Judging:
        """The examples of a part, one by one: begun, or finished already if the parameters have stayed since."""
        key = (self.network, self._parameters_key())
        if part not in self._judged or self._judged[part][0] != key:
            self._judged[part] = (key, Judging(self.network, part))
        return self._judged[part][1]

    def sweep(self, wish: SweepWish) -> Sweep:
        """Which learning rate? A short training on a copy, begun.

        Raises:
            SpecError, LimitExceeded: as ``Sweep`` says.
        """
        return Sweep(self.network, self._timeline.state(), self.network.trainer.optimizer_start, wish)

    def histograms(self, names: Sequence[str] = ()) -> HistogramsView:
        """How weights and updates of these parameters (of the first few, if none is named) are spread over time.

        Raises:
            UnknownName: there is no such parameter, or it is not learned.
        """
        return histograms_view(self._timeline.record.histograms, self._timeline.numbers(), names)

    def history(self) -> History:
        """The metrics by step, up to the furthest step that was trained."""
        return self._timeline.record.history.copy()

    def ledger(self, parameter: str) -> LedgerEntry:
        """Start + deltas + edits = current."""
        return ledger(self._timeline.numbers(), parameter)

    def projection(self, parameter: str) -> Projection:
        """The rows of a matrix, say an embedding's table, in the plane in which they differ most."""
        return projection(self.network, parameter)

    def dataset(self) -> DatasetView:
        """The data."""
        return dataset_view(self.network)

    def follow(self, example: int | Literal["own"] | None = None) -> Followed:
        """One example of the training part, or one's own (``own``); sentences speak of it from now on.

        Raises:
            SpecError: there is no such example.
        """
        followed = self._looked_at(example)
        self._example = example
        return followed

    def followed(self) -> Followed:
        """The example that was followed last; the batch's first if there is none, or the data have it no more."""
        try:
            return self._looked_at(self._example)
        except SpecError:
            return self._looked_at(None)

    def grid(self, resolution: int = 32) -> Grid | None:
        """Every layer over the plane of the two columns that the inputs depend on; None if they are not two."""
        return grid(self.network, resolution)

    # ----------------------------------------------------------------------------------------------------- privately

    def _looked_at(self, example: int | Literal["own"] | None) -> Followed:
        if example == "own":
            return follow_own(self.network, self.own)
        return follow(self._timeline.numbers(), self._timeline.batch_rows, example)

    def _row(self) -> int | None:
        """The followed example's row in the batch that is shown."""
        if self._example is None:
            return 0
        if self._example == "own":
            return None
        found = np.flatnonzero(self._timeline.batch_rows == self._example)
        return int(found[0]) if len(found) else None

    def _parameters_key(self) -> tuple[int, ...]:
        """Changes whenever the parameters may have changed."""
        timeline = self._timeline
        return (timeline.trainer.step, len(timeline.edits.edits), timeline.begin)

    def _present_scores(self) -> tuple[Score, Score]:
        """Train and test score with the present parameters; evaluated once while they stay."""
        key = self._parameters_key()
        if self._scores is None or self._scores[0] != key:
            self._scores = (key, score(self.network, "train"), score(self.network, "test"))
        return self._scores[1:]
