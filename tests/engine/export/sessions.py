"""Sessions to export, and what the engine computes in the step that is exported."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np

from engine.arrays import Array
from engine.cursor import Cursor
from engine.decoding import Writer
from tests.engine.networks import dense
from tests.engine.sessions import cursor

#: How closely two programs that add in another order agree.
TOLERANCE = {"float64": 1e-9, "float32": 2e-4}

CLASSES = {"dataset": {"name": "iris"}, "loss": "softmax_cross_entropy"}
NUMBERS = {"dataset": {"name": "diabetes"}, "loss": "mse"}

#: Every kind of layer that stands in the middle of a network, joined as a graph with skips.
SKIPS = [
    {"id": "input", "type": "input"},
    dense("left-1", 4, "tanh", inputs=["input"], clamps={"1": 0.0, "3": -0.5}),
    dense("right", 4, "gelu", inputs=["input"], use_bias=False),
    {"id": "sum", "type": "add", "inputs": ["left-1", "right"]},
    {"id": "drop", "type": "dropout", "rate": 0.4},
    {"id": "soft", "type": "activation", "function": "softplus"},
    {"id": "both", "type": "concat", "inputs": ["soft", "input", "left-1"]},
    {"id": "row", "type": "flatten"},
    dense("output", 3, "softmax"),
]

OPTIMIZERS: list[Any] = [
    {"type": "sgd", "learning_rate": 0.1},
    {"type": "momentum", "learning_rate": 0.05},
    {"type": "nesterov", "learning_rate": 0.05},
    {"type": "adagrad", "learning_rate": 0.1},
    {"type": "rmsprop", "learning_rate": 0.01},
    {"type": "adam", "learning_rate": 0.01, "clip": {"type": "norm", "limit": 0.01}},
    {"type": "adamw", "learning_rate": 0.01, "schedule": {"type": "inverse_sqrt"}},
    {"type": "nadam", "learning_rate": 0.01},
    {"type": "adamax", "learning_rate": 0.01, "clip": {"type": "value", "limit": 0.02}},
    {"type": "adadelta"},
]


def skips(**changes: Any) -> Cursor:
    """The network with skips on iris, after three steps, in float64."""
    session = cursor(**{"dtype": "float64", "layers": SKIPS, **CLASSES, **changes})
    session.step("batch", 3)
    return session


def images(**changes: Any) -> Cursor:
    """Convolutions with stride, padding, dilation and groups, and windows that overlap, on handwritten digits."""
    layers = [
        {"id": "conv", "type": "conv2d", "filters": 4, "kernel": 3, "padding": "same", "activation": "tanh"}
        | {"clamps": {"2": 0.25}},
        {"id": "pool", "type": "max_pool2d", "size": 3, "stride": 2, "padding": 1},
        {"id": "groups", "type": "conv2d", "filters": 4, "kernel": [2, 3], "stride": [1, 2], "padding": 1, "groups": 2}
        | {"dilation": [2, 1], "use_bias": False, "activation": "relu"},
        {"id": "row", "type": "flatten"},
        dense("output", 10, "softmax"),
    ]
    return cursor(dataset={"name": "digits"}, layers=layers, loss="softmax_cross_entropy", dtype="float64", **changes)


def recurrent(layer: dict[str, Any], **changes: Any) -> Cursor:
    """This recurrent layer on sequences of six time steps, one number to be predicted."""
    rng = np.random.default_rng(1)
    inline = {"inputs": rng.normal(size=(7, 6, 2)).tolist(), "targets": rng.normal(size=(7, 1)).tolist()}
    layers = [{"id": "memory", "units": 3, **layer}, dense("output", 1, "linear")]
    session = cursor(**{"dataset": {"inline": inline}, "layers": layers, "loss": "mse", "dtype": "float64", **changes})
    session.step("batch", 2)
    return session


def words(layer: dict[str, Any], **changes: Any) -> Cursor:
    """This recurrent layer on surnames: tokens, padded behind their end."""
    layers = [
        {"id": "letters", "type": "embedding", "tokens": 64, "units": 3},
        {"id": "memory", "units": 3, **layer},
        dense("output", 16, "softmax"),
    ]
    return cursor(dataset={"name": "surnames"}, layers=layers, loss="softmax_cross_entropy", dtype="float64", **changes)


def maps() -> Cursor:
    """Images that grow, are averaged, and end as one number for each map."""
    layers = [
        {"id": "larger", "type": "upsample", "factor": 2},
        {"id": "mean", "type": "avg_pool2d", "size": 3, "stride": 2, "padding": 1},
        {"id": "conv", "type": "conv2d", "filters": 3, "kernel": 3, "padding": "same", "stride": 2},
        {"id": "one", "type": "global_avg_pool2d"},
        dense("output", 10, "softmax"),
    ]
    return cursor(dataset={"name": "digits"}, layers=layers, loss="softmax_cross_entropy", dtype="float64")


def moved() -> Cursor:
    """Sequences whose axes are exchanged, cut, reshaped; a window over time; a product that is a gate."""
    layers = [
        {"id": "input", "type": "input"},
        {"id": "windows", "type": "conv1d", "filters": 4, "kernel": 3, "padding": "same", "stride": 2},
        {"id": "turned", "type": "transpose", "axes": [1, 0]},
        {"id": "some", "type": "slice", "axis": 0, "start": 1},
        {"id": "other", "type": "reshape", "shape": [3, 3]},
        {"id": "gate", "type": "activation", "function": "sigmoid", "inputs": ["other"]},
        {"id": "product", "type": "multiply", "inputs": ["gate", "other"]},
        {"id": "weights", "type": "activation", "function": "softmax", "axis": 0},
        {"id": "norm", "type": "layer_norm"},
        {"id": "last", "type": "last"},
        dense("output", 1, "linear"),
    ]
    return recurrent({}, layers=layers)


#: Adam would blow up what rounding has left of a gradient that is 0: of a bias that normalisation takes away again.
SGD = {"type": "sgd", "learning_rate": 0.1}


def normalised() -> Cursor:
    """Batch normalisation of channels and of features, whose running statistics have moved for two steps."""
    layers = [
        {"id": "conv", "type": "conv2d", "filters": 2, "kernel": 3, "stride": 2},
        {"id": "channels", "type": "batch_norm"},
        {"id": "row", "type": "flatten"},
        {"id": "features", "type": "batch_norm", "momentum": 0.3},
        dense("output", 10, "softmax"),
    ]
    session = cursor(
        dataset={"name": "digits"}, layers=layers, loss="softmax_cross_entropy", dtype="float64", optimizer=SGD
    )
    session.step("batch", 2)
    return session


def attentive(layer: dict[str, Any]) -> Cursor:
    """Attention of a sequence to itself, normalised by the batch."""
    layers = [{"id": "look", "type": "attention", **layer}, {"id": "norm", "type": "batch_norm"}, {"type": "last"}]
    return recurrent({}, layers=[*layers, dense("output", 1, "linear")], optimizer=SGD)


def tunes() -> Cursor:
    """A tune's next letter at each time step."""
    layers = [
        {"id": "letters", "type": "one_hot", "tokens": 40},
        {"id": "memory", "type": "gru", "units": 2, "return_sequences": True},
        dense("output", 40, "softmax"),
    ]
    return cursor(dataset={"name": "tunes"}, layers=layers, loss="softmax_cross_entropy", dtype="float64")


def translation(**decoder: Any) -> Cursor:
    """Number words below eight, by an encoder and a decoder."""
    layers = [
        {"id": "embed", "type": "embedding", "tokens": 22, "units": 3},
        {"id": "encoder", "type": decoder["cell"], "units": 4, "return_sequences": decoder["attention"]},
        {"id": "decoder", "type": "decoder", "units": 4, "tokens": 25, **decoder},
    ]
    data = {"name": "number_words", "limit": 30, "test_fraction": 0.0}
    session = cursor(dataset=data, layers=layers, loss="softmax_cross_entropy", dtype="float64")
    session.step("batch", 1)
    return session


RECURRENT: list[dict[str, Any]] = [
    {"type": "rnn"},
    {"type": "rnn", "activation": "relu", "reverse": True},
    {"type": "lstm"},
    {"type": "lstm", "truncate": 2},
    {"type": "lstm", "clamps": {"1": 0.0}},
    {"type": "lstm", "bidirectional": True},
    {"type": "gru"},
    {"type": "gru", "bidirectional": True, "reverse": True},
]


def painting() -> Cursor:
    """A picture of 3 × 4 that learns another's content and a third one's style, through filters that stay."""
    pictures = np.random.default_rng(3).normal(size=(3, 2, 3, 4)).tolist()
    layers = [
        {"id": "picture", "type": "pixels"},
        {"id": "look", "type": "conv2d", "filters": 2, "kernel": 2, "activation": "tanh", "trainable": False},
        {"id": "gram", "type": "gram"},
        {"id": "style", "type": "apart", "to": 2, "weight": 3},
        {"id": "content", "type": "apart", "to": 1, "inputs": ["look"]},
        {"id": "smooth", "type": "roughness", "weight": 0.5, "inputs": ["picture"]},
        {"id": "distance", "type": "add", "inputs": ["style", "content", "smooth"]},
    ]
    data = {"inline": {"inputs": pictures, "targets": [[0], [0], [0]]}}
    return cursor(dataset=data, layers=layers, loss="mae", dtype="float64", optimizer=SGD, batch_size=3)


#: One session for each kind of network.
NETWORKS: dict[str, Callable[[], Cursor]] = {
    "skips": skips,
    "images": images,
    "maps": maps,
    "moved": moved,
    "normalised": normalised,
    "attention": partial(attentive, {"units": 4, "heads": 2, "use_bias": True}),
    "causal attention": partial(attentive, {"causal": True}),
    **{" ".join(map(str, layer.values())): partial(recurrent, layer) for layer in RECURRENT},
    **{f"{kind} on words": partial(words, {"type": kind}) for kind in ("rnn", "lstm", "gru")},
    "tunes": tunes,
    "painting": painting,
    "translation": partial(translation, cell="lstm", attention=False, teacher_forcing=0.5),
    "translation with attention": partial(translation, cell="gru", attention=True),
}


#: Those that have no answer to give, so that there is nothing for an ONNX file to hold.
SILENT = ("painting",)
#: Those that write a sequence, each symbol after the one before.
WRITERS = ("translation", "translation with attention")


def assert_written(session: Cursor, inputs: Array, scores: Array) -> None:
    """The best symbols of these scores are those that the engine writes, up to the end of each."""
    expected = Writer(session.network.graph, session.plan.params).write(inputs).tokens
    written = scores.argmax(axis=-1)
    for row, (right, actual) in enumerate(zip(expected, written, strict=True)):
        end = next((place for place, token in enumerate(right) if not token), len(right)) + 1
        assert list(right[:end]) == list(actual[:end]), f"row {row}"


@dataclass(frozen=True)
class Step:
    """What one step of the engine computes."""

    dtype: str
    values: dict[str, Array]
    gradients: dict[str, Array]
    parameters: dict[str, Array]


def step_of(session: Cursor) -> Step:
    """The session's present step from its beginning to its end; the session stays where it is."""
    copy = session.fork()
    copy.seek(session.position.step)
    copy.step("batch")
    here = copy.numbers()
    names = (*here.graph.nodes, *here.graph.parameters)
    return Step(
        dtype=session.spec.dtype,
        values={name: value for name in here.graph.nodes if (value := here.value(name)) is not None},
        gradients={name: gradient for name in names if (gradient := here.gradient(name)) is not None},
        parameters=copy.parameters(),
    )
