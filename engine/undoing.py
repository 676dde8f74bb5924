"""Undo: where a training stood before each edit is held, and taken up again bit for bit.

Undo goes back to the very moment of the edit, and so takes back what was trained since as well; redo returns to where
undo was asked for, training included. So nothing is ever lost by either. What is held are checkpoints, whose arrays are
shared with the timeline that made them and never written again: to hold a moment copies nothing of the network's size.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import chain

from engine.arrays import Array
from engine.checkpoints import Checkpoint
from engine.deeds import Deed
from engine.editing import EditLog
from engine.errors import NothingToUndo
from engine.limits import Limits
from engine.network import build
from engine.past import Past
from engine.position import Mark, Position
from engine.recording import Record
from engine.running import Clock
from engine.spec import SessionSpec
from engine.timetravel import Timeline
from engine.words import say

#: So many edits can be undone, if their checkpoints take no more than so many bytes.
MOST_UNDONE = 100
MOST_HELD = 48 * 2**20
#: What the lists of a history and of the edits weigh, about.
OVERHEAD = 32 * 2**10


@dataclass(frozen=True)
class Held:
    """A training as it stands.

    Args:
        spec: its description.
        mark: where its cursor stands.
        place: (step, op) of its next call.
        state: from which the mark is reached.
        past: what can be gone back to.
        edits: made by hand.
        record: its metrics and histograms.
        start: with what the ledger begins.
        optimizer_start: the step at which the optimizer began.
        first: first values of parameters, to which a reset goes back.
        here: the bookmarks that lie in this run.
    """

    spec: SessionSpec
    mark: Mark
    place: tuple[int, int]
    state: Checkpoint
    past: Past
    edits: EditLog
    record: Record
    start: Array
    optimizer_start: int
    first: Mapping[str, Array]
    here: Mapping[int, Checkpoint]

    def alone(self) -> "Held":
        """Without the past that can be gone back to."""
        return replace(self, past=replace(self.past, held=()))

    def parts(self) -> Iterator[Checkpoint | Array]:
        """What it keeps alive of the network's size."""
        yield self.start
        yield self.state
        yield from self.past.held
        yield from self.here.values()


def hold(timeline: Timeline, first: Mapping[str, Array], here: Mapping[int, Checkpoint]) -> Held:
    """The training as it stands; what trains on is none of its arrays."""
    state = timeline.nearest(timeline.mark.shown)
    furthest = (timeline.furthest, timeline.furthest_elapsed)
    return Held(
        spec=timeline.network.spec,
        mark=timeline.mark,
        place=timeline.place,
        state=state,
        past=Past(state.elapsed, furthest, tuple(timeline.checkpoints), timeline.breaks),
        edits=timeline.edits.copy(),
        record=timeline.record.copy(),
        start=timeline.start,
        optimizer_start=timeline.trainer.optimizer_start,
        first=first,
        here=here,
    )


def take_up(held: Held, limits: Limits, clock: Clock) -> Timeline:
    """The timeline that was held, standing where it stood."""
    network = build(held.spec, limits)
    network.trainer.optimizer_start = held.optimizer_start
    network.trainer.restore(held.state.state)
    edits, record = held.edits.copy(), held.record.copy()
    timeline = Timeline(network, clock=clock, record=record, start=held.start, edits=edits, past=held.past)
    timeline.stand(held.mark)
    return timeline


@dataclass(frozen=True)
class Entry:
    """What was done, and the training on its other side."""

    deed: Deed
    held: Held
    gesture: str | None = None

    @property
    def place(self) -> tuple[int, int]:
        """(step, op) where undo or redo leads."""
        return self.held.place


@dataclass(frozen=True)
class Undone:
    """The answer to undo and to redo.

    Args:
        deed: what was undone or redone.
        before: the spec that it was asked of.
        spec: the one of now.
        position: where the cursor stands now.
    """

    deed: Deed
    before: SessionSpec
    spec: SessionSpec
    position: Position


class Weight:
    """Bytes of all that is held; what several hold counts once.

    It is kept up to date, because a run has thousands of checkpoints, and each of a hundred entries may hold them.
    """

    def __init__(self) -> None:
        self.bytes = 0
        self._holders: Counter[int] = Counter()

    def take(self, held: Held) -> None:
        """This is held, too."""
        self.bytes += OVERHEAD
        for part in held.parts():
            self._holders[id(part)] += 1
            if self._holders[id(part)] == 1:
                self.bytes += _bytes(part)

    def let_go(self, held: Held) -> None:
        """This is not held any more."""
        self.bytes -= OVERHEAD
        for part in held.parts():
            self._holders[id(part)] -= 1
            if not self._holders[id(part)]:
                del self._holders[id(part)]
                self.bytes -= _bytes(part)


def _bytes(part: Checkpoint | Array) -> int:
    return part.size if isinstance(part, Checkpoint) else part.nbytes


class Undo:
    """What can be undone and what can be redone, the latest last."""

    def __init__(self) -> None:
        self._done: list[Entry] = []
        self._undone: list[Entry] = []
        self._weight = Weight()

    @property
    def next_undo(self) -> Entry | None:
        """What undo would take back."""
        return self._done[-1] if self._done else None

    @property
    def next_redo(self) -> Entry | None:
        """What redo would do again."""
        return self._undone[-1] if self._undone else None

    def __len__(self) -> int:
        """How many edits can be undone or redone."""
        return len(self._done) + len(self._undone)

    @property
    def size(self) -> int:
        """Bytes that all of them hold."""
        return self._weight.bytes

    def __iter__(self) -> Iterator[Entry]:
        """All of them."""
        return chain(self._done, self._undone)

    def joins(self, gesture: str | None) -> bool:
        """Whether the last edit was of this gesture, so that the next is no entry of its own."""
        last = self.next_undo
        return gesture is not None and last is not None and last.gesture == gesture and not self._undone

    def did(self, deed: Deed, before: Held | None, gesture: str | None) -> None:
        """Something was done; the edits of one gesture are one entry.

        Args:
            deed: what.
            before: the training as it stood before; None if the gesture had begun.
            gesture: to which the edit belongs.
        """
        while self._undone:
            self._drop(self._undone)
        if before is None:
            last = self._done[-1]
            self._done[-1] = replace(last, deed=deed if deed.what == last.deed.what else last.deed)
            return
        self._add(self._done, Entry(deed, before, gesture))

    def to_undo(self) -> Entry:
        """The entry to be undone.

        Raises:
            NothingToUndo: there is none.
        """
        if not self._done:
            raise NothingToUndo(say("there is nothing to undo"))
        return self._done[-1]

    def to_redo(self) -> Entry:
        """The entry to be redone.

        Raises:
            NothingToUndo: there is none.
        """
        if not self._undone:
            raise NothingToUndo(say("there is nothing to redo"))
        return self._undone[-1]

    def turned(self, entry: Entry, now: Held) -> None:
        """This entry was undone or redone, where the training stood as held ``now``: it can be turned again."""
        source, other = (self._done, self._undone) if entry is self.next_undo else (self._undone, self._done)
        self._drop(source, -1)
        self._add(other, Entry(entry.deed, now))

    def _add(self, entries: list[Entry], entry: Entry) -> None:
        entries.append(entry)
        self._weight.take(entry.held)
        self._bound()

    def _drop(self, entries: list[Entry], place: int = 0) -> None:
        self._weight.let_go(entries.pop(place).held)

    def _isolate(self, entries: list[Entry], place: int) -> None:
        """Let an entry lose the past before it."""
        entry = entries[place]
        entries[place] = replace(entry, held=entry.held.alone())
        self._weight.take(entries[place].held)
        self._weight.let_go(entry.held)

    def _bound(self) -> None:
        """The oldest lose the past before them first, then go; the latest of each always stays."""
        both = (self._done, self._undone)
        while len(self._done) > MOST_UNDONE:
            self._drop(self._done)
        for entries in both:
            for place in range(len(entries) - 1):
                if self._weight.bytes <= MOST_HELD:
                    return
                self._isolate(entries, place)
        for entries in both:
            while len(entries) > 1 and self._weight.bytes > MOST_HELD:
                self._drop(entries)
