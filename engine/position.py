"""Where a session stands, and what there is to say about a move.

A step is a list of ``total`` calls. Between two calls the cursor has **shown** a step of which it has **ran** so many
calls; whatever those calls wrote is computed, nothing else is. Two pairs mean the beginning of step n:

- (n-1, total): step n-1 is finished and its numbers are shown;
- (n, 0): nothing is shown, because training begins here, or because something was changed by hand.

The position on the wire is the next call: {step, op}, with op 0 for both.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

from engine.plan import CallInfo, Phase

Unit = Literal["op", "layer", "batch", "epoch"]
UNITS: tuple[Unit, ...] = ("op", "layer", "batch", "epoch")


@dataclass(frozen=True, order=True)
class Mark:
    """Which step is shown and how many of its calls have run."""

    shown: int
    ran: int


@dataclass(frozen=True)
class Position:
    """The next call: the step it belongs to, its phase, its number in the step; epoch and batch of that step."""

    step: int
    phase: Phase
    op: int
    epoch: int
    batch: int

    def as_dict(self) -> dict[str, Any]:
        """JSON-able."""
        return asdict(self)


@dataclass(frozen=True)
class Diverged:
    """Training made a number that is not finite.

    Args:
        position: right after the call that made it.
        call: that call.
        node: what it wrote.
        reason: what happened and why it usually does, with this network's numbers.
        advice: what to change.
    """

    position: Position
    call: CallInfo
    node: str
    reason: str
    advice: str

    def as_dict(self) -> dict[str, Any]:
        """JSON-able."""
        return asdict(self)


@dataclass(frozen=True)
class Moved:
    """The answer to a move.

    Args:
        position: where the cursor stands now.
        ran: the calls that ran, the last 64 of them; nothing ran on the way back.
        count_run: how many calls ran.
        sentence: what happened, in words and numbers.
        diverged: set if the move met a number that is not finite.
    """

    position: Position
    ran: list[CallInfo]
    count_run: int
    sentence: str
    diverged: Diverged | None = None


def layer_bounds(calls: Sequence[CallInfo]) -> list[int]:
    """Numbers of the calls at which phase or layer change; 0 is one of them."""
    keys = [(call.phase, call.layer) for call in calls]
    return [0, *(n for n in range(1, len(keys)) if keys[n] != keys[n - 1])]


def moved(step: int, op: int, bounds: Sequence[int], count: int) -> tuple[int, int]:
    """(step, op) after ``count`` boundaries forward, or back if it is negative.

    Args:
        step: from here
        op: … and from this call.
        bounds: numbers of the calls that are boundaries within a step, in order, the first is 0.
        count: not 0.
    """
    place = bisect_right(bounds, op) - 1 if count > 0 else bisect_left(bounds, op)
    steps, index = divmod(place + count, len(bounds))
    return step + steps, bounds[index]


def epochs_moved(position: Position, batches: int, count: int) -> int:
    """The step at which that many epochs from here begin."""
    start = position.step - position.batch
    on_boundary = position.batch == 0 and position.op == 0
    return start + batches * (count if count > 0 or on_boundary else count + 1)
