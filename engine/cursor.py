"""A session of the engine: one network in training, and a cursor that walks through it call by call, both ways.

This is what the server talks to. It composes the parts and translates their answers; each part does one thing:
``network`` builds, ``timetravel`` moves, ``questions`` is what can be read of it without changing anything.
"""

from collections.abc import Mapping
from typing import Any

from engine import bookmarks, walking
from engine.arrays import Array
from engine.bookmarks import Bookmark
from engine.deeds import Deed
from engine.editing import set_all
from engine.edits import Edits
from engine.errors import SpecError
from engine.export import Moment
from engine.exporting import moment_of
from engine.importing import Training, check_fits, read, resume
from engine.limits import Limits
from engine.network import build
from engine.past import Known, known
from engine.position import Moved
from engine.recipe import Recipe, recipe
from engine.running import CLOCK, Clock
from engine.saving import first_values, restore, save, written_once
from engine.spec import SessionSpec
from engine.timetravel import Timeline
from engine.visiting import Visited, travelled, visited

#: Bytes of states that a fork takes along, so that it can be walked back as well.
FORKED_PAST = 8 * 2**20


class Cursor(Edits):
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
        self._limits, self._clock = limits, clock
        given = read(parameters or {}, ("parameters",))
        self._first = given if training is None else read(training.first, ("training", "first"))
        network = build(spec, limits, lambda graph: check_fits(given, graph, ("parameters",)))
        check_fits(self._first, network.graph, ("training", "first"))
        set_all(network.trainer, given)
        if training is not None:
            resume(network, given, training)
        super().__init__(Timeline(network, clock=clock))
        if training is not None:
            self._stand(training)

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

    def seek_near(self, step: int, op: int = 0) -> Moved:
        """The same, or where that is not kept before the first call of the nearest step that is.

        Raises:
            SpecError: a step has not so many calls.
        """
        return walking.seek_near(self._timeline, step, op)

    def rewind(self, step: int, op: int = 0) -> None:
        """Stand at the last state that is held before this point, to walk to it from there: it may be far.

        Raises:
            SpecError: a step has not so many calls. HistoryGone: it cannot be computed again. Nothing has changed then.
        """
        walking.check_place(self._timeline, step, op)
        self._timeline.rewind(step, op)

    def seconds_to(self, step: int, op: int = 0) -> float | None:
        """How long ``rewind`` and the walk would take, about; None if that point cannot be computed again."""
        return walking.seconds_to(self._timeline, step, op)

    # ---------------------------------------------------------------------------------------------------- bookmarks

    def known(self) -> Known:
        """The run as a line of steps: what is at hand, what can be computed again, where something was changed."""
        return known(self._timeline)

    def bookmarks(self) -> list[Bookmark]:
        """The named points of time, in the order in which they were set."""
        return list(self._bookmarks)

    def add_bookmark(self, name: str = "") -> Bookmark:
        """Name the present point.

        Raises:
            LimitExceeded: there are too many, or they would hold too much.
        """
        return self._bookmarks.add(self._timeline, name)

    def rename_bookmark(self, number: int, name: str) -> Bookmark:
        """Give it another name.

        Raises:
            UnknownName: there is no such bookmark.
        """
        return self._bookmarks.rename(number, name)

    def remove_bookmark(self, number: int) -> None:
        """Take it away.

        Raises:
            UnknownName: there is no such bookmark.
        """
        self._bookmarks.remove(number, self._timeline)

    def visit(self, number: int) -> Visited:
        """Stand at a bookmark; if it lies in another run, that run is the present one from now on.

        Raises:
            UnknownName: there is no such bookmark. SpecError: it cannot be read. Nothing has changed then.
        """
        before, bookmark, held = self._timeline, self._bookmarks[number], self._hold()
        self._timeline = travelled(before, bookmark, self._limits, self._clock)
        if self._timeline is not before:
            self._undo.did(Deed("visit"), held, None)
            self._bookmarks.leave()
            self._bookmarks.settle(number, self._timeline)
            self._scores = None
        return visited(before, self._timeline, bookmark)

    # ------------------------------------------------------------------------------------------------------- copies

    def training(self) -> Training:
        """Where the training stands; with spec and parameters it makes a session that goes on from here."""
        moment, here = self.moment(), self.position
        return Training(
            step=here.step,
            op=here.op,
            epoch=here.epoch,
            batch=here.batch,
            optimizer_step=moment.optimizer_step,
            slots={slot: dict(kept) for slot, kept in moment.slots.items()},
            first=dict(self._first),
        )

    def moment(self) -> Moment:
        """All that the present step starts from, as exports need it: copies."""
        _, op = self._timeline.place
        if op < len(self.network.infos) - 1:
            return moment_of(self.network)
        before = self._copy()  # the optimizer's slots have moved already, the parameters have not
        before.seek(self.position.step)
        return moment_of(before.network)

    def save(self, *, past: int = 0, ahead: bool = True) -> tuple[dict[str, Any], dict[str, Array]]:
        """A JSON-able head and arrays from which ``restore`` makes the same point, bit for bit.

        Args:
            past: bytes for states of the past, so that one can go on to travel.
            ahead: whether what was trained beyond this point is known there too.
        """
        head, arrays = save(self._timeline, past=past, ahead=ahead)
        marked, held = bookmarks.save(self._bookmarks, None if ahead else self._timeline.mark)
        first = {f"first.{name}": value for name, value in self._first.items()}
        written, same = written_once(arrays | held | first)
        return {**head, "first": sorted(self._first), "bookmarks": marked, "same": same}, written

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
        arrays = {**arrays, **{name: arrays[other] for name, other in head.get("same", {}).items()}}
        Edits.__init__(cursor, restore(head, arrays, limits, clock))
        cursor._limits, cursor._clock = limits, clock
        cursor._bookmarks = bookmarks.restore(head.get("bookmarks", {}), arrays, cursor._timeline)
        cursor._first = first_values(head, arrays)
        return cursor

    def recipe(self) -> Recipe:
        """What has to be said to come back to this point without its weights."""
        return recipe(self._timeline, self._first, self._limits)

    def fork(self) -> "Cursor":
        """A session of its own that stands at the same point; what lies behind it, it knows too."""
        return Cursor.restore(*self.save(past=FORKED_PAST, ahead=False), limits=self._limits, clock=self._clock)

    # ----------------------------------------------------------------------------------------------------- privately

    def _copy(self) -> "Cursor":
        """The same point alone."""
        return Cursor.restore(*self.save(), limits=self._limits, clock=self._clock)

    def _stand(self, training: Training) -> None:
        """Where the training stood, within its step too."""
        try:
            self.seek(training.step, training.op)
        except SpecError as error:
            raise SpecError(error.message, ("cursor", *error.loc)) from error
