"""A gradient check in slices, one parameter each, so that no session keeps its shard to itself."""

from typing import Any

from app.protocol.commands import Gradcheck
from app.shards.data import data
from app.shards.trainer import Trainer
from app.shards.walk import Timer

#: What one parameter's entries may take together, about. Each entry takes some forward passes: less than two steps.
SECONDS = 0.25
STEPS_PER_ENTRY = 2


class Check:
    """One report, as it grows.

    The first parameter is checked at once, so that what cannot be checked is refused at once.

    Args:
        trainer: whose gradients are checked; it must not move meanwhile.
        command: which, and how many entries of each; fewer where they would take too long.

    Raises:
        EngineError: there is no such parameter or entry, or nothing is computed.
    """

    def __init__(self, trainer: Trainer, command: Gradcheck) -> None:
        self._trainer = trainer
        self._index = command.index
        self._waiting = [command.parameter] if command.parameter else list(trainer.network.graph.learned)
        affordable = int(SECONDS / (STEPS_PER_ENTRY * trainer.network.estimated_seconds(1)))
        self._most = max(1, min(command.max_entries, affordable))
        self.report: dict[str, Any] = {"passed": True, "max_relative_error": 0.0, "parameters": {}}
        self._slice()

    @property
    def done(self) -> bool:
        """Whether all are checked."""
        return not self._waiting

    def go(self, budget: float, timer: Timer) -> None:
        """Check for about ``budget`` seconds, at least one parameter."""
        start = timer()
        while self._waiting:
            self._slice()
            if timer() - start >= budget:
                break

    def _slice(self) -> None:
        report = data(self._trainer.gradcheck(self._waiting.pop(0), self._index, self._most))
        self.report = {
            **report,
            "passed": self.report["passed"] and report["passed"],
            "max_relative_error": max(self.report["max_relative_error"], report["max_relative_error"]),
            "parameters": self.report["parameters"] | report["parameters"],
        }
