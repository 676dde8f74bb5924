"""Walking along one training run, forward by computing and back by replay, bit for bit.

The run is a function of (spec, seed, edits). To stand somewhere, the nearest checkpoint before it is restored and the
calls in between run again. ``Timeline`` owns where the session stands; what the numbers are there, ``Numbers`` says.
"""

import numpy as np

from engine.arrays import Array
from engine.checkpoints import Checkpoint, Checkpoints
from engine.divergence import diverged_at
from engine.editing import Edit, EditLog
from engine.network import Network
from engine.numbers import Numbers
from engine.past import Epochs, Past, checkpoints_of
from engine.plan import Call
from engine.position import Diverged, Mark, Position
from engine.recording import Record, begin
from engine.running import CLOCK, Clock, Runner
from engine.shown import batch_of, rows_of
from engine.trainer import Indices, TrainerState


class Timeline:
    """One training run and a place in it.

    Args:
        network: what is trained. Its trainer stands where the run begins.
        clock: seconds of computing.
        memory: bytes for checkpoints.
        record: metrics and histograms from before, to be continued.
        start: flat parameters with which the ledger begins; those of now if left out.
        edits: made by hand, to be replayed.
        past: what else is known of the run; nothing but the present state if left out.
    """

    def __init__(
        self,
        network: Network,
        *,
        clock: Clock = CLOCK,
        memory: int = 32 * 2**20,
        record: Record | None = None,
        start: Array | None = None,
        edits: EditLog | None = None,
        past: Past | None = None,
    ) -> None:
        self.network = network
        self.trainer = network.trainer
        self.runner = Runner(network.trainer, clock)
        self.edits = EditLog() if edits is None else edits
        self.record = begin(network) if record is None else record
        self.start = self.trainer.plan.params.astype(np.float64) if start is None else start
        for edit in self.edits.at(self.trainer.step):  # the state may be older than the edits made at its step
            edit.put(self.trainer)
        past = Past() if past is None else past
        state = self.trainer.state()
        self._memory = memory
        self._anchor = Checkpoint(state.step, past.elapsed, state)
        self.runner.elapsed = past.elapsed
        self.checkpoints = checkpoints_of(past, self._anchor, memory)
        self.begin = self.checkpoints.begin
        self.furthest, self.furthest_elapsed = max(past.furthest, (state.step, past.elapsed))
        self.breaks = past.breaks
        self.epochs = Epochs(state.step - state.batch, state.epoch, self.trainer.batches)
        self.mark = Mark(state.step, 0)
        self.total = len(network.infos)
        self.found_divergence: tuple[Mark, Diverged] | None = None
        self.record.note(self.numbers(), self.trainer.step)

    # ------------------------------------------------------------------------------------------- where it stands

    @property
    def place(self) -> tuple[int, int]:
        """(step, op) of the next call."""
        return (self.mark.shown + 1, 0) if self.mark.ran == self.total else (self.mark.shown, self.mark.ran)

    @property
    def is_under_way(self) -> bool:
        """Whether some of a step's calls have run, but not all."""
        return self.place[1] > 0

    @property
    def position(self) -> Position:
        """The next call."""
        step, op = self.place
        return Position(step, self.network.infos[op].phase, op, self.trainer.epoch, self.trainer.batch)

    @property
    def diverged(self) -> Diverged | None:
        """Set where the cursor stands at a number that is not finite."""
        found = self.found_divergence
        return found[1] if found and self.mark >= found[0] else None

    @property
    def batch_rows(self) -> Indices:
        """Which examples of the training part make up the batch that is shown."""
        return batch_of(self.trainer, finished=self.mark.ran == self.total)

    def numbers(self) -> Numbers:
        """What is computed here."""
        rows = rows_of(self.trainer, finished=self.mark.ran == self.total)
        return Numbers(self.network, self.mark, rows, self.start, self.edits)

    def nearest(self, step: int) -> Checkpoint:
        """The nearest state that is held from the beginning of this step or before it."""
        checkpoint = self.checkpoints.before(step)
        if checkpoint is None or checkpoint.step < self._anchor.step <= step:
            return self._anchor
        return checkpoint

    def state(self) -> TrainerState:
        """What the step begins with that comes next or is under way: a copy, or what is never written again."""
        return self._anchor.state if self.is_under_way else self.trainer.state()

    def kept(self) -> list[tuple[int, int]]:
        """Ranges of steps that can be gone to."""
        return self.checkpoints.kept(self.furthest, self.furthest_elapsed)

    def nearest_kept(self, step: int) -> int:
        """This step, or the kept one that is nearest to it."""
        return self.checkpoints.nearest(step, self.furthest, self.furthest_elapsed)

    # ------------------------------------------------------------------------------------------------------ moving

    @np.errstate(all="ignore")
    def run(self, steps: int) -> int:
        """Whole steps, fast; the one under way counts as the first. Returns how many ran before a divergence."""
        first = self.place[0]
        if steps > 0 and self.place[1] and self.diverged is None:
            self._run_calls(self.total)
            steps -= 1
        self._run_steps(steps)
        return self.place[0] - first

    @np.errstate(all="ignore")
    def go(self, step: int, op: int) -> None:
        """Stand before call ``op`` of ``step``, wherever that is.

        Raises:
            HistoryGone: that point is not kept; nothing has changed.
        """
        mark = self._mark_of(step, op)
        if mark != self.mark:
            self._check_kept(step, mark)
            self.stand(mark)

    @np.errstate(all="ignore")
    def stand(self, mark: Mark) -> None:
        """Go on to this mark, which lies in a future that has been trained before."""
        self._approach(mark)
        if mark.ran and self.diverged is None:
            self._run_calls(mark.ran)

    def rewind(self, step: int, op: int) -> None:
        """Stand at the last state that is held before this point: from there one can walk to it, however long it takes.

        Raises:
            HistoryGone: no state before it is held, or it was never trained.
        """
        shown = self._mark_of(step, op).shown
        if not (self.checkpoints.oldest.step <= shown and step <= self.furthest):
            self.checkpoints.check(step, self.furthest, self.furthest_elapsed)
        held = self.nearest(shown).step
        if not (held <= self.mark.shown and self.place <= (step, op)):
            self.stand(Mark(held, 0))

    @np.errstate(all="ignore")
    def walk(self, step: int, op: int) -> None:
        """Forward to call ``op`` of ``step``; stops early at a divergence."""
        ahead = step - self.place[0]
        if ahead > 0 and self.place[1]:
            self._run_calls(self.total)
            ahead -= 1
        self._run_steps(ahead)
        if op and self.diverged is None:
            self._run_calls(op)

    def _mark_of(self, step: int, op: int) -> Mark:
        """The beginning of a step shows the step before, unless training begins there or an edit was made."""
        begins = bool(op) or step == self.begin or self.edits.has(step)
        return Mark(step, op) if begins else Mark(step - 1, self.total)

    def _check_kept(self, step: int, mark: Mark) -> None:
        ahead = step - self.furthest
        if mark.shown == self._anchor.step or (ahead > 0 and self.seconds_for(ahead) <= self.checkpoints.reach):
            return
        self.checkpoints.check(step, self.furthest, self.furthest_elapsed)

    def seconds_for(self, steps: int) -> float:
        """What so many steps will take, by what was measured, or else by the number of operations."""
        first = self.checkpoints.oldest
        trained, seconds = self.furthest - first.step, self.furthest_elapsed - first.elapsed
        if trained and seconds > 0:
            return steps * seconds / trained
        return self.network.estimated_seconds(steps)

    def _approach(self, mark: Mark) -> None:
        """Bring the trainer to the step that is to be shown, with no more of its calls run than are wanted."""
        if self.mark.shown == mark.shown and self.mark.ran <= mark.ran:
            return
        source = self.nearest(mark.shown)
        if self.place[1] or not source.step <= self.trainer.step <= mark.shown:
            self.runner.restore(source.state, source.elapsed)
            self.mark = Mark(source.step, 0)
            self._arrive()
        self._run_steps(mark.shown - self.trainer.step)

    # ------------------------------------------------------------------------------------------------- computing

    def _run_steps(self, count: int) -> None:
        target = self.trainer.step + count
        while self.trainer.step < target and self.diverged is None:
            edited = self.edits.next_after(self.trainer.step)
            self._run_stretch((target if edited is None else min(edited, target)) - self.trainer.step)

    def _run_stretch(self, most: int) -> None:
        """Steps until something is due: an edit, a point of the history, a look at the clock."""
        step = self.trainer.step
        finite = self.runner.run_steps(min(most, self.record.history.next_due(step + 1) - step))
        self.mark = Mark(self.trainer.step - 1, self.total)
        if finite:
            self._arrive()
        else:
            self._approach(Mark(self.mark.shown, 0))  # once more, call by call: which one made it?
            self._run_calls(self.total)

    def _run_calls(self, until: int) -> None:
        """The calls of one step up to this one, with a look at each number written."""
        if self.mark.ran in {0, self.total}:
            self.mark = Mark(self.trainer.step, 0)
            self._drop_anchor()
        ran, broken = self.runner.run_calls(self.trainer.calls()[self.mark.ran : until])
        self.mark = Mark(self.mark.shown, self.mark.ran + ran)
        if self.mark.ran == self.total:
            self.trainer.finish()
        if broken is not None:
            self._diverge(broken)
        elif self.mark.ran == self.total:
            self._arrive()

    def _arrive(self) -> None:
        """A step is about to begin: edits made here, a checkpoint, a point of the history."""
        step = self.trainer.step
        if step > self.furthest:
            self.furthest, self.furthest_elapsed = step, max(self.runner.elapsed, self.furthest_elapsed)
        last = self.checkpoints.before(step)
        if last is not None and self.runner.elapsed - last.elapsed >= self.checkpoints.spacing:
            self.checkpoints.add(Checkpoint(step, self.runner.elapsed, self.trainer.state()))
        for edit in self.edits.at(step):
            self._put(edit)
        self.record.note(self.numbers(), step)

    def _diverge(self, call: Call) -> None:
        quiet_since = max((edit.step for edit in self.edits.edits), default=self.begin)
        told = diverged_at(self.position, self.numbers(), call, self.record.history, self.mark.shown - quiet_since)
        self.found_divergence = (self.mark, told)

    # -------------------------------------------------------------------------------------------------- edits

    def edit(self, edit: Edit) -> None:
        """Set a parameter by hand: the step begins again with nothing computed, and what lay ahead is forgotten."""
        self.restart_step()
        step = self.trainer.step
        self.checkpoints.forget_after(step)
        self.edits.forget_after(step)
        self.record.forget_from(step)
        self.furthest, self.furthest_elapsed, self.found_divergence = step, self.runner.elapsed, None
        self.edits.add(edit)
        self._put(edit)
        self._drop_anchor()
        if self.edits.is_full:
            self._begin_here()
        self.record.note(self.numbers(), self.trainer.step)

    def restart_step(self) -> None:
        """Bring the trainer to the beginning of the step that is under way."""
        if self.place[1]:
            self.runner.restore(self._anchor.state, self._anchor.elapsed)

    def _drop_anchor(self) -> None:
        """Hold the state from which a step can begin again at once."""
        self._anchor = Checkpoint(self.trainer.step, self.runner.elapsed, self.trainer.state())

    def _begin_here(self) -> None:
        """The log of edits is full: what lies before is no longer kept."""
        self.edits.fold(self.network.graph.parameters)
        self.begin = self.trainer.step
        self.runner.elapsed = self.furthest_elapsed = 0.0
        self._drop_anchor()
        self.checkpoints = Checkpoints(self._anchor, memory=self._memory)

    def _put(self, edit: Edit) -> None:
        edit.put(self.trainer)
        self.mark = Mark(edit.step, 0)
