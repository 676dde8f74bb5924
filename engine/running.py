"""Running calls and whole steps, with a clock beside it and an eye on numbers that are not finite."""

import time
from collections.abc import Callable, Sequence
from math import isfinite

import numpy as np

from engine.arrays import Array
from engine.divergence import is_finite
from engine.plan import Call
from engine.trainer import Trainer, TrainerState

Clock = Callable[[], float]
CLOCK: Clock = time.thread_time

#: Operations that may make an infinity out of finite numbers.
CAN_OVERFLOW = frozenset(
    {"dense", "matmul", "add", "dropout", "multiply", "recur", "attend", "attention_scores"}
    | {"conv2d", "correlate2d", "conv1d", "correlate1d"}
)
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
        self._watched: dict[int, tuple[tuple[Array, Array], ...]] = {}

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
        """The fast path: after each step a cheap look at a few products, which are finite only if every number is.

        A product may also overflow where its numbers are finite: then the calls of that step run once more, and tell.
        """
        trainer, dot = self.trainer, np.dot
        run = trainer.run_step
        for _ in range(count):
            rows = trainer.rows
            run()
            for left, right in self._watched.get(rows) or self._watch(rows):
                if not isfinite(dot(left, right)):
                    return False
        return True

    def _watch(self, rows: int) -> tuple[tuple[Array, Array], ...]:
        """Pairs of vectors whose product no infinity and no NaN of a step escapes.

        From a gradient they reach the flat gradients: a rule multiplies, and 0 · ∞ is NaN. Values that a later rule
        may swallow (tanh of ∞ is 1), losses and the optimizer's slots (a number / √∞ is 0) are looked at themselves.
        """
        trainer, plan = self.trainer, self.trainer.plan
        bound, nodes = plan.bind(rows), trainer.graph.nodes.values()
        values = [plan.values[name] for name in ("loss", "penalty") if name in plan.values]
        values += [bound.values[node.name] for node in nodes if node.op in CAN_OVERFLOW and not node.block]
        blocks = dict.fromkeys(node.block for node in nodes if node.op in CAN_OVERFLOW and node.block)
        values += [bound.blocks[block] for block in blocks]  # the time steps of a recurrence in one look
        alone = [array.reshape(-1) for array in (*values, *trainer.slots.values())]
        self._watched[rows] = ((plan.params, plan.grads), *((vector, vector) for vector in alone))
        return self._watched[rows]

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
            if not all(is_finite(array) for array in (call.out, *call.also)):
                broken = call
                break
        self.elapsed += self._clock() - started
        return ran, broken
