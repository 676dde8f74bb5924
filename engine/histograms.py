"""How the weights are spread, and how the updates are, over time: a histogram of each parameter at some steps.

Weights: 32 bins of one width over [-reach, reach), where reach is a power of two. When weights outgrow it, it doubles,
and two old bins make a new one: counts stay exact, and those of all steps can be shown on one axis.
Updates shrink by orders of magnitude, so their bins are half decades of |delta|, from 1e-8 to 1, on each side of 0.
Points are due at multiples of a stride that doubles when there are too many, as in ``history``.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt

from engine.arrays import Array
from engine.errors import UnknownName
from engine.graph import Graph
from engine.limits import arithmetic
from engine.numbers import Numbers

BINS, LIMIT = 32, 64
#: So many parameters are shown if none is named, and at most.
MOST_SHOWN = 16
HALF = BINS // 2
#: Of all parameters together so many entries are counted, each parameter's evenly spaced, where there are more.
MOST_ENTRIES = 65_536
#: What counting an entry costs, in floating-point operations; what a point costs beside that is not worth a word.
ENTRY_FLOPS = 60
#: What a step costs at least.
LEAST_STEP_FLOPS = 2e4
#: log10 of the smallest |delta| that is told from the smaller ones, and bins in a decade.
SMALLEST, PER_DECADE = -8, 2
#: 2 to this power is the smallest reach.
LEAST_EXPONENT = -10

Counts = npt.NDArray[np.uint32]


@dataclass(frozen=True)
class Spread:
    """One quantity of every parameter at one step.

    Args:
        counts: (parameters, BINS); exact zeros of updates are in no bin.
        reach: (parameters,) of weights: the bins go from -reach to reach; of updates 1.
        figures: (parameters, 5) mean, standard deviation, smallest, largest, share of exact zeros.
    """

    counts: Counts
    reach: Array
    figures: Array


@dataclass(frozen=True)
class Point:
    """All parameters at the beginning of ``step``; updates are those that led here, None where none did."""

    step: int
    names: tuple[str, ...]
    weights: Spread
    updates: Spread | None


@dataclass(frozen=True)
class Strip:
    """One quantity of one parameter over time.

    Args:
        steps: (points,).
        reach: the bins go from -reach to reach; of updates 1, in half decades.
        counts: (points, BINS).
        figures: (points, 5) mean, standard deviation, smallest, largest, share of exact zeros.
    """

    steps: tuple[int, ...]
    reach: float
    counts: Counts
    figures: Array


@dataclass(frozen=True)
class ParameterStrips:
    """Both of one parameter.

    Args:
        entries: how many numbers it has.
        counted: how many of them are counted: all, or evenly spaced ones.
        weights: over time.
        updates: over time; no point where nothing led there by an update.
    """

    entries: int
    counted: int
    weights: Strip
    updates: Strip


@dataclass(frozen=True)
class HistogramsView:
    """What was asked for; the last point is the present one.

    Args:
        parameters: by name.
        names: of all that there are.
        smallest: the smallest bin of updates holds what is below this.
    """

    parameters: dict[str, ParameterStrips]
    names: tuple[str, ...]
    smallest: float


class Counter:
    """Counts the entries of one graph's learned parameters, all of them in one go.

    Args:
        graph: whose parameters.
    """

    def __init__(self, graph: Graph) -> None:
        sizes = [int(np.prod(entry.shape, dtype=np.intp)) for entry in graph.learned.values()]
        self.names = tuple(graph.learned)
        self.sizes = tuple(sizes)
        most = max(1, MOST_ENTRIES // max(1, len(sizes)))
        self.counted = tuple(min(size, most) for size in sizes)
        starts = np.cumsum([0, *sizes])[:-1]
        every = [start + _spaced(size, n) for start, size, n in zip(starts, sizes, self.counted, strict=True)]
        self._picked = None if self.counted == tuple(sizes) else np.concatenate(every)
        self._size = sum(sizes)
        self._owner = np.repeat(np.arange(len(sizes)) * BINS, self.counted)
        self._starts = np.cumsum([0, *self.counted])[:-1]
        self._lengths = np.array(self.counted)

    @property
    def flops(self) -> float:
        """What a point costs, about."""
        return ENTRY_FLOPS * float(self._lengths.sum())

    def weights(self, flat: Array) -> Spread:
        """Of a flat vector of parameters."""
        values = self._entries(flat)
        largest = np.maximum.reduceat(np.abs(values), self._starts)
        exponents = np.where(largest == 0, LEAST_EXPONENT, np.frexp(largest)[1])  # largest < 2^exponent
        reach = np.exp2(np.maximum(LEAST_EXPONENT, exponents).astype(np.float64))
        places = HALF + np.floor(values * np.repeat(HALF / reach, self._lengths)).astype(np.intp)
        return Spread(self._count(self._owner + places), reach, self._figures(values))

    def updates(self, flat: Array) -> Spread:
        """Of a flat vector of deltas."""
        values = self._entries(flat)
        moved = values != 0
        some = values[moved]
        decades = np.floor(PER_DECADE * (np.log10(np.abs(some)) - SMALLEST)).astype(np.intp)
        away = np.clip(decades, 0, HALF - 1)
        places = np.where(some > 0, HALF + away, HALF - 1 - away)
        return Spread(self._count(self._owner[moved] + places), np.ones(len(self.names)), self._figures(values))

    def _entries(self, flat: Array) -> Array:
        learned = flat[: self._size]
        return (learned if self._picked is None else learned[self._picked]).astype(np.float64)

    def _count(self, places: npt.NDArray[np.intp]) -> Counts:
        total = np.bincount(places, minlength=BINS * len(self.names))
        return total.reshape(len(self.names), BINS).astype(np.uint32)

    def _figures(self, values: Array) -> Array:
        """(parameters, 5)."""
        starts, n = self._starts, self._lengths
        mean = np.add.reduceat(values, starts) / n
        spread = np.add.reduceat((values - np.repeat(mean, n)) ** 2, starts) / n
        low, high = np.minimum.reduceat(values, starts), np.maximum.reduceat(values, starts)
        zeros = np.add.reduceat((values == 0).astype(float), starts) / n
        return np.stack([mean, np.sqrt(spread), low, high, zeros], axis=1)


@dataclass
class Histograms:
    """The points of one training."""

    counter: Counter
    stride: int = 1
    points: list[Point] = field(default_factory=list)

    def note(self, numbers: Numbers, step: int) -> None:
        """Add a point if one is due here."""
        if self.is_due(step) and (found := point(numbers, self.counter, step)):
            self.add(found)

    def copy(self) -> "Histograms":
        """One that does not grow with this one."""
        return replace(self, points=list(self.points))

    def is_due(self, step: int) -> bool:
        """Whether there should be a point here, and is none yet."""
        return step % self.stride == 0 and (not self.points or step > self.points[-1].step)

    def add(self, point: Point) -> None:
        """Add a point that was due; thin out if there are too many."""
        self.points.append(point)
        while len(self.points) > LIMIT:
            self.coarsen(2 * self.stride)

    def coarsen(self, stride: int) -> None:
        """Have points at no more steps than every multiple of this stride, a power of 2 like the other."""
        self.stride = max(self.stride, stride)
        self.points = [point for point in self.points if point.step % self.stride == 0]

    def forget_from(self, step: int) -> None:
        """Drop the points at and after ``step``: from there on it is another training."""
        self.points = [point for point in self.points if point.step < step]


def begin(graph: Graph, batch: int) -> Histograms:
    """Without points; its stride is such that counting takes no longer than the steps themselves."""
    counter, stride = Counter(graph), 1
    while stride * (LEAST_STEP_FLOPS + arithmetic(graph, batch)) < counter.flops:
        stride *= 2
    return Histograms(counter, stride)


@np.errstate(all="ignore")
def point(numbers: Numbers, counter: Counter, step: int) -> Point | None:
    """The present parameters, and the deltas that led to them if computed; None where a number is not finite."""
    plan = numbers.network.trainer.plan
    if not counter.names or not np.isfinite(np.dot(plan.params, plan.params)):
        return None
    moved = numbers.delta(counter.names[0]) is not None
    updates = counter.updates(plan.delta) if moved and np.isfinite(np.dot(plan.delta, plan.delta)) else None
    return Point(step, counter.names, counter.weights(plan.params), updates)


def histograms_view(held: Histograms, numbers: Numbers, names: Sequence[str]) -> HistogramsView:
    """These parameters (the first few, if none is named) at all points that are held, and now.

    Raises:
        UnknownName: there is no such parameter, or it is not learned.
    """
    counter, step = held.counter, numbers.network.trainer.step
    for name in names:
        if name not in counter.names:
            raise UnknownName("learned parameter", name, list(counter.names), ("parameters",))
    points = [past for past in held.points if past.step <= step]
    if not points or points[-1].step < step:
        present = point(numbers, counter, step)
        points += [present] if present else []
    return HistogramsView(
        {name: _view(points, counter, name) for name in names or counter.names[:MOST_SHOWN]},
        counter.names,
        10.0**SMALLEST,
    )


def _view(points: list[Point], counter: Counter, name: str) -> ParameterStrips:
    at = counter.names.index(name)
    return ParameterStrips(counter.sizes[at], counter.counted[at], *strips(points, name))


def strips(points: list[Point], name: str) -> tuple[Strip, Strip]:
    """The weights and the updates of one parameter at those points at which it was there."""
    known = [(one, one.names.index(name)) for one in points if name in one.names]
    weights = [(one.step, one.weights, at) for one, at in known]
    updates = [(one.step, one.updates, at) for one, at in known if one.updates is not None]
    return _strip(weights), _strip(updates)


def _strip(found: list[tuple[int, Spread, int]]) -> Strip:
    reach = max((float(spread.reach[at]) for _, spread, at in found), default=1.0)
    counts = [widened(spread.counts[at], float(spread.reach[at]), reach) for _, spread, at in found]
    return Strip(
        steps=tuple(step for step, _, _ in found),
        reach=reach,
        counts=np.array(counts, np.uint32).reshape(len(found), BINS),
        figures=np.array([spread.figures[at] for _, spread, at in found]).reshape(len(found), 5),
    )


def widened(counts: Counts, reach: float, wanted: float) -> Counts:
    """The same counts in bins that reach further: two make one, and the outer ones are empty."""
    while reach < wanted:
        inner = counts.reshape(HALF, 2).sum(axis=1, dtype=np.uint32)
        counts = np.pad(inner, (BINS - HALF) // 2)
        reach *= 2
    return counts


def _spaced(size: int, count: int) -> npt.NDArray[np.intp]:
    """So many of 0 … size - 1, evenly spaced."""
    return np.linspace(0, size - 1, count).astype(np.intp) if size else np.zeros(0, np.intp)
