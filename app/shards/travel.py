"""Travelling in time, for a session: seeking, computing again what is not kept, and bookmarks."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from app.protocol import commands as c
from app.protocol import events as e
from app.shards.data import diverged_data, json_data
from app.shards.editing import edited, same_data
from app.shards.outcome import Outcome
from app.shards.trainer import Trainer
from app.shards.walk import Pace, Timer, Walk
from engine.errors import HistoryGone
from engine.words import say

if TYPE_CHECKING:
    from app.shards.session import Session

Handler = Callable[["Session", Any], Outcome | None]


class Replay:
    """To a point of the past that is not kept, from the last state that is held before it, in slices.

    Args:
        trainer: what travels.
        wish: where to.
        pace: what is known about the time of a step.

    Raises:
        HistoryGone: it cannot be computed again; nothing has changed then.
    """

    def __init__(self, trainer: Trainer, wish: c.Seek, pace: Pace) -> None:
        trainer.rewind(wish.step, wish.op)
        self.wish = wish
        self._trainer = trainer
        steps = wish.step - trainer.position.step
        self._walk = Walk(trainer, "batch", steps, batches=trainer.batches, pace=pace, told=False)

    @property
    def done(self) -> bool:
        """Whether it is there, or a number is not finite any more."""
        position = self._trainer.position
        there = (position.step, position.op) == (self.wish.step, self.wish.op)
        return there or self._trainer.diverged is not None

    def go(self, budget: float, timer: Timer) -> None:
        """Compute for about ``budget`` seconds, at least one slice."""
        if not self._walk.done:
            self._walk.go(budget, timer)
        if self._walk.done and not self.done:
            self._trainer.step("op", self.wish.op - self._trainer.position.op)


def seek(session: "Session", command: c.Seek) -> Outcome | None:
    """Stand there; what is not kept is refused, approached, or computed again."""
    trainer = session.trainer
    if command.otherwise == "nearest":
        return sought(session, trainer.seek_near(command.step, command.op).sentence, command)
    try:
        return sought(session, trainer.seek(command.step, command.op).sentence)
    except HistoryGone:
        if command.otherwise == "refuse":
            raise
    return session.begin(Replay(trainer, command, session.pace))


def sought(session: "Session", sentence: str, wish: c.Seek | None = None) -> Outcome:
    """It stands elsewhere; if that is not where it was wished to be, how far that is away."""
    trainer, session.sentence = session.trainer, sentence
    position = trainer.position
    missed = None
    if wish is not None and (position.step, position.op) != (wish.step, wish.op):
        missed = e.Missed(step=wish.step, op=wish.op, seconds=trainer.seconds_to(wish.step, wish.op))
    return Outcome([session.event(e.Sought, sentence=sentence, metrics=session.metrics(), missed=missed)])


def replayed(session: "Session", job: Replay) -> Outcome:
    """It is there, or was stopped on the way."""
    position, wish = session.trainer.position, job.wish
    there = (position.step, position.op) == (wish.step, wish.op)
    why = say("computed again") if there else say("on the way to step {step:,}", step=wish.step)
    return sought(session, say("Now at step {step:,}, {why}.", step=position.step, why=why), wish)


def add_bookmark(session: "Session", command: c.AddBookmark) -> Outcome:
    """Name the present point."""
    made = session.trainer.add_bookmark(command.name)
    return _changed(session, say("Step {step:,} is bookmarked.", step=made.position.step))


def rename_bookmark(session: "Session", command: c.RenameBookmark) -> Outcome:
    """Another name."""
    session.trainer.rename_bookmark(command.bookmark, command.name)
    return _changed(session, "The bookmark has another name.")


def remove_bookmark(session: "Session", command: c.RemoveBookmark) -> Outcome:
    """It is gone."""
    session.trainer.remove_bookmark(command.bookmark)
    return _changed(session, "The bookmark is gone.")


def visit(session: "Session", command: c.Visit) -> Outcome:
    """Stand there; from another run its network comes along."""
    before = session.trainer.spec
    visited = session.trainer.visit(command.bookmark)
    if not visited.another:
        return sought(session, visited.sentence)
    outcome = edited(session, visited, visited.sentence, with_dataset=not same_data(before, visited.spec))
    told = [event for more in session.note_divergence() for event in more.events]
    return replace(outcome, events=[*outcome.events, *told])


def _changed(session: "Session", sentence: str) -> Outcome:
    session.sentence = sentence
    told = session.event(e.BookmarksChanged, bookmarks=bookmarks_data(session.trainer), sentence=sentence)
    return Outcome([told])


def past(trainer: Any) -> dict[str, Any]:
    """What a snapshot says of it."""
    return {
        "history": json_data(trainer.history()),
        "kept": trainer.kept(),
        "timeline": json_data(trainer.known()),
        "bookmarks": bookmarks_data(trainer),
        "diverged": diverged_data(trainer.diverged),
    }


def bookmarks_data(trainer: Any) -> list[dict[str, Any]]:
    """All of them, for the wire."""
    return [
        {
            "number": each.number,
            "name": each.name,
            "step": each.position.step,
            "op": each.position.op,
            "epoch": each.position.epoch,
            "here": each.here,
        }
        for each in trainer.bookmarks()
    ]


HANDLERS: Mapping[type[c.CommandBase], Handler] = {
    c.Seek: seek,
    c.AddBookmark: add_bookmark,
    c.RenameBookmark: rename_bookmark,
    c.RemoveBookmark: remove_bookmark,
    c.Visit: visit,
}
