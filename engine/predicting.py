"""Each example by itself: what the network says to it, how sure it is, and the loss of that example alone.

The loss of an example is what the network's loss would be on a batch of this one example; where the loss is a mean over
examples, the mean of these is the loss that is reported. Evaluating goes in slices, so that others have their turn.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from engine.arrays import Array
from engine.datasets import Part, decode_tokens
from engine.graph import size
from engine.limits import forward_flops
from engine.metrics import judged_rows
from engine.network import Network
from engine.ops import OPS
from engine.plan import Bound
from engine.trying import says, shares_of

#: Floating-point operations of one slice: some milliseconds.
SLICE_FLOPS = 4e6
#: Of an example that is more numbers than this, the raw numbers are not handed out: it is too much to be looked at.
MOST_RAW = 4096

Order = Literal["loss", "sure", "example"]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Judged:
    """A part of the data, evaluated example by example; NaN and -1 stand for what there is not.

    Args:
        part: which.
        rows: (n,) which examples of it.
        losses: (n,) of each alone.
        targets: (n,) index of the class that is right.
        answers: (n,) index of the class that was answered.
        sure: (n,) probability of the answer.
        right: (n,); None for a regression.
        of: examples of the part altogether.
    """

    part: Part
    rows: npt.NDArray[np.intp]
    losses: Array
    targets: npt.NDArray[np.intp]
    answers: npt.NDArray[np.intp]
    sure: Array
    right: Flags | None
    of: int


@dataclass(frozen=True)
class Wish:
    """Which examples, in which order: the worst first, the surest first, or as they stand in the part."""

    order: Order = "loss"
    target: int | None = None
    answer: int | None = None
    wrong: bool = False
    offset: int = 0
    limit: int = 20


@dataclass(frozen=True)
class Prediction:
    """One example.

    Args:
        example: its number in the part.
        raw: as measured; None where that is too much, or a text.
        text: what its tokens say; None if its inputs are no tokens.
        target: what is right, in words.
        says: what the network says, in words.
        target_class: index of the class that is right; None without classes.
        answer_class: index of the class that was answered; None without classes.
        probability: of the answer; None where the outputs are no shares.
        loss: of this example alone; None where it is not finite.
        right: None for a regression.
    """

    example: int
    raw: Array | None
    text: str | None
    target: str
    says: str
    target_class: int | None
    answer_class: int | None
    probability: float | None
    loss: float | None
    right: bool | None


@dataclass(frozen=True)
class Page:
    """Some of the examples that were wished for.

    Args:
        part: of the data.
        classes: their names; empty where there are none that exclude each other.
        evaluated: examples that were evaluated: all, or evenly spaced ones of a large part.
        of: examples in the part.
        wrong: how many of the evaluated ones are answered wrongly; None for a regression.
        mean_loss: of the evaluated ones; None where it is not finite.
        matching: how many are as wished.
        offset: how many of these come before the page.
        rows: the page.
    """

    part: Part
    classes: tuple[str, ...]
    evaluated: int
    of: int
    wrong: int | None
    mean_loss: float | None
    matching: int
    offset: int
    rows: tuple[Prediction, ...]


class Judging:
    """Evaluates one part; each ``go_on`` is a slice.

    Args:
        network: as it stands; its weights are shared, so they must not move meanwhile.
        part: of the data.
    """

    def __init__(self, network: Network, part: Part) -> None:
        self._network = network
        self._part: Part = part
        self._rows = judged_rows(network, part)
        count = len(self._rows)
        self._losses, self._sure = np.full(count, np.nan), np.full(count, np.nan)
        self._targets, self._answers = np.full(count, -1, np.intp), np.full(count, -1, np.intp)
        self._right = np.zeros(count, np.bool_)
        self._slice = max(1, int(SLICE_FLOPS / max(1.0, forward_flops(network.graph))))
        self._next = 0

    @property
    def done(self) -> bool:
        """Whether all examples are evaluated."""
        return self._next >= len(self._rows)

    @np.errstate(all="ignore")
    def go_on(self) -> None:
        """Some more examples."""
        network, part, start = self._network, self._part, self._next
        rows = self._rows[start : start + self._slice]
        targets = network.targets[part][rows]
        bound = network.evaluator.peek(network.inputs[part][rows], targets)
        targets = targets[: bound.rows]
        here = slice(start, start + bound.rows)
        outputs = bound.values[network.graph.output]
        self._losses[here] = losses_of(network, bound)
        self._read(here, outputs, targets)
        votes = shares_of(network, outputs, bound.values[network.graph.scores])
        if votes is not None and self._answers[start] >= 0:
            self._sure[here] = votes[np.arange(bound.rows), self._answers[here]]
        self._next += bound.rows

    def _read(self, here: slice, outputs: Array, targets: Array) -> None:
        reading = self._network.reading
        classes, answers = reading.classes_of(targets), reading.classes_of(outputs)
        if classes is not None and answers is not None:
            self._targets[here], self._answers[here] = classes, answers
        truth = reading.read(targets)
        if truth is not None:
            self._right[here] = reading.all_right(outputs, truth)

    def report(self) -> Judged:
        """What has come of it."""
        right = None if self._network.reading.reads is None else self._right
        of = len(self._network.targets[self._part])
        return Judged(self._part, self._rows, self._losses, self._targets, self._answers, self._sure, right, of)


def losses_of(network: Network, bound: Bound) -> Array:
    """(n,): of each example alone; ``bound`` holds their values."""
    node = network.graph.nodes["loss"]
    additive = network.graph.loss_type.additive
    op = OPS[node.op or ""] if additive else OPS["mse"]  # one example's root of a mean of squares
    rule = getattr(op, "per_example", None)
    assert rule is not None
    values = [bound.values[name] for name in node.inputs]
    options = {**op.options, **node.options}
    scratch = [np.zeros(shape, values[0].dtype) for shape in op.scratch(*(value.shape for value in values), **options)]
    out = np.zeros(bound.rows, values[0].dtype)
    rule(out, *values, *scratch, **options)
    mask = bound.values.get("target.mask")
    if mask is not None:  # the batch's share of each example becomes the mean over its own time steps
        steps = mask.sum(axis=1)
        out *= (max(1.0, float(mask.sum())) / bound.rows) / np.maximum(steps, 1)
    return out if additive else np.asarray(np.sqrt(out))


def page(network: Network, judged: Judged, wish: Wish) -> Page:
    """The examples that are wished for, in their order, from ``offset`` on."""
    places = _sorted(judged, np.flatnonzero(_matching(judged, wish)), wish.order)
    shown = places[wish.offset : wish.offset + wish.limit]
    mean = float(judged.losses.mean()) if len(judged.losses) else np.nan
    return Page(
        part=judged.part,
        classes=_classes(network, judged),
        evaluated=len(judged.rows),
        of=judged.of,
        wrong=None if judged.right is None else int(np.count_nonzero(~judged.right)),
        mean_loss=mean if np.isfinite(mean) else None,
        matching=len(places),
        offset=wish.offset,
        rows=_predictions(network, judged, shown),
    )


def _classes(network: Network, judged: Judged) -> tuple[str, ...]:
    if not len(judged.answers) or judged.answers[0] < 0:
        return ()
    return network.dataset.classes or tuple(str(n) for n in range(max(2, size(network.reading.shape))))


def _matching(judged: Judged, wish: Wish) -> Flags:
    found = np.ones(len(judged.rows), np.bool_)
    if wish.target is not None:
        found &= judged.targets == wish.target
    if wish.answer is not None:
        found &= judged.answers == wish.answer
    if wish.wrong and judged.right is not None:
        found &= ~judged.right
    return found


def _sorted(judged: Judged, places: npt.NDArray[np.intp], order: Order) -> npt.NDArray[np.intp]:
    """What is no number counts as the worst loss, and as the least sure."""
    if order == "example":
        return places
    keys = -np.nan_to_num(judged.losses, nan=np.inf) if order == "loss" else -np.nan_to_num(judged.sure, nan=-1.0)
    sorted_: npt.NDArray[np.intp] = places[np.argsort(keys[places], kind="stable")]
    return sorted_


@np.errstate(all="ignore")
def _predictions(network: Network, judged: Judged, places: npt.NDArray[np.intp]) -> tuple[Prediction, ...]:
    if not len(places):
        return ()
    inputs = network.inputs[judged.part][judged.rows[places]]
    values = network.evaluator.forward(inputs)
    outputs, scores = values[network.graph.output], values[network.graph.scores]
    votes = shares_of(network, outputs, scores)
    found = []
    for at, place in enumerate(places):
        told = says(network, outputs[at], None if votes is None else votes[at])
        found.append(_prediction(network, judged, int(place), told))
    return tuple(found)


def _prediction(network: Network, judged: Judged, place: int, told: str) -> Prediction:
    dataset, example = network.dataset, int(judged.rows[place])
    raw = dataset.raw_train[example] if judged.part == "train" else dataset.raw_test[example]
    text = decode_tokens(dataset.tokens, raw) if dataset.tokens else None
    classed = judged.answers[place] >= 0
    return Prediction(
        example=example,
        raw=np.array(raw, np.float64) if text is None and raw.size <= MOST_RAW else None,
        text=text,
        target=_target(network, judged.part, example),
        says=told,
        target_class=int(judged.targets[place]) if classed else None,
        answer_class=int(judged.answers[place]) if classed else None,
        probability=_finite(judged.sure[place]),
        loss=_finite(judged.losses[place]),
        right=None if judged.right is None else bool(judged.right[place]),
    )


def _target(network: Network, part: Part, example: int) -> str:
    """In words: a class's name, numbers as measured, a text."""
    dataset = network.dataset
    y = (dataset.y_train if part == "train" else dataset.y_test)[example]
    if dataset.task == "classification" and y.ndim == 0:
        return dataset.classes[int(y)] if dataset.classes else f"{int(y)}"
    if dataset.task == "sequence":
        return decode_tokens(dataset.target_tokens, y)
    return ", ".join(f"{value:.4g}" for value in np.atleast_1d(y))


def _finite(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None
