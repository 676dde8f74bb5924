"""What is reported: losses, accuracies, norms by layer, dead units, and how fast the weights move."""

from dataclasses import dataclass
from math import isfinite, sqrt

import numpy as np
import numpy.typing as npt

from engine.arrays import Array
from engine.datasets import Part
from engine.divergence import is_finite
from engine.graph import size
from engine.history import Point
from engine.limits import arithmetic, forward_flops
from engine.network import Network
from engine.numbers import Numbers
from engine.regularization import counts
from engine.saturation import saturated

#: Floating-point operations that an evaluation may take on average for each step: about 20 µs.
FREE_FLOPS = 2e5
#: … and a single one at most, for each part; a part that is too large for that is sampled.
MOST_FLOPS = 4e8
LEAST_ROWS = 100
#: Units that pass nothing on, neither forward nor backward, while their sum is negative.
DYING = frozenset({"relu"})


@dataclass(frozen=True)
class Metrics:
    """The network as it stands. None is what is not computed at this position (or does not exist: no test part).

    Args:
        loss: data loss of the batch that is shown.
        penalty: of the present parameters; None without regularisation.
        train_loss: data loss over the training part, with the present parameters, dropout off.
        test_loss: the same over the test part.
        train_accuracy: share of right answers; None for a regression.
        test_accuracy: the same of the test part.
        train_rows: examples over which the training part was evaluated: all, unless the network is very large.
        test_rows: the same of the test part.
        learning_rate: of the step that comes next.
        gradient_norms: layer -> ‖d parameters‖ of the batch.
        signal_norms: layer -> ‖dz‖ of the batch: what of the loss arrives where the layer's parameters are used.
        activation_norms: layer -> ‖a‖ / √N: the length of a typical example's activation.
        dead_units: relu layer -> units (filters) that are 0 for every example of the batch, everywhere.
        saturated: layer of sigmoids or tanhs -> share of their numbers that are saturated.
        update_ratio: layer -> ‖delta‖ / ‖parameters before it‖.
    """

    loss: float | None
    penalty: float | None
    train_loss: float | None
    test_loss: float | None
    train_accuracy: float | None
    test_accuracy: float | None
    train_rows: int
    test_rows: int
    learning_rate: float
    gradient_norms: dict[str, float | None]
    signal_norms: dict[str, float | None]
    activation_norms: dict[str, float | None]
    dead_units: dict[str, int | None]
    update_ratio: dict[str, float | None]
    saturated: dict[str, float | None]


@dataclass(frozen=True)
class Confusion:
    """How many examples of each class (row) were taken for which (column); each matrix (classes, classes).

    Of the examples by which the scores are told: all of a part, or evenly spaced ones of a large one.
    """

    classes: tuple[str, ...]
    train: npt.NDArray[np.intp]
    test: npt.NDArray[np.intp] | None


@dataclass(frozen=True)
class Score:
    """Loss and accuracy of one part, over so many examples; None where it is not finite or does not exist."""

    loss: float | None = None
    accuracy: float | None = None
    rows: int = 0


@np.errstate(all="ignore")
def score(network: Network, part: Part) -> Score:
    """Evaluate the network on one part: on all of it, or on evenly spaced examples if that would take too long."""
    return _score(network, part)


def _score(network: Network, part: Part) -> Score:
    if not len(network.targets[part]):
        return Score()
    rows, standing = rows_of(network, part), network.standing[part]
    if standing is None or rows < len(network.targets[part]):
        evaluation = network.evaluator.evaluate(*_asked(network, part))
    else:
        evaluation = standing.evaluate()
    if not isfinite(evaluation.loss):
        return Score(None, evaluation.accuracy if is_finite(evaluation.outputs) else None, rows)
    return Score(evaluation.loss, evaluation.accuracy, rows)


def _asked(network: Network, part: Part) -> tuple[Array, Array]:
    """Inputs and targets by which a part is judged: all of them, or evenly spaced ones."""
    inputs, targets = network.inputs[part], network.targets[part]
    if rows_of(network, part) == len(targets):
        return inputs, targets
    sample = judged_rows(network, part)
    return inputs[sample], targets[sample]


def judged_rows(network: Network, part: Part) -> npt.NDArray[np.intp]:
    """Which examples of a part those are, (n,)."""
    count, rows = len(network.targets[part]), rows_of(network, part)
    return np.arange(count) if rows == count else np.linspace(0, count - 1, rows).astype(np.intp)


def rows_of(network: Network, part: Part) -> int:
    """How many examples of a part are evaluated."""
    affordable = int(MOST_FLOPS / max(1.0, forward_flops(network.graph)))
    return min(len(network.targets[part]), max(LEAST_ROWS, affordable))


@np.errstate(all="ignore")  # once for all that it evaluates: entering it takes a microsecond
def point(network: Network) -> Point:
    """The metrics by which a training is followed over time, now."""
    trainer = network.trainer
    train, test = _score(network, "train"), _score(network, "test")
    return Point(
        step=trainer.step,
        epoch=trainer.epoch,
        train_loss=train.loss,
        test_loss=test.loss,
        penalty=_penalty(network),
        train_accuracy=train.accuracy,
        test_accuracy=test.accuracy,
    )


def first_stride(network: Network) -> int:
    """Steps between two points at first: a power of 2, so that evaluating takes no longer than the steps themselves."""
    rows = rows_of(network, "train") + rows_of(network, "test")
    affordable = max(FREE_FLOPS, arithmetic(network.graph, network.trainer.batch_size))
    stride = 1
    while stride * affordable < rows * forward_flops(network.graph):
        stride *= 2
    return stride


@np.errstate(all="ignore")
def penalty(network: Network) -> float | None:
    """Of the present parameters: l1·Σ|w| + ½·l2·Σw²; None without regularisation."""
    return _penalty(network)


def _penalty(network: Network) -> float | None:
    spec = network.graph.regularization
    if not (spec.l1 or spec.l2):
        return None
    parameters = network.trainer.plan.parameters
    kept = [name for name, entry in network.graph.parameters.items() if counts(spec, entry)]
    flat = np.concatenate([parameters[name].ravel() for name in kept], dtype=np.float64) if kept else np.zeros(0)
    value = spec.l1 * float(np.abs(flat).sum()) + 0.5 * spec.l2 * float(flat @ flat)
    return value if isfinite(value) else None


@np.errstate(all="ignore")
def metrics(numbers: Numbers, train: Score, test: Score) -> Metrics:
    """All that is reported, of the numbers that are computed here and of the two parts' scores."""
    network = numbers.network
    loss = numbers.value("loss")
    return Metrics(
        loss=None if loss is None else _finite(float(loss)),
        penalty=penalty(network),
        train_loss=train.loss,
        test_loss=test.loss,
        train_accuracy=train.accuracy,
        test_accuracy=test.accuracy,
        train_rows=train.rows,
        test_rows=test.rows,
        learning_rate=network.trainer.learning_rate(),
        gradient_norms=gradient_norms(numbers),
        signal_norms=signal_norms(numbers),
        activation_norms=activation_norms(numbers),
        dead_units=dead_units(numbers),
        update_ratio=update_ratio(numbers),
        saturated=saturated(numbers),
    )


def gradient_norms(numbers: Numbers) -> dict[str, float | None]:
    """Layer -> Euclidean norm of its parameters' gradients."""
    return {layer: _norm([numbers.gradient(name) for name in names]) for layer, names in _with_parameters(numbers)}


def signal_norms(numbers: Numbers) -> dict[str, float | None]:
    """Layer -> Euclidean norm of the gradient of the first of its nodes that reads a parameter (``z``).

    Unlike the parameters' gradient it does not depend on how large the layer's inputs are, so it compares layers.
    """
    nodes = numbers.graph.nodes
    found: dict[str, float | None] = {}
    for id_, names in _with_parameters(numbers):
        layer = numbers.graph.layers[id_]
        reader = next(name for name in layer.nodes if not set(names).isdisjoint(nodes[name].inputs))
        found[id_] = _norm([numbers.gradient(reader)])
    return found


def activation_norms(numbers: Numbers) -> dict[str, float | None]:
    """Layer -> ‖a‖ / √N over the batch."""
    norms = {id_: _norm([numbers.value(layer.value)]) for id_, layer in numbers.graph.layers.items()}
    return {id_: None if norm is None else norm / sqrt(numbers.rows) for id_, norm in norms.items()}


def dead_units(numbers: Numbers) -> dict[str, int | None]:
    """Layer -> relu units that are 0 for every example of the batch, and so learn nothing from it.

    A unit of feature maps is a filter: it is dead where its whole map is 0.
    """
    dead: dict[str, int | None] = {}
    for id_, layer in numbers.graph.layers.items():
        if numbers.graph.nodes[layer.natural].op in DYING:  # who is held at 0 is not dead
            value = numbers.value(layer.natural)
            dead[id_] = None if value is None else _dead(value)
    return dead


def _dead(value: Array) -> int:
    """Units of (N, M) or (N, T, M), filters of (N, F, H, W), that are 0 everywhere."""
    unit = 1 if value.ndim == 4 else value.ndim - 1
    others = tuple(axis for axis in range(value.ndim) if axis != unit)
    return int(np.count_nonzero((value == 0).all(axis=others)))


def update_ratio(numbers: Numbers) -> dict[str, float | None]:
    """Layer -> ‖delta‖ / ‖parameters before the update‖; about 0.001 is healthy."""
    ratios: dict[str, float | None] = {}
    for id_, names in _with_parameters(numbers):
        moved, before = _norm([numbers.delta(name) for name in names]), _norm([numbers.value(name) for name in names])
        ratios[id_] = None if moved is None or not before else _finite(moved / before)
    return ratios


@np.errstate(all="ignore")
def confusion(network: Network) -> Confusion | None:
    """Evaluate both parts and count; None where there are no exclusive classes, or no answers: NaN is none."""
    train, test = _matrix(network, "train"), _matrix(network, "test")
    if train is None:
        return None
    classes = network.dataset.classes or tuple(str(n) for n in range(len(train)))
    return Confusion(classes, train, test)


def _matrix(network: Network, part: Part) -> npt.NDArray[np.intp] | None:
    if not len(network.targets[part]):
        return None
    inputs, targets = _asked(network, part)
    truth = network.reading.classes_of(targets)
    if truth is None:
        return None
    outputs = network.evaluator.evaluate(inputs, targets).outputs
    answers = network.reading.classes_of(outputs)
    if answers is None or not is_finite(outputs):
        return None
    count = max(2, size(network.reading.shape))
    return np.bincount(truth * count + answers, minlength=count * count).reshape(count, count)


def _with_parameters(numbers: Numbers) -> list[tuple[str, tuple[str, ...]]]:
    return [(id_, layer.parameters) for id_, layer in numbers.graph.layers.items() if layer.parameters]


def _norm(arrays: list[Array | None]) -> float | None:
    """Euclidean norm of all of them together; None if one is not computed or not finite."""
    total = 0.0
    for array in arrays:
        if array is None:
            return None
        square = float(np.vdot(array, array))
        total += square if isfinite(square) else float(np.square(array, dtype=np.float64).sum())
    return sqrt(total) if isfinite(total) else None


def _finite(value: float) -> float | None:
    return value if isfinite(value) else None
