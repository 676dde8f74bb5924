"""Backpropagation's gradients beside finite differences: d = (L(w + h) - L(w - h)) / 2h, in float64.

The check builds its own float64 plan of the same graph with the same parameters, batch and dropout masks, so it
disturbs nothing. The relative error is |analytic - numeric| / max(|analytic|, |numeric|, floor), the floor being what
the rounding of the loss alone does to a difference quotient. Where a unit sits on a kink (the corner of a ReLU), the
two sides differ and the report says so.
"""

import math
from collections.abc import Callable, Iterator, Mapping

import numpy as np
from pydantic import BaseModel, ConfigDict

from engine.arrays import Array
from engine.errors import ShapeMismatch, SpecError, UnknownName
from engine.graph import Graph
from engine.plan import Bound, Plan
from engine.words import say

#: Near the cube root of float64's epsilon: truncation and rounding errors are about equal there.
STEP = 6e-6
#: Of the five-point formula, whose truncation error falls with the fourth power.
WIDE_STEP = 1e-3
#: Below this relative error backpropagation and finite differences agree.
TOLERANCE = 1e-6


class EntryCheck(BaseModel):
    """One parameter entry's gradient, twice."""

    model_config = ConfigDict(frozen=True)

    index: tuple[int, ...]
    analytic: float
    numeric: float
    relative_error: float
    kink: bool


class ParameterCheck(BaseModel):
    """One parameter: the checked entries side by side (in the order of ``indices``), and the worst of them."""

    model_config = ConfigDict(frozen=True)

    indices: tuple[tuple[int, ...], ...]
    analytic: tuple[float, ...]
    numeric: tuple[float, ...]
    relative_error: float
    kinks: int
    checked: int
    size: int


class GradcheckReport(BaseModel):
    """Every checked parameter; ``passed`` where all entries off kinks agree within ``tolerance``.

    ``at_step`` is the step whose batch and parameters (as its forward pass used them) these are; None for a batch of
    no training.
    """

    model_config = ConfigDict(frozen=True)

    max_relative_error: float
    tolerance: float
    passed: bool
    rows: int
    step: float
    at_step: int | None = None
    parameters: dict[str, ParameterCheck]


def gradcheck(
    graph: Graph,
    values: Mapping[str, Array],
    params: Array,
    *,
    parameter: str | None = None,
    index: tuple[int, ...] | None = None,
    max_entries: int = 100,
) -> GradcheckReport:
    """Check the gradients of a network on a batch.

    Args:
        graph: the network.
        values: ``<input>``, ``target`` and the dropout masks of the batch, (N, …) each.
        params: the flat parameters at which to check.
        parameter: the one to check; all if left out.
        index: one entry of it.
        max_entries: of a larger parameter so many are checked, evenly spread.

    Raises:
        UnknownName: if there is no such parameter.
        ShapeMismatch: if the index does not fit it.
        SpecError: if a layer truncates its gradient, which then is none to compare with.
    """
    names = _chosen(graph, parameter, index)
    _check_whole(graph)
    check = _Check(graph, values, params)
    reports = {name: check.parameter(name, index, max_entries) for name in names}
    worst = max((report.relative_error for report in reports.values()), default=0.0)
    return GradcheckReport(
        max_relative_error=worst,
        tolerance=TOLERANCE,
        passed=worst < TOLERANCE,
        rows=check.rows,
        step=STEP,
        parameters=reports,
    )


def _check_whole(graph: Graph) -> None:
    """A difference quotient knows nothing of a gradient that is cut off on purpose."""
    cut = next((node.layer for node in graph.nodes.values() if node.cuts), None)
    if cut is not None:
        steps = getattr(graph.layers[cut].spec, "truncate", None)
        raise SpecError(
            say(
                'layer "{cut}" lets its gradient go back {steps} time steps only (truncate), so it is not the slope '
                "that finite differences measure: leave truncate out to check it",
                cut=cut,
                steps=steps,
            ),
            ("parameter",),
        )


def _chosen(graph: Graph, parameter: str | None, index: tuple[int, ...] | None) -> tuple[str, ...]:
    if parameter is None:
        return tuple(graph.learned)
    if parameter in graph.parameters and parameter not in graph.learned:
        raise SpecError(
            say("{parameter} is frozen or a running statistic: it has no gradient", parameter=parameter), ("parameter",)
        )
    if parameter not in graph.parameters:
        raise UnknownName("parameter", parameter, graph.parameters, ("parameter",))
    shape = graph.parameters[parameter].shape
    if index is not None and (
        len(index) != len(shape) or any(not 0 <= i < n for i, n in zip(index, shape, strict=True))
    ):
        raise ShapeMismatch(
            say('index of "{parameter}" (each below its size)', parameter=parameter), shape, index, ("index",)
        )
    return (parameter,)


class _Check:
    """A float64 plan that stands on the batch, with its analytic gradients computed."""

    def __init__(self, graph: Graph, values: Mapping[str, Array], params: Array) -> None:
        self.rows = len(values[graph.input])
        self._plan = Plan(graph, self.rows, "float64", purpose="check")
        np.copyto(self._plan.params, params)
        self._bound: Bound = self._plan.bind(self.rows)
        for name, value in values.items():
            np.copyto(self._bound.values[name], value)
        loss = self._loss()
        for call in self._bound.backward:
            call.run()
        # what the rounding of the loss alone puts into a difference quotient, seen through the tolerance
        self._floor = 8 * float(np.finfo(np.float64).eps) * max(abs(loss), 1.0) / WIDE_STEP / TOLERANCE

    def parameter(self, name: str, index: tuple[int, ...] | None, most: int) -> ParameterCheck:
        """Check one parameter."""
        shape = self._plan.graph.parameters[name].shape
        size = math.prod(shape)
        flat = np.unique(np.linspace(0, size - 1, min(most, size)).astype(int))
        places = [index] if index is not None else [tuple(int(i) for i in np.unravel_index(k, shape)) for k in flat]
        entries = [self._entry(name, place) for place in places]
        return ParameterCheck(
            indices=tuple(entry.index for entry in entries),
            analytic=tuple(entry.analytic for entry in entries),
            numeric=tuple(entry.numeric for entry in entries),
            relative_error=max((entry.relative_error for entry in entries if not entry.kink), default=0.0),
            kinks=sum(entry.kink for entry in entries),
            checked=len(entries),
            size=size,
        )

    def _entry(self, name: str, index: tuple[int, ...]) -> EntryCheck:
        weights = self._plan.parameters[name]
        analytic, here = float(self._plan.parameter_gradients[name][index]), float(weights[index])

        def loss(offset: float) -> float:
            weights[index] = here + offset
            return self._loss()

        numeric, error = min(
            ((slope, self._error(analytic, slope)) for slope in _slopes(loss, max(1.0, abs(here)))),
            key=lambda pair: pair[1],
        )
        kink = error >= TOLERANCE and self._is_kink(loss, analytic)
        weights[index] = here
        return EntryCheck(index=index, analytic=analytic, numeric=numeric, relative_error=error, kink=kink)

    def _error(self, analytic: float, numeric: float) -> float:
        """Infinite where either is no finite number: such a gradient never passes, and no maximum loses it."""
        if not (math.isfinite(analytic) and math.isfinite(numeric)):
            return math.inf
        return abs(analytic - numeric) / max(abs(analytic), abs(numeric), self._floor)

    def _is_kink(self, loss: Callable[[float], float], analytic: float) -> bool:
        """The one-sided differences disagree, and the analytic gradient lies at or between them."""
        right, left = (loss(STEP) - loss(0.0)) / STEP, (loss(0.0) - loss(-STEP)) / STEP
        low, high = min(left, right), max(left, right)
        slack = 1e-4 * max(abs(low), abs(high), self._floor)
        return high - low > 10 * slack and low - slack <= analytic <= high + slack

    def _loss(self) -> float:
        for call in (*self._bound.forward, *self._bound.loss):
            call.run()
        values = self._bound.values
        return float(values["loss"]) + (float(values["penalty"]) if "penalty" in values else 0.0)


def _slopes(loss: Callable[[float], float], scale: float) -> Iterator[float]:
    """Central difference; and, with a wider step, the five-point formula, which a tiny gradient needs.

    (-L(2h) + 8 L(h) - 8 L(-h) + L(-2h)) / 12 h: Abramowitz & Stegun, 25.3.6.
    """
    h = STEP * scale
    yield (loss(h) - loss(-h)) / (2 * h)
    h = WIDE_STEP * scale
    yield (8 * (loss(h) - loss(-h)) - (loss(2 * h) - loss(-2 * h))) / (12 * h)
