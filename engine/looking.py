"""What can be seen of a network beside its step: a tensor, the data, the followed example, the map over two inputs."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np

from engine.arrays import Array, Shape
from engine.datasets import Dataset, Part, Task, decode_tokens
from engine.errors import SpecError, UnknownName
from engine.graph import Graph
from engine.network import Network
from engine.numbers import Numbers
from engine.ops import OPS
from engine.own import Own
from engine.sequences import TimeBlock, masked
from engine.words import say

#: Beyond the data, on each side, the map shows this part of their range.
MARGIN = 0.1


@dataclass(frozen=True)
class TensorView:
    """One node or parameter. Arrays are views into the buffers: copy what you keep. None is not computed.

    Args:
        node: its name.
        kind: value (N, …), parameter, or scalar.
        shape: of the value; the batch axis first, where there is one.
        value: a parameter's is the present one.
        gradient: of what is minimised, with respect to it.
        delta: what the last update added to a parameter.
        reason: why value or gradient are not computed; None if they are.
        computed: of a sequence (N, T, …): by quantity, which time steps are; NaN stands where they are not.
    """

    node: str
    kind: Literal["value", "parameter", "scalar", "sequence"]
    shape: Shape
    value: Array | None
    gradient: Array | None
    delta: Array | None
    reason: str | None
    computed: dict[str, list[bool]] | None = None


@dataclass(frozen=True)
class Followed:
    """One example: of the training part, or one's own.

    Args:
        example: its number in the training part; None for one's own.
        row: its row in the batch that is shown; None if it is not in it.
        in_batch: whether it is.
        inputs: as the network takes them.
        raw: its raw columns.
        target: encoded for the loss; None if nobody says what is right for one's own.
        label: its class; None for numbers.
        loss: its own loss, where the batch's is the mean of such, it is in the batch, and the loss is computed.
        text: what its tokens say; None if its inputs are no tokens.
        target_text: what its target's tokens say; None if its target is no sequence.
        own: whether it is one's own: never part of a batch.
    """

    example: int | None
    row: int | None
    in_batch: bool
    inputs: Array
    raw: Array
    target: Array | None
    label: str | None
    loss: float | None
    text: str | None = None
    target_text: str | None = None
    own: bool = False


@dataclass(frozen=True)
class DatasetView:
    """The data, as they are shown; arrays are copies."""

    name: str
    task: Task
    columns: tuple[str, ...]
    features: tuple[str, ...]
    classes: tuple[str, ...]
    target_name: str
    units: dict[str, str]
    scale: dict[str, tuple[float, float]]
    plot: tuple[str, str] | None
    train_rows: int
    test_rows: int
    network: Network
    tokens: tuple[str, ...] = ()
    target_tokens: tuple[str, ...] = ()
    brightest: float = 1.0

    def raw(self, part: Part = "train", most: int | None = None) -> Array:
        """(N, columns) or (N, …) as measured; the first examples of them, if there may be at ``most`` so many."""
        return np.array((self.network.dataset.raw_train if part == "train" else self.network.dataset.raw_test)[:most])

    def inputs(self, part: Part = "train") -> Array:
        """(N, features) as the network takes them."""
        return self.network.inputs[part].copy()

    def targets(self, part: Part = "train", most: int | None = None) -> Array:
        """(N,) class indices, (N, outputs) numbers as measured, or (N, T) token indices; at ``most`` so many."""
        return np.array((self.network.dataset.y_train if part == "train" else self.network.dataset.y_test)[:most])

    def lengths(self, part: Part = "train", most: int | None = None) -> Array | None:
        """(N,) time steps of each example; None if all have the same."""
        dataset = self.network.dataset
        return _first(dataset.lengths_train if part == "train" else dataset.lengths_test, most)

    def target_lengths(self, part: Part = "train", most: int | None = None) -> Array | None:
        """(N,) time steps of each target, its end symbol included; None if all have the same, or none."""
        dataset = self.network.dataset
        return _first(dataset.target_lengths_train if part == "train" else dataset.target_lengths_test, most)


@dataclass(frozen=True)
class Grid:
    """The network over the plane of two raw columns; maps (units, resolution, resolution), rows go up with y."""

    x_column: str
    y_column: str
    x_range: tuple[float, float]
    y_range: tuple[float, float]
    resolution: int
    maps: dict[str, Array]


def tensor(numbers: Numbers, name: str) -> TensorView:
    """One node or parameter as it stands; or ``lstm.f``, all time steps of one quantity.

    Raises:
        UnknownName: there is no such node or parameter.
    """
    graph = numbers.graph
    if name not in graph.nodes and name in numbers.network.blocks:
        return _sequence(numbers, numbers.network.blocks[name])
    if name in graph.parameters:
        value: Array | None = numbers.network.trainer.plan.parameters[name]
        kind: Literal["value", "parameter", "scalar"] = "parameter"
        shape = graph.parameters[name].shape
    elif name in graph.nodes:
        node = graph.nodes[name]
        value, kind = numbers.value(name), "value" if node.has_batch_axis else "scalar"
        shape = (numbers.rows, *node.shape) if node.has_batch_axis else node.shape
    else:
        raise UnknownName("node", name, [*graph.nodes, *graph.parameters], ("node",))
    gradient = numbers.gradient(name)
    reason = numbers.reason(name, "value" if value is None else "gradient") or None
    return TensorView(name, kind, shape, value, gradient, numbers.delta(name), reason)


def _sequence(numbers: Numbers, block: TimeBlock) -> TensorView:
    """All time steps of one quantity, (N, T, …), as copies."""
    found, computed = {}, {}
    for quantity in ("value", "gradient"):
        array, flags = numbers.sequence(block, quantity, slice(None))
        computed[quantity] = flags.tolist()
        some = array is not None and flags.any()
        found[quantity] = np.swapaxes(masked(array, flags, np.nan), 0, 1) if some and array is not None else None
    shape = (numbers.rows, len(block.nodes), *block.shape)
    missing = next((quantity for quantity in ("value", "gradient") if not all(computed[quantity])), None)
    reason = None if missing is None else numbers.reason(block.next_node(missing, computed[missing]).name, missing)
    return TensorView(block.name, "sequence", shape, found["value"], found["gradient"], None, reason, computed)


def follow(numbers: Numbers, batch_rows: Array, example: int | None) -> Followed:
    """One example of the training part and where it is in the batch; None: the batch's first.

    Raises:
        SpecError: there is no such example.
    """
    network, dataset = numbers.network, numbers.network.dataset
    count = len(dataset.x_train)
    example = int(batch_rows[0]) if example is None else example
    if not 0 <= example < count:
        message = say(
            "there are {count:,} training examples, 0 to {last}, but {example} was asked for",
            count=count,
            last=count - 1,
            example=example,
        )
        raise SpecError(message, ("example",))
    found = np.flatnonzero(batch_rows == example)
    row = int(found[0]) if len(found) else None
    return Followed(
        example=example,
        row=row,
        in_batch=row is not None,
        inputs=network.inputs["train"][example].copy(),
        raw=np.array(dataset.raw_train[example]),
        target=network.targets["train"][example].copy(),
        label=_label(dataset, example),
        loss=None if row is None else loss_of(numbers, row),
        text=decode_tokens(dataset.tokens, dataset.raw_train[example]) if dataset.tokens else None,
        target_text=decode_tokens(dataset.target_tokens, dataset.y_train[example]) if dataset.target_tokens else None,
    )


def follow_own(network: Network, own: Own | None) -> Followed:
    """One's own example, which is in no batch.

    Raises:
        SpecError: there is none, or the network takes others by now.
    """
    if own is None or not own.fits(network):
        raise SpecError(say("no example of your own is set that this network takes"), ("example",))
    return Followed(None, None, False, own.inputs, own.raw, own.target, own.label, None, own.text, own=True)


def _label(dataset: Dataset, example: int) -> str | None:
    """The name of its class; None where the target is a number."""
    if dataset.y_train.ndim != 1 or not dataset.classes:
        return None
    return dataset.classes[int(dataset.y_train[example])]


def loss_of(numbers: Numbers, row: int) -> float | None:
    """The loss of one example of the batch alone; None where it is not computed, or the loss is no mean of such."""
    return example_loss(numbers.graph, numbers.value, row) if numbers.is_computed("loss", "value") else None


@np.errstate(all="ignore")
def example_loss(graph: Graph, value: Callable[[str], Array | None], row: int) -> float | None:
    """The same of any values; None where one is missing, or the loss is no mean over examples."""
    node = graph.nodes["loss"]
    op = OPS[node.op or ""]
    rule = getattr(op, "per_example", None)
    values = [value(name) for name in node.inputs]
    if not graph.loss_type.additive or rule is None or any(each is None for each in values):
        return None
    one = [each[row : row + 1] for each in values if each is not None]
    options = {**op.options, **node.options}
    scratch = [np.zeros(shape, one[0].dtype) for shape in op.scratch(*(x.shape for x in one), **options)]
    out = np.zeros(1, one[0].dtype)
    rule(out, *one, *scratch, **options)
    return float(out[0])


def dataset_view(network: Network) -> DatasetView:
    """The data of this network."""
    dataset = network.dataset
    used = dataset.used_columns
    return DatasetView(
        name=dataset.name,
        task=dataset.task,
        columns=dataset.columns,
        features=dataset.features,
        classes=dataset.classes,
        target_name=dataset.target_name,
        units=dict(dataset.units),
        scale=dict(dataset.scale),
        plot=(used[0], used[1]) if len(used) == 2 else None,  # a plane has two axes
        train_rows=len(dataset.x_train),
        test_rows=len(dataset.x_test),
        network=network,
        tokens=dataset.tokens,
        target_tokens=dataset.target_tokens,
        brightest=dataset.transform.brightest,
    )


def _first(lengths: Array | None, most: int | None) -> Array | None:
    return None if lengths is None else lengths[:most].copy()


@np.errstate(all="ignore")
def grid(network: Network, resolution: int) -> Grid | None:
    """Evaluate every layer over the plane of the two raw columns that the inputs depend on; None if there is no plane.

    Through features as well: x1^2 is computed from the map's x1. Columns that no input reads do not matter.
    """
    dataset = network.dataset
    used = dataset.used_columns
    if len(used) != 2 or network.graph.tokens is not None:  # between two tokens lies nothing
        return None
    places = [dataset.columns.index(column) for column in used]
    (x_range, y_range) = (_range(dataset, place) for place in places)
    raw = np.zeros((resolution, resolution, len(dataset.columns)))
    raw[..., places[0]] = np.linspace(*x_range, resolution)
    raw[..., places[1]] = np.linspace(*y_range, resolution)[:, None]
    values = network.evaluator.forward(dataset.transform(raw.reshape(resolution * resolution, -1)))
    maps = {
        name: np.ascontiguousarray(value.reshape(resolution * resolution, -1).T).reshape(-1, resolution, resolution)
        for name, value in values.items()
    }
    return Grid(used[0], used[1], x_range, y_range, resolution, maps)


def _range(dataset: Dataset, place: int) -> tuple[float, float]:
    """Of one raw column, with a margin; never of width 0."""
    values = np.concatenate([dataset.raw_train[:, place], dataset.raw_test[:, place]])
    low, high = float(values.min()), float(values.max())
    margin = MARGIN * (high - low) or 1.0
    return low - margin, high + margin
