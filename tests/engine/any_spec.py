"""Strategies for any description at all: every layer type with sound and unsound options, on data of every form.

A description grows layer by layer. A layer that does not fit the ones before is mostly left out again, so that many
networks are sound; now and then it stays, so that many are refused.
"""

from collections.abc import Callable
from typing import Any

import hypothesis.strategies as st

from engine.errors import SpecError
from engine.graph import Form, compile_graph
from engine.patching import validated

Spec = dict[str, Any]
Draw = st.DrawFn

FUNCTIONS = ("linear", "relu", "leaky_relu", "elu", "selu", "gelu", "silu", "tanh", "sigmoid", "softplus", "sin")
KINKED = ("relu", "leaky_relu", "elu", "selu", "max_pool2d", "mae", "hinge", "huber", "rmse")
ANY_FUNCTION = st.sampled_from((*FUNCTIONS, "softmax"))
SMALL = st.sampled_from((1, 1, 2, 2, 3))
SIZES = SMALL | st.tuples(SMALL, SMALL)
PADDINGS = st.sampled_from(("valid", "same", 0, 1, 2, 5, (0, 1), (3, 0)))
UNITS = st.integers(1, 4)
AXES = st.integers(-4, 3)
EVEN_UNITS = st.sampled_from((1, 2, 3, 4))
WINDOWS = {"kernel": SIZES, "stride": SIZES | st.just(9), "padding": PADDINGS, "dilation": SIZES | st.just(5)}
CONVOLUTION = {"filters": UNITS, "groups": st.sampled_from((1, 1, 1, 2, 3)), "activation": ANY_FUNCTION}
SPANS = {
    "kernel": SMALL | st.just(9),
    "stride": SMALL,
    "padding": st.sampled_from(("valid", "same", 0, 1, 5)),
    "dilation": SMALL,
}
POOLING = {"size": SIZES | st.just(9), "stride": st.none() | SIZES, "padding": PADDINGS}
RECURRENT = {
    "units": UNITS,
    "return_sequences": st.sampled_from((True, True, False)),
    "reverse": st.booleans(),
    "bidirectional": st.sampled_from((False, False, True)),
    "truncate": st.sampled_from((None, None, 1, 2, 9)),
}
RULES = st.sampled_from((None, None, "zeros", {"type": "constant", "value": 0.5}, "he_normal"))

#: Layer type -> its options.
OPTIONS: dict[str, dict[str, st.SearchStrategy[Any]]] = {
    "dense": {"units": UNITS, "activation": ANY_FUNCTION, "use_bias": st.booleans(), "initializer": RULES},
    "activation": {"function": ANY_FUNCTION, "axis": st.just(-1) | AXES},
    "add": {},
    "multiply": {},
    "concat": {},
    "flatten": {},
    "dropout": {"rate": st.sampled_from((0.0, 0.3, 0.9))},
    "reshape": {"shape": st.lists(st.sampled_from((1, 2, 3, 4, 6, 8)), min_size=1, max_size=3)},
    "transpose": {
        "axes": st.permutations((0, 1)) | st.permutations((0, 1, 2)) | st.lists(AXES, min_size=1, max_size=3)
    },
    "slice": {"axis": AXES, "start": st.integers(-3, 3), "stop": st.none() | st.integers(-3, 4)},
    "one_hot": {"tokens": st.sampled_from((1, 3, 6, 9))},
    "embedding": {"tokens": st.sampled_from((1, 3, 6, 9)), "units": UNITS},
    "last": {},
    "layer_norm": {"initializer": RULES},
    "batch_norm": {"momentum": st.sampled_from((0.1, 1.0)), "initializer": RULES},
    "attention": {
        "heads": st.sampled_from((1, 1, 2, 3)),
        "causal": st.booleans(),
        "units": st.none() | EVEN_UNITS,
        "use_bias": st.booleans(),
    },
    "conv2d": {**CONVOLUTION, **WINDOWS, "use_bias": st.booleans()},
    "conv1d": {**CONVOLUTION, **SPANS, "use_bias": st.booleans()},
    "max_pool2d": POOLING,
    "avg_pool2d": POOLING,
    "global_avg_pool2d": {},
    "upsample": {"factor": SIZES},
    "rnn": {**RECURRENT, "activation": st.sampled_from(("tanh", "relu"))},
    "lstm": RECURRENT,
    "gru": RECURRENT,
    "decoder": {
        "units": UNITS,
        "tokens": st.sampled_from((2, 3, 4)),
        "embedding": UNITS,
        "cell": st.sampled_from(("lstm", "gru")),
        "attention": st.booleans(),
        "teacher_forcing": st.sampled_from((0.0, 0.5, 1.0)),
    },
}
#: What suits values of so many axes, and so is drawn more often.
ON_AXES = {
    1: ("dense", "batch_norm", "layer_norm", "reshape", "embedding", "embedding", "one_hot"),
    2: ("rnn", "lstm", "gru", "attention", "conv1d", "dense", "transpose", "last", "batch_norm"),
    3: ("conv2d", "conv2d", "max_pool2d", "avg_pool2d", "upsample", "global_avg_pool2d", "batch_norm"),
}
SEVERAL = ("add", "multiply", "concat", "attention")
LOSSES = (
    "mse",
    "rmse",
    "half_squared_error",
    "mae",
    "huber",
    "hinge",
    "binary_cross_entropy",
    "softmax_cross_entropy",
)
NUMBERS = st.floats(-2, 2, width=32).map(lambda number: round(number, 2))


def nested(numbers: st.SearchStrategy[Any], *shape: int) -> st.SearchStrategy[Any]:
    """Lists of this shape."""
    for length in reversed(shape):
        numbers = st.lists(numbers, min_size=length, max_size=length)
    return numbers


@st.composite
def any_data(draw: Draw) -> tuple[Spec, Form]:
    """An inline dataset of any form, and that form."""
    rows = draw(st.integers(2, 4))
    kind = draw(st.sampled_from(("rows", "image", "image", "series", "series", "uneven", "text", "written", "written")))
    inputs, form = draw(INPUTS[kind](rows))
    if kind == "written":
        steps = draw(st.integers(1, 3))
        targets = draw(st.lists(st.text("xyz", min_size=1, max_size=steps), min_size=rows, max_size=rows))
        inline = {"inputs": inputs, "targets": targets, "target_tokens": [*"xyz"]}
        form = Form(form.inputs, form.padded, 1 + max(map(len, targets)), ends=True)
    else:
        names = draw(st.sampled_from(((), (), "ab", "abc")))
        of = st.integers(0, len(names) - 1) if names else nested(NUMBERS, draw(st.integers(1, 3)))
        inline = {"inputs": inputs, "targets": draw(st.lists(of, min_size=rows, max_size=rows))}
        inline |= {"classes": [*names]} if names else {}
    if kind in {"text", "written"}:
        inline["tokens"] = [*"abcde"]
    return {"inline": inline, "shuffle": draw(st.booleans()), "test_fraction": draw(st.sampled_from((0.0, 0.3)))}, form


@st.composite
def _rows(draw: Draw, rows: int) -> tuple[Any, Form]:
    width = draw(st.integers(1, 4))
    return draw(nested(NUMBERS, rows, width)), Form((width,))


@st.composite
def _images(draw: Draw, rows: int) -> tuple[Any, Form]:
    shape = draw(st.tuples(st.integers(1, 2), st.integers(1, 5), st.integers(1, 5)))
    return draw(nested(NUMBERS, rows, *shape)), Form(shape)


@st.composite
def _series(draw: Draw, rows: int) -> tuple[Any, Form]:
    shape = draw(st.tuples(st.integers(1, 4), st.integers(1, 3)))
    return draw(nested(NUMBERS, rows, *shape)), Form(shape)


@st.composite
def _uneven(draw: Draw, rows: int) -> tuple[Any, Form]:
    width = draw(st.integers(1, 2))
    found = [draw(nested(NUMBERS, draw(st.integers(1, 4)), width)) for _ in range(rows)]
    lengths = {len(sequence) for sequence in found}
    return found, Form((max(lengths), width), padded=len(lengths) > 1)


@st.composite
def _texts(draw: Draw, rows: int) -> tuple[Any, Form]:
    found = draw(st.lists(st.text("abcde", min_size=1, max_size=4), min_size=rows, max_size=rows))
    return found, Form((max(map(len, found)),), padded=True)


INPUTS: dict[str, Callable[[int], st.SearchStrategy[tuple[Any, Form]]]] = {
    "rows": _rows,
    "image": _images,
    "series": _series,
    "uneven": _uneven,
    "text": _texts,
    "written": _texts,
}


@st.composite
def any_layer(draw: Draw, identifier: str, before: list[str], axes: int) -> Spec:
    """One layer; of a kind that suits so many axes, or of any."""
    kinds = st.sampled_from([*OPTIONS])
    kind = draw(st.sampled_from(ON_AXES[axes]) if axes in ON_AXES and draw(st.integers(0, 3)) else kinds)
    layer = {"id": identifier, "type": kind, **{name: draw(rule) for name, rule in OPTIONS[kind].items()}}
    if kind == "activation" and layer["function"] != "softmax" and draw(st.integers(0, 9)):
        del layer["axis"]
    if kind in SEVERAL and draw(st.booleans()):
        layer["inputs"] = [before[-1], *draw(st.lists(st.sampled_from(before), max_size=2))]
    if draw(st.integers(0, 7)) == 0:
        layer["clamps"] = draw(st.dictionaries(st.sampled_from("0012"), st.sampled_from((0.0, 0.5)), max_size=2))
    if draw(st.integers(0, 39)) == 0:
        layer["inputs"] = draw(st.lists(st.sampled_from([*before, identifier, "nobody", "output"]), max_size=2))
    return layer


@st.composite
def any_spec(draw: Draw) -> Spec:
    """Any description, sound or not."""
    dataset, form = draw(any_data())
    layers: list[Spec] = []
    before, axes = ["input"], len(form.inputs)
    for place in range(draw(st.integers(1, 6))):
        layer = draw(any_layer(f"layer{place}", before, axes))
        found = _axes([*layers, layer], form)
        if found is None and draw(st.integers(0, 19)):
            continue
        layers.append(layer)
        before.append(layer["id"])
        axes = found or axes
    ends = draw(_ending(dataset, axes, form))
    return {
        "dataset": dataset,
        "layers": [*layers, *ends],
        "loss": "softmax_cross_entropy" if form.steps and draw(st.integers(0, 9)) else draw(st.sampled_from(LOSSES)),
        "dtype": draw(st.sampled_from(("float64", "float64", "float32"))),
        "seed": draw(st.integers(0, 99)),
        "batch_size": draw(st.sampled_from((1, 2, 3, "full"))),
        "optimizer": draw(st.sampled_from(("sgd", "adam", "momentum", "nadam"))),
        "regularization": draw(st.sampled_from(({}, {"l2": 0.1}, {"l1": 0.1}))),
    }


@st.composite
def _ending(draw: Draw, dataset: Spec, axes: int, form: Form) -> list[Spec]:
    """Layers that make an answer of what stands before them; now and then none."""
    if draw(st.integers(0, 11)) == 0:
        return []
    if form.steps is None:
        target = dataset["inline"]["targets"][0]
        units = len(target) if isinstance(target, list) else len(dataset["inline"]["classes"])
        flat: list[Spec] = [{"id": "flat", "type": "flatten"}] if axes != 1 or draw(st.booleans()) else []
        return [*flat, _output(units, draw(ANY_FUNCTION))]
    if draw(st.booleans()):
        return draw(_written(axes))
    flat = [{"id": "flat", "type": "flatten"}, {"id": "wide", "type": "dense", "units": form.steps * 2}]
    return [*flat, {"id": "steps", "type": "reshape", "shape": [form.steps, 2]}, _output(4, draw(ANY_FUNCTION))]


@st.composite
def _written(draw: Draw, axes: int) -> list[Spec]:
    """An encoder and a decoder, which suit each other."""
    cell, units = draw(st.sampled_from(("lstm", "gru"))), draw(UNITS)
    decoder: Spec = {name: draw(rule) for name, rule in OPTIONS["decoder"].items()}
    decoder |= {"id": "output", "type": "decoder", "cell": cell, "units": units, "tokens": 4}
    encoder: Spec = {"id": "encoder", "type": cell, "units": units, "return_sequences": decoder["attention"]}
    table: list[Spec] = [{"id": "table", "type": "one_hot", "tokens": 6}] if axes == 1 else []
    return [*table, encoder, decoder]


def _output(units: int, activation: str) -> Spec:
    return {"id": "output", "type": "dense", "units": units, "activation": activation}


def _axes(layers: list[Spec], form: Form) -> int | None:
    """Of the value of the last of these layers; None if they do not fit together. (Of a decoder nothing is known.)"""
    data = {"dataset": {"name": "xor"}, "layers": [*layers, {"id": "flat_", "type": "flatten"}], "loss": "mse"}
    try:
        graph = compile_graph(validated(data), Form(form.inputs, form.padded))
    except SpecError:
        return None
    return len(graph.layers[layers[-1]["id"]].shape)
