"""Which learning rate? A short training on a copy while the rate grows exponentially, and the loss at each rate.

rate_k = low · (high / low)^(k / (steps - 1)), one step at each (the range test of Smith 2015, "Cyclical learning rates
for training neural networks", arXiv:1506.01186; swept exponentially and smoothed as in Gugger 2018). Too small a rate
changes nothing, a good one lets the loss fall fastest, too large a one makes it explode: there the sweep ends.
Nothing of the session is touched, and the same seed gives the same curve.
"""

from dataclasses import dataclass

import numpy as np

from engine.arrays import Array
from engine.errors import LimitExceeded, SpecError
from engine.network import Network
from engine.trainer import Trainer, TrainerState
from engine.words import say

#: A smoothed loss that is so many times the smallest one has exploded.
EXPLODED = 4.0
#: A loss that has fallen by less than this part of what it was has not fallen.
LEAST_FALL = 0.02
#: What a sweep may take, as estimated, on a slow machine.
MOST_SECONDS = 60.0
#: Where the loss is smallest the rate is on the verge of too large: an order of magnitude below is safe.
BELOW = 10.0


@dataclass(frozen=True)
class Wish:
    """From which rate to which, in so many steps; ``smoothing`` is the weight of the past in the moving mean."""

    low: float = 1e-6
    high: float = 10.0
    steps: int = 100
    smoothing: float = 0.8


@dataclass(frozen=True)
class Swept:
    """What has come of it.

    Args:
        rates: (n,) that were tried, ascending.
        losses: (n,) of the batch, before the step at that rate; NaN where it is not finite.
        smoothed: (n,) the same as a moving mean, its beginning corrected.
        exploded: whether it was ended because the loss grew, or was no longer finite.
        steepest: the rate at which the smoothed loss falls fastest; None if it never falls.
        smallest: the rate at which the smoothed loss is smallest; None likewise.
        suggestion: the smaller of ``steepest`` and a tenth of ``smallest``, in one digit: no more is known.
        present: the learning rate as it is set.
    """

    rates: Array
    losses: Array
    smoothed: Array
    exploded: bool
    steepest: float | None
    smallest: float | None
    suggestion: float | None
    present: float


class SweepTrainer(Trainer):
    """A trainer whose learning rate is what it is told."""

    rate = 0.0

    def learning_rate(self, step: int | None = None) -> float:
        """The same at every step; schedules do not matter."""
        return self.rate


class Sweep:
    """One sweep on a copy; each ``go_on`` is a training step.

    Args:
        network: what is trained; it is only read.
        state: what the copy begins with.
        optimizer_start: the step at which the optimizer's slots began.
        wish: which rates.

    Raises:
        SpecError: the rates make no range. LimitExceeded: it would take too long.
    """

    def __init__(self, network: Network, state: TrainerState, optimizer_start: int, wish: Wish) -> None:
        if not wish.low < wish.high:
            raise SpecError(
                say("rates go from low to high, but {low:g} is not below {high:g}", low=wish.low, high=wish.high),
                ("high",),
            )
        most = int(MOST_SECONDS / network.estimated_seconds(1))
        if wish.steps > most:
            raise LimitExceeded("steps of a sweep of this network", most, wish.steps, ("steps",))
        self._wish = wish
        self._present = network.spec.optimizer.learning_rate
        self._trainer = SweepTrainer(network.spec, network.graph, network.inputs["train"], network.targets["train"])
        self._trainer.restore(state)
        self._trainer.optimizer_start = optimizer_start
        self._all = np.geomspace(wish.low, wish.high, wish.steps)
        self._losses: list[float] = []
        self._smoothed: list[float] = []
        self._mean = 0.0
        self._exploded = False

    @property
    def done(self) -> bool:
        """Whether all rates are tried, or the loss has exploded."""
        return self._exploded or len(self._losses) == len(self._all)

    @np.errstate(all="ignore")
    def go_on(self) -> None:
        """One step at the next rate."""
        trainer, past = self._trainer, self._wish.smoothing
        trainer.rate = float(self._all[len(self._losses)])
        bound = trainer.bound
        trainer.run_step()
        loss = float(bound.values["loss"])
        self._losses.append(loss)
        self._mean = past * self._mean + (1 - past) * loss
        self._smoothed.append(self._mean / (1 - past ** len(self._losses)))
        self._exploded = not np.isfinite(loss) or self._smoothed[-1] > EXPLODED * min(self._smoothed)

    def report(self) -> Swept:
        """What has been found so far."""
        count = len(self._losses)
        rates, losses, smoothed = self._all[:count], np.array(self._losses), np.array(self._smoothed)
        finite = np.isfinite(losses)
        steepest, smallest = _places(np.log(rates[finite]), smoothed[finite])
        rate = (None, None) if smallest is None else (float(rates[steepest]), float(rates[smallest]))
        return Swept(
            rates=rates,
            losses=np.where(finite, losses, np.nan),
            smoothed=np.where(finite, smoothed, np.nan),
            exploded=self._exploded,
            steepest=rate[0],
            smallest=rate[1],
            suggestion=None if rate[0] is None or rate[1] is None else _in_one_digit(min(rate[0], rate[1] / BELOW)),
            present=self._present,
        )


def _places(logs: Array, smoothed: Array) -> tuple[int, int] | tuple[int, None]:
    """Where the loss falls fastest over log(rate), before it is smallest; and where that is, None if it never falls."""
    smallest = int(smoothed.argmin()) if len(smoothed) else 0
    if smallest < 2 or smoothed[smallest] > (1 - LEAST_FALL) * smoothed[0]:
        return 0, None
    slopes = np.gradient(smoothed, logs)[: smallest + 1]
    return int(slopes.argmin()), smallest


def _in_one_digit(rate: float) -> float:
    """0.0123 -> 0.01"""
    return float(f"{rate:.0e}")
