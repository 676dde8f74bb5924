"""Moves of the cursor in units that people use, and what there is to say about them."""

from collections.abc import Callable
from typing import cast

from engine import narrate
from engine.errors import HistoryGone, SpecError
from engine.plan import CallInfo
from engine.position import UNITS, Moved, Unit, epochs_moved, layer_bounds, moved
from engine.timetravel import Timeline
from engine.words import say

#: So many of the calls that ran are named in the answer to a move.
LAST_CALLS = 64

#: Which row of the batch that is shown a sentence speaks of; None if the followed example is not in it.
Row = Callable[[], int | None]


def step(timeline: Timeline, unit: str, count: int, direction: str, row: Row) -> Moved:
    """Walk ``count`` units forward or back.

    Raises:
        SpecError: there is no such unit or direction, or the count is not positive.
        HistoryGone: that point of the past is not kept; nothing has changed.
    """
    _check(unit, count, direction)
    if direction == "back":
        return back(timeline, *target(timeline, cast(Unit, unit), -count))
    return forward(timeline, *target(timeline, cast(Unit, unit), count), row)


def target(timeline: Timeline, unit: Unit, count: int) -> tuple[int, int]:
    """(step, op) so many units from here; never before the beginning."""
    begin = (timeline.begin, 0)
    if unit == "epoch":
        return max(begin, (epochs_moved(timeline.position, timeline.trainer.batches, count), 0))
    infos = timeline.network.infos
    bounds = {"op": range(len(infos)), "layer": layer_bounds(infos), "batch": [0]}[unit]
    return max(begin, moved(*timeline.place, bounds, count))


def forward(timeline: Timeline, step: int, op: int, row: Row) -> Moved:
    """Compute on to this call; a number that is not finite stops it."""
    before, loss = timeline.place, _loss(timeline)
    if timeline.diverged is None:
        timeline.walk(step, op)
    infos = _between(timeline, before)
    count = _calls_from(timeline, before)
    return Moved(timeline.position, infos, count, _sentence(timeline, count, loss, row), timeline.diverged)


def back(timeline: Timeline, step: int, op: int) -> Moved:
    """Stand where one has been."""
    if (step, op) == timeline.place and timeline.mark.ran == 0:
        return Moved(timeline.position, [], 0, say("This is the beginning: there is nothing to go back to."))
    timeline.go(step, op)
    return Moved(timeline.position, [], 0, say("Back {where}.", where=_where(timeline)), timeline.diverged)


def seek(timeline: Timeline, step: int, op: int) -> Moved:
    """Stand before this call.

    Raises:
        SpecError: a step has not so many calls.
        HistoryGone: that point is not kept, or too far ahead; nothing has changed.
    """
    check_place(timeline, step, op)
    timeline.go(step, op)
    return Moved(timeline.position, [], 0, say("Now {where}.", where=_where(timeline)), timeline.diverged)


def seek_near(timeline: Timeline, step: int, op: int) -> Moved:
    """Stand before this call, or where that is not kept at the nearest step that is, and say so.

    Raises:
        SpecError: a step has not so many calls.
    """
    check_place(timeline, step, op)
    try:
        timeline.go(step, op)
    except HistoryGone as gone:
        timeline.go(timeline.nearest_kept(step), 0)
        sentence = say("Now {where}. {why:capital}.", where=_where(timeline), why=say("{why}", why=gone.message))
        return Moved(timeline.position, [], 0, sentence, timeline.diverged)
    return Moved(timeline.position, [], 0, say("Now {where}.", where=_where(timeline)), timeline.diverged)


def seconds_to(timeline: Timeline, step: int, op: int) -> float | None:
    """How long it takes to compute this point again, about; None if it cannot be."""
    if step > timeline.furthest or step < timeline.checkpoints.oldest.step + (op == 0):
        return None
    return timeline.seconds_for(step - timeline.nearest(step if op else step - 1).step)


def check_place(timeline: Timeline, step: int, op: int) -> None:
    """Whether there can be such a call.

    Raises:
        SpecError: a step has not so many, or is not counted from 0.
    """
    if not 0 <= op < timeline.total:
        message = say(
            "a step has {total} calls, 0 to {last}, but {op} was asked for",
            total=timeline.total,
            last=timeline.total - 1,
            op=op,
        )
        raise SpecError(message, ("op",))
    if step < 0:
        raise SpecError(say("steps are counted from 0, but {step} was asked for", step=step), ("step",))


def _check(unit: str, count: int, direction: str) -> None:
    if unit not in UNITS:
        raise SpecError(say('a unit is one of {units}, not "{unit}"', units=", ".join(UNITS), unit=unit), ("unit",))
    if direction not in {"forward", "back"}:
        raise SpecError(say('a direction is forward or back, not "{direction}"', direction=direction), ("direction",))
    if count < 1:
        raise SpecError(say("count is at least 1, not {count}", count=count), ("count",))


def _calls_from(timeline: Timeline, before: tuple[int, int]) -> int:
    step, op = timeline.place
    return (step - before[0]) * timeline.total + op - before[1]


def _between(timeline: Timeline, before: tuple[int, int]) -> list[CallInfo]:
    """The last calls that ran since ``before``."""
    infos, (_, op) = timeline.network.infos, timeline.place
    count = min(_calls_from(timeline, before), LAST_CALLS)
    return [infos[(op - count + n) % timeline.total] for n in range(count)]


def _sentence(timeline: Timeline, count: int, loss: float | None, row: Row) -> str:
    if timeline.diverged is not None:
        return say("{reason} {advice}", reason=timeline.diverged.reason, advice=timeline.diverged.advice)
    ran = timeline.mark.ran
    if ran == 0:
        return say("Step {step:,} begins with what was set by hand.", step=timeline.place[0])
    if count > timeline.total:
        return narrate.trained(count // timeline.total, loss, _loss(timeline))
    return retold(timeline, row)


def retold(timeline: Timeline, row: Row) -> str:
    """What the last call did, told again; empty where nothing is computed or a number is not finite."""
    ran = timeline.mark.ran
    if ran == 0 or timeline.diverged is not None:
        return ""
    return narrate.sentence(timeline.numbers(), timeline.network.infos[ran - 1], row())


def _loss(timeline: Timeline) -> float | None:
    value = timeline.numbers().value("loss")
    return None if value is None else float(value)


def _where(timeline: Timeline) -> str:
    step, op = timeline.place
    if op == 0:
        return say("at the beginning of step {step:,}", step=step)
    return say("in step {step:,}, after {label}", step=step, label=timeline.network.infos[op - 1].label)
