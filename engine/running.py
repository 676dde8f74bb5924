"""Running calls and whole steps, with a clock beside it and an eye on numbers that are not finite."""

import time
from collections.abc import Callable, Sequence
from math import isfinite

import numpy as np

from engine.divergence import is_finite
from engine.plan import Call
from engine.trainer import Trainer, TrainerState

Clock = Callable[[], float]
CLOCK: Clock = time.thread_time

#: Steps between two looks at the clock, at most; and what they should take, in seconds.
MOST_STEPS, STRETCH = 64, 0.0125


class Runner:
    """Runs a trainer and keeps count of the computing it took.

    Args:
        trainer: what to run.
        clock: seconds of computing.
    """

    def __init__(self, trainer: Trainer, clock: Clock) -> None:
        self.trainer = trainer
        self.elapsed = 0.0
        self._clock = clock
        self._stretch = 1

    def restore(self, state: TrainerState, elapsed: float) -> None:
        """Stand where this state was taken, after so many seconds."""
        self.trainer.restore(state)
        self.elapsed = elapsed

    def run_steps(self, most: int) -> bool:
        """Some steps in a row, at most this many, with one look at the clock. Whether all is finite."""
        step, started = self.trainer.step, self._clock()
        finite = self._run_plain(min(most, self._stretch))
        seconds = self._clock() - started
        self.elapsed += seconds
        fits = int(STRETCH * (self.trainer.step - step) / max(seconds, 1e-9))
        self._stretch = max(1, min(MOST_STEPS, 2 * self._stretch, fits))
        return finite

    def _run_plain(self, count: int) -> bool:
        """The fast path: after each step one cheap look at three numbers, to which any that is not finite spreads."""
        trainer, plan, dot = self.trainer, self.trainer.plan, np.dot
        run, params, grads, loss = trainer.run_step, plan.params, plan.grads, plan.values["loss"].item
        for _ in range(count):
            run()
            if not (isfinite(dot(params, grads)) and isfinite(loss())):
                return False
        return True

    def run_calls(self, calls: Sequence[Call]) -> tuple[int, Call | None]:
        """These calls one by one, with a look at each number written.

        Returns:
            How many ran, and the one that made a number that is not finite, which is the last; None if none did.
        """
        started = self._clock()
        ran, broken = 0, None
        for call in calls:
            call.run()
            ran += 1
            if not is_finite(call.out):
                broken = call
                break
        self.elapsed += self._clock() - started
        return ran, broken
