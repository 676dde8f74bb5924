"""A session that runs on its own: which units are due when, and whether the goal is reached."""

from app.protocol.commands import Play, Unit
from app.shards.trainer import Trainer
from app.shards.walk import Pace, Timer, Walk
from engine.words import say

MANY = 10**9
#: Playing at a rate, a session that fell behind by more than this forgives itself the rest.
MOST_DEBT_SECONDS = 0.25


class Playing:
    """One run.

    Args:
        command: unit, rate, and when to stop.
        trainer: what runs.
        pace: what is known about the time of a step.
    """

    def __init__(self, command: Play, trainer: Trainer, pace: Pace) -> None:
        self.command = command
        self._trainer = trainer
        self._pace = pace
        self._walk: Walk | None = None
        self._started: float | None = None
        self._units = 0
        epochs = command.until.epochs if command.until else None
        self._last_epoch = None if epochs is None else trainer.position.epoch + epochs

    def due_in(self, now: float) -> float:
        """Seconds until there is something to compute."""
        if self._walk or self.command.rate is None or self._started is None:
            return 0.0
        return max(0.0, self._started + (self._units + 1) / self.command.rate - now)

    def forget_walk(self) -> None:
        """What was under way belongs to a network that is another one now."""
        self._walk = None

    def go(self, budget: float, timer: Timer) -> str | None:
        """Compute for about ``budget`` seconds; returns why it is to stop, or None if it goes on."""
        start = timer()
        while True:
            walk = self._walk or self._next_walk(timer())
            if walk is None:
                return None
            self._walk = walk
            walk.go(budget - (timer() - start), timer)
            if walk.done:
                self._walk = None
            if self._trainer.diverged is not None:
                return None
            reached = self._goal()
            if reached or timer() - start >= budget:
                return reached

    def _next_walk(self, now: float) -> Walk | None:
        units = self._units_due(now)
        if units <= 0:
            return None
        self._units += units
        told = self.command.rate is not None
        unit: Unit = self.command.unit
        if self.command.until and unit == "batch" and not told:
            unit = "epoch"  # where the goal is looked at
        return Walk(self._trainer, unit, units, batches=self._trainer.batches, pace=self._pace, told=told)

    def _units_due(self, now: float) -> int:
        rate = self.command.rate
        if rate is None:
            return 1 if self.command.until else MANY
        if self._started is None:
            self._started = now - 1 / rate
        due = int((now - self._started) * rate + 1e-6) - self._units
        most = max(1, int(MOST_DEBT_SECONDS * rate))
        if due > most:
            self._started += (due - most) / rate
            due = most
        return due

    def _goal(self) -> str | None:
        """Which condition holds, in words; only looked at where an epoch is complete."""
        until, position = self.command.until, self._trainer.position
        if until is None or position.op or position.batch:
            return None
        if self._last_epoch is not None and position.epoch >= self._last_epoch:
            return say("Stopped: {epochs} epochs are done.", epochs=until.epochs)
        if until.loss_below is None and until.accuracy_above is None:
            return None
        metrics = self._trainer.metrics()
        loss, accuracy = metrics.train_loss, metrics.train_accuracy
        if until.loss_below is not None and loss is not None and loss < until.loss_below:
            return say(
                "Stopped: the training loss {loss:.4g} is below {loss_below:g}.", loss=loss, loss_below=until.loss_below
            )
        if until.accuracy_above is not None and accuracy is not None and accuracy >= until.accuracy_above:
            return say("Stopped: {accuracy:.1%} of the training examples are right.", accuracy=accuracy)
        return None
