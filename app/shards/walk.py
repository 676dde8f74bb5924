"""Going many units in slices of a few milliseconds, so that no session keeps its shard to itself."""

from collections import deque
from collections.abc import Callable
from typing import Any

from app.protocol.commands import Unit
from app.shards.trainer import Trainer

Timer = Callable[[], float]

#: The first slice, before anything has been measured.
FIRST_CHUNK = 1
#: A slice grows by at most this factor, since one measurement may be a lucky one.
GROWTH = 4
LAST_CALLS = 64


class Pace:
    """How many whole steps fit into a time, from those that were measured."""

    def __init__(self) -> None:
        self.seconds_per_step: float | None = None
        self._last = FIRST_CHUNK

    def forget(self) -> None:
        """The network has become another one."""
        self.seconds_per_step, self._last = None, FIRST_CHUNK

    def chunk(self, budget: float) -> int:
        """Steps that take about ``budget`` seconds; at least one."""
        if self.seconds_per_step is None:
            return FIRST_CHUNK
        return max(1, min(int(budget / self.seconds_per_step), GROWTH * self._last))

    def note(self, steps: int, seconds: float) -> None:
        """Learn from a slice that has been run (a moving mean)."""
        if steps <= 0:
            return
        fresh = max(seconds / steps, 1e-7)
        old = self.seconds_per_step
        self.seconds_per_step = fresh if old is None else 0.7 * old + 0.3 * fresh
        self._last = max(steps, FIRST_CHUNK)


class Walk:
    """``count`` units forward, in slices.

    Args:
        trainer: what walks.
        unit: op, layer, batch or epoch.
        count: how many of them.
        batches: batches in an epoch.
        pace: what is known about the time of a step.
        told: whether the last unit is to be told in words; if not, every whole step is run fast.
    """

    def __init__(
        self, trainer: Trainer, unit: Unit, count: int, *, batches: int, pace: Pace, told: bool = True
    ) -> None:
        self.left = count
        self.count_run = 0
        self.ran: deque[Any] = deque(maxlen=LAST_CALLS)
        self.sentence = ""
        self._trainer = trainer
        self._unit = unit
        self._batches = batches
        self._pace = pace
        self._told = 1 if told else 0
        self._calls = len(trainer.calls())

    @property
    def done(self) -> bool:
        """Whether all units have been walked, or a number is not finite any more."""
        return self.left <= 0 or self._trainer.diverged is not None

    def go(self, budget: float, timer: Timer) -> None:
        """Walk for about ``budget`` seconds, at least one slice."""
        start = timer()
        while not self.done:
            self._slice(budget - (timer() - start), timer)
            if timer() - start >= budget:
                break

    def _slice(self, budget: float, timer: Timer) -> None:
        """One call into the engine."""
        if self._unit in {"op", "layer"}:
            self._note(self._trainer.step(self._unit))
            self.left -= 1
            return
        steps = self._whole_steps()
        if steps > 0 and self._trainer.position.op == 0:
            self._run(min(steps, self._pace.chunk(budget)), timer)
        else:
            self._note(self._trainer.step("batch"))
            self._count_boundary(1)

    def _whole_steps(self) -> int:
        """Steps that may be run fast; the last one is walked if it is to be told."""
        if self._unit == "batch":
            return self.left - self._told
        to_boundary: int = self._batches - self._trainer.position.batch
        return to_boundary + (self.left - 1) * self._batches - self._told

    def _run(self, steps: int, timer: Timer) -> None:
        if self._unit == "epoch":
            steps = min(steps, self._batches - self._trainer.position.batch)
        start = timer()
        ran = self._trainer.run(steps)
        self._pace.note(ran, timer() - start)
        self.count_run += ran * self._calls
        self._count_boundary(ran)

    def _count_boundary(self, steps: int) -> None:
        position = self._trainer.position
        if self._unit == "batch":
            self.left -= steps
        elif position.op == 0 and position.batch == 0:
            self.left -= 1

    def _note(self, moved: Any) -> None:
        self.ran.extend(moved.ran)
        self.count_run += moved.count_run
        self.sentence = moved.sentence
