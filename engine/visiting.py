"""Going to a bookmark: back in time while its run is the present one, else by bringing its run back."""

from dataclasses import dataclass, field

from engine.bookmarks import Bookmark
from engine.history import History
from engine.limits import Limits
from engine.metrics import first_stride
from engine.position import Position
from engine.running import Clock
from engine.saving import restore
from engine.spec import SessionSpec
from engine.timetravel import Timeline
from engine.words import say


@dataclass(frozen=True)
class Visited:
    """The answer to going to a bookmark.

    Args:
        position: where the cursor stands now.
        sentence: that, in words.
        another: whether it lies in another run than that of before: the spec may have changed with it.
        kept: parameters that both have.
        initialised: parameters that only the present network has.
        dropped: parameters that only the network of before has.
        restarted: no step had to begin again.
        resized: no layer has only changed its size.
        spec: as it is now.
    """

    position: Position
    sentence: str
    another: bool
    kept: list[str]
    initialised: list[str]
    dropped: list[str]
    spec: SessionSpec
    restarted: bool = False
    resized: list[str] = field(default_factory=list)


def travelled(timeline: Timeline, bookmark: Bookmark, limits: Limits, clock: Clock) -> Timeline:
    """The timeline that stands at the bookmark: this one, or that of its run.

    Raises:
        SpecError: the bookmark cannot be read; nothing has changed then.
    """
    if bookmark.here:
        timeline.stand(bookmark.mark)
        return timeline
    head = {**bookmark.head, "history": History(first_stride(timeline.network)).as_dict()}
    fresh = restore(head, bookmark.arrays, limits, clock)
    fresh.record.history = _history(timeline, fresh)
    return fresh


def _history(timeline: Timeline, fresh: Timeline) -> History:
    """The points before the bookmark, if they are of the same data; the seed draws and splits them."""
    old, new = timeline.network.spec, fresh.network.spec
    if (new.dataset, new.loss, new.seed) != (old.dataset, old.loss, old.seed):
        return fresh.record.history
    history = timeline.record.history.copy()
    history.forget_from(fresh.begin + 1)
    history.coarsen(first_stride(fresh.network))
    return history


def visited(before: Timeline, after: Timeline, bookmark: Bookmark) -> Visited:
    """What there is to say about it."""
    was, now = before.network.graph.parameters, after.network.graph.parameters
    step, op = after.place
    where = say("step {step:,}", step=step)
    if op:
        where = say("step {step:,}, after {label}", step=step, label=after.network.infos[op - 1].label)
    name = f"“{bookmark.name}”: " if bookmark.name else ""
    run = "" if after is before else say(" This run had been left; it is the present one again.")
    return Visited(
        position=after.position,
        sentence=say("At the bookmark {name}{where}.{run}", name=name, where=where, run=run),
        another=after is not before,
        kept=[name for name in now if name in was],
        initialised=[name for name in now if name not in was],
        dropped=[name for name in was if name not in now],
        spec=after.network.spec,
    )
