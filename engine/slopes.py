"""What a gradient says of the loss beside what is measured: along one weight, and for the optimizer's own step.

First order: ΔL ≈ g·Δw, with g from the buffers of the step that is shown. Measured: L(w + Δw) - L(w), in float64, on
the same batch with the same masks and the parameters as the forward pass used them. L is loss + penalty.
"""

from dataclasses import dataclass

import numpy as np

from engine.arrays import Array
from engine.editing import Index
from engine.errors import LimitExceeded, SpecError, UnknownName
from engine.numbers import Numbers
from engine.whatif import check_index, check_minimum, rehearse
from engine.words import say

#: Points of a slice at most, and the least that a slice goes to either side.
MOST_POINTS, LEAST_REACH = 101, 0.1


@dataclass(frozen=True)
class Moved:
    """A move, and what comes of it.

    Args:
        by: how far; None for the move of all parameters together.
        predicted: to first order; None where the gradient is not computed.
        measured: what the loss really changes by.
    """

    by: float | None
    predicted: float | None
    measured: float


@dataclass(frozen=True)
class Slice:
    """The loss along one weight, at evenly spaced values of it; ``tangent`` is None without a gradient."""

    values: tuple[float, ...]
    losses: tuple[float, ...]
    tangent: tuple[float, ...] | None


@dataclass(frozen=True)
class EffectReport:
    """The answer.

    Args:
        parameter: whose entry it is.
        index: of the entry.
        value: as the forward pass used it.
        present: as it is now; another one once the update has run.
        gradient: of what is minimised; None where it is not computed.
        reason: why not; None if it is.
        minimised: loss and penalty at ``value``.
        nudge: the move that was asked for.
        delta: the optimizer's own for this entry alone; None before it is computed.
        step: its move of all parameters together.
        slice: None if no points were asked for.
    """

    parameter: str
    index: Index
    value: float
    present: float
    gradient: float | None
    reason: str | None
    minimised: float
    nudge: Moved
    delta: Moved | None
    step: Moved | None
    slice: Slice | None


class Effect:
    """The report, as it grows: one forward pass after the other.

    Args:
        here: where the session stands; what is needed of it is copied.
        batch_rows: of the step that is shown.
        parameter: whose entry.
        index: which one.
        nudge: Δw.
        points: of the slice; 0 for none. An odd number, so that the middle one is w itself.
        reach: how far the slice goes to either side; what suits the weight if None.

    Raises:
        UnknownName, ShapeMismatch, SpecError, LimitExceeded: there is no such entry, or it cannot move there.
    """

    def __init__(
        self,
        here: Numbers,
        batch_rows: Array,
        parameter: str,
        index: Index,
        nudge: float = 0.01,
        points: int = 0,
        reach: float | None = None,
    ) -> None:
        graph = here.graph
        if parameter not in graph.parameters:
            raise UnknownName("parameter", parameter, graph.parameters, ("parameter",))
        check_index(parameter, index, graph.parameters[parameter].shape, ("index",))
        if points > MOST_POINTS:
            raise LimitExceeded("points of a slice", MOST_POINTS, points, ("points",))
        if points and points % 2 == 0:
            raise SpecError(
                say(
                    "a slice has an odd number of points, its middle is the weight itself; not {points}", points=points
                ),
                ("points",),
            )
        gradient, delta = here.gradient(parameter), here.delta(parameter)
        self._parameter, self._index, self._nudge = parameter, index, nudge
        self._present = float(here.current(parameter)[index])
        self._gradient = None if gradient is None else float(gradient[index])
        self._reason = here.reason(parameter, "gradient") or None
        self._rehearsal = rehearse(here, batch_rows)
        self._weights = self._rehearsal.parameters[parameter]
        self._value = float(self._weights[index])
        check_minimum(graph, parameter, self._value + nudge, ("step",))
        # a running statistic follows the batch: its delta is no step downhill
        self._delta = None if delta is None or parameter not in graph.learned else float(delta[index])
        self._whole = _whole_step(here) if self._delta is not None else None
        self._base = self._minimised()
        self._losses: list[float] = []
        low = graph.parameters[parameter].minimum
        self._places = _places(self._value, reach or self._usual_reach(), points, -np.inf if low is None else low)

    @property
    def done(self) -> bool:
        """Whether the slice is whole."""
        return len(self._losses) == len(self._places)

    def go_on(self) -> None:
        """One more point."""
        self._losses.append(self._at(self._places[len(self._losses)]))

    def report(self) -> EffectReport:
        """The answer."""
        return EffectReport(
            parameter=self._parameter,
            index=self._index,
            value=self._value,
            present=self._present,
            gradient=self._gradient,
            reason=self._reason,
            minimised=self._base,
            nudge=self._moved(self._nudge),
            delta=None if self._delta is None else self._moved(self._delta),
            step=self._whole_moved(),
            slice=self._slice() if self._places else None,
        )

    def _slice(self) -> Slice:
        tangent = None
        if self._gradient is not None:
            tangent = tuple(self._base + self._gradient * (place - self._value) for place in self._places)
        return Slice(tuple(self._places), tuple(self._losses), tangent)

    def _moved(self, by: float) -> Moved:
        predicted = None if self._gradient is None else self._gradient * by
        return Moved(by, predicted, self._at(self._value + by) - self._base)

    def _whole_moved(self) -> Moved | None:
        """Of the update of all that is learned."""
        if self._whole is None:
            return None
        delta, predicted = self._whole
        params, learned = self._rehearsal.params, slice(0, len(delta))
        kept = params[learned].copy()
        np.add(params[learned], delta, params[learned])
        measured = self._minimised() - self._base
        params[learned] = kept
        return Moved(None, predicted, measured)

    def _at(self, value: float) -> float:
        """The loss with the weight at this value; the weight is put back."""
        self._weights[self._index] = value
        loss = self._minimised()
        self._weights[self._index] = self._value
        return loss

    def _minimised(self) -> float:
        found = self._rehearsal.run().minimised
        assert found is not None
        return found

    def _usual_reach(self) -> float:
        """So far that 0, the weights beside it and the optimizer's step lie within."""
        spread = float(np.sqrt(np.mean(np.square(self._weights))))
        found = max(abs(self._value), spread, 4 * abs(self._delta or 0.0), LEAST_REACH)
        return found if np.isfinite(found) else LEAST_REACH


def _whole_step(here: Numbers) -> tuple[Array, float]:
    """The optimizer's deltas of all that is learned (a copy), and g·Δ summed over them, both in float64."""
    plan, count = here.network.trainer.plan, here.graph.parameter_count
    delta, grads = plan.delta[:count].astype(np.float64), plan.grads[:count].astype(np.float64)
    return delta, float(delta @ grads)


def _places(value: float, reach: float, points: int, low: float) -> list[float]:
    if not points:
        return []
    half = points // 2
    return [max(low, value + reach * (n - half) / half) if half else value for n in range(points)]
