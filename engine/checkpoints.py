"""Copies of the training state along the way, so that any kept point is a tenth of a second of computing away.

A checkpoint is due whenever ``spacing`` seconds of *measured computing* have passed since the last one, so a small
network has one every few thousand steps and a big one every few. Their memory is bounded: when it is full, every
second one of the older half goes, so the past grows coarser the older it is. A step is **kept** while it lies within
``reach`` seconds of computing after a checkpoint that is still held. A **pinned** one never goes: it does not count.
"""

import bisect
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from engine.errors import HistoryGone
from engine.trainer import TrainerState
from engine.words import say

#: What Python's own objects for one checkpoint weigh, about.
OVERHEAD = 1024


@dataclass(frozen=True)
class Checkpoint:
    """The training state as it was when ``step`` began, after ``elapsed`` seconds of computing."""

    step: int
    elapsed: float
    state: TrainerState

    @property
    def size(self) -> int:
        """Bytes it holds."""
        arrays = (self.state.params, self.state.ledger, *self.state.slots.values())
        return OVERHEAD + sum(array.nbytes for array in arrays)


class Checkpoints:
    """The checkpoints of one history, oldest first.

    Args:
        origin: the state in which the history begins; it is held as long as memory allows three of them.
        spacing: seconds of computing between two checkpoints.
        reach: seconds of computing after a checkpoint that still count as kept.
        memory: bytes; but two checkpoints are always held, or one could not step back.
    """

    def __init__(
        self, origin: Checkpoint, *, spacing: float = 0.05, reach: float = 0.1, memory: int = 32 * 2**20
    ) -> None:
        self.begin = origin.step
        self.spacing = spacing
        self.reach = reach
        self.memory = memory
        self._held = [origin]
        self._pinned: set[int] = set()
        self._recent: deque[int] = deque(maxlen=2)  # where the cursor is: from there one can always step back
        self._closed: list[tuple[int, int]] = []  # ranges that end with a checkpoint, as far as they are worked out
        self._worked_out = 0

    @property
    def size(self) -> int:
        """Bytes held."""
        return sum(checkpoint.size for checkpoint in self._held)

    @property
    def latest(self) -> Checkpoint:
        """The newest checkpoint."""
        return self._held[-1]

    @property
    def oldest(self) -> Checkpoint:
        """The first checkpoint: from here on every step can be computed again."""
        return self._held[0]

    def __iter__(self) -> Iterator[Checkpoint]:
        """All that are held, oldest first."""
        return iter(self._held)

    def __len__(self) -> int:
        """How many are held."""
        return len(self._held)

    def add(self, checkpoint: Checkpoint) -> None:
        """Hold one more; thin out the old if memory is full.

        Mostly it is the newest; one that comes to lie in a hole of the past makes that past reachable again.
        """
        index = self._after(checkpoint.step)
        if index and self._held[index - 1].step == checkpoint.step:
            return
        if index < len(self._held):
            self._forget_ranges()
        self._held.insert(index, checkpoint)
        capacity = max(2, self.memory // checkpoint.size)
        self._recent.append(checkpoint.step)
        while len(self._held) - len(self._pinned) > capacity and self._thin():
            continue

    def pin(self, checkpoints: Iterable[Checkpoint]) -> None:
        """Hold these whatever comes, and no others."""
        wanted = {checkpoint.step: checkpoint for checkpoint in checkpoints}
        self._pinned = set(wanted)
        for checkpoint in wanted.values():
            self.add(checkpoint)

    def is_pinned(self, checkpoint: Checkpoint) -> bool:
        """Whether this one is held whatever comes."""
        return checkpoint.step in self._pinned

    def _thin(self) -> bool:
        """Drop every second of the older half; never the newest two, or the last two added. Whether any went."""
        loose = [index for index, checkpoint in enumerate(self._held) if checkpoint.step not in self._pinned]
        older = len(loose) - 2
        last = max(1, len(loose) // 2)
        places = range(1, min(older, last + 1), 2) or range(1)
        dropped = [index for index in map(loose.__getitem__, places) if self._held[index].step not in self._recent]
        for index in reversed(dropped):
            del self._held[index]
        self._forget_ranges()
        return bool(dropped)

    def forget_after(self, step: int) -> None:
        """Drop what lies after ``step``: the future has become another one."""
        del self._held[self._after(step) :]
        self._pinned = {pinned for pinned in self._pinned if pinned <= step}
        self._forget_ranges()

    def before(self, step: int) -> Checkpoint | None:
        """The newest checkpoint at or before ``step``."""
        index = self._after(step)
        return self._held[index - 1] if index else None

    def _after(self, step: int) -> int:
        return bisect.bisect_right(self._held, step, key=lambda checkpoint: checkpoint.step)

    def kept(self, furthest: int, elapsed: float) -> list[tuple[int, int]]:
        """Ranges of steps (first, last) that are reached within ``reach``; nothing lies after ``furthest``.

        Position (n, op 0) shows step n-1, which therefore has to be computed too: after a hole, the first step kept
        is the one after its checkpoint.
        """
        for index in range(self._worked_out, len(self._held) - 1):
            end = self._held[index + 1]
            _join(self._closed, *self._range(self._held[index], end.step, end.elapsed))
        self._worked_out = len(self._held) - 1
        ranges = list(self._closed)
        _join(ranges, *self._range(self._held[-1], furthest, elapsed))
        return ranges

    def _range(self, checkpoint: Checkpoint, end: int, end_elapsed: float) -> tuple[int, int]:
        first = checkpoint.step if checkpoint.step == self.begin else checkpoint.step + 1
        return first, min(end, checkpoint.step + self._within_reach(checkpoint, end, end_elapsed))

    def _forget_ranges(self) -> None:
        self._closed, self._worked_out = [], 0

    def check(self, step: int, furthest: int, elapsed: float) -> None:
        """Refuse a step that is not kept, and name the nearest that is.

        Raises:
            HistoryGone: it lies before the beginning, in a hole, or in the future.
        """
        kept = self.kept(furthest, elapsed)
        if any(first <= step <= last for first, last in kept):
            return
        if step < self.begin:
            why = say("step {step:,} is gone: the history begins at step {begin:,}", step=step, begin=self.begin)
        elif step > furthest:
            why = say("step {step:,} has not been trained yet; the last is {furthest:,}", step=step, furthest=furthest)
        else:
            nearest = self.nearest(step, furthest, elapsed)
            why = say(
                "step {step:,} is no longer kept; the nearest that is kept is {nearest:,}", step=step, nearest=nearest
            )
        raise HistoryGone(why, ("step",))

    def nearest(self, step: int, furthest: int, elapsed: float) -> int:
        """The kept step that is nearest to this one."""
        kept = self.kept(furthest, elapsed)
        inside = (max(first, min(last, step)) for first, last in kept)
        return min(inside, key=lambda place: abs(place - step))

    def _within_reach(self, checkpoint: Checkpoint, end: int, end_elapsed: float) -> int:
        """How many steps after this checkpoint can be computed within reach; at least one."""
        steps, seconds = end - checkpoint.step, end_elapsed - checkpoint.elapsed
        return steps if seconds <= self.reach else max(1, int(steps * self.reach / seconds))


def _join(ranges: list[tuple[int, int]], first: int, last: int) -> None:
    """Add a range after the others; what touches becomes one."""
    if ranges and ranges[-1][1] >= first - 1:
        ranges[-1] = (ranges[-1][0], max(last, ranges[-1][1]))
    elif last >= first:
        ranges.append((first, last))
