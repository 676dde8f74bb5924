"""Networks for tests: short descriptions of plain ones, and a strategy for any graph of layers with skips."""

from typing import Any

import numpy as np
from hypothesis import strategies as st

from engine.arrays import Array
from engine.graph import Form, Graph, compile_graph
from engine.spec import SessionSpec
from engine.trainer import Trainer

#: Without kinks, so that a central difference is right everywhere.
SMOOTH = ("linear", "tanh", "sigmoid", "softplus", "sin", "gelu", "silu", "softmax")
SMOOTH_LOSSES = ("mse", "rmse", "half_squared_error", "binary_cross_entropy", "softmax_cross_entropy")

#: Layers that any network may have, between vectors.
KINDS = (
    "dense",
    "dense",
    "activation",
    "add",
    "multiply",
    "concat",
    "flatten",
    "dropout",
    "layer_norm",
    "batch_norm",
    "slice",
    "reshape",
)

Layer = dict[str, Any]


def dense(identifier: str, units: int, activation: str = "tanh", **more: Any) -> Layer:
    """A dense layer's description."""
    return {"id": identifier, "type": "dense", "units": units, "activation": activation, **more}


def spec_of(layers: list[Layer], **more: Any) -> SessionSpec:
    """A description with these layers, in float64, on data that the test brings itself."""
    fields = {"loss": "mse", "dtype": "float64", "batch_size": 4, **more}
    return SessionSpec.model_validate({"dataset": {"name": "xor"}, "layers": layers, **fields})


def graph_of(layers: list[Layer], *, inputs: Form | tuple[int, ...] = (2,), **more: Any) -> Graph:
    """The graph of these layers on examples of this form or shape; a class at every time step needs cross-entropy."""
    is_sequence = isinstance(inputs, Form) and inputs.steps is not None
    return compile_graph(spec_of(layers, **({"loss": "softmax_cross_entropy"} if is_sequence else {}), **more), inputs)


def examples_for(graph: Graph, rows: int, seed: int = 0) -> tuple[Array, Array]:
    """Random inputs, and targets that suit every loss: rows that are positive and sum to 1 (one output: 0 or 1)."""
    rng = np.random.default_rng(seed)
    inputs = rng.normal(size=(rows, *graph.input_layer.shape))
    if graph.tokens is not None:
        inputs = rng.integers(graph.tokens.count, size=inputs.shape).astype(float)
    *steps, width = graph.output_layer.shape
    if steps:
        return inputs, rng.integers(width, size=(rows, *steps)).astype(float)
    if width == 1:
        return inputs, rng.integers(2, size=(rows, 1)).astype(float)
    return inputs, np.eye(width)[rng.integers(width, size=rows)]


def trainer_of(layers: list[Layer], *, rows: int = 10, inputs: tuple[int, ...] = (2,), **more: Any) -> Trainer:
    """A trainer of these layers on random examples."""
    spec = spec_of(layers, **more)
    graph = compile_graph(spec, inputs)
    return Trainer(spec, graph, *examples_for(graph, rows))


@st.composite
def any_network(draw: st.DrawFn) -> SessionSpec:
    """Any graph of layers with skips: each reads one or more of those before it; the last joins the loose ends."""
    widths = {"input": 3}
    layers: list[Layer] = []
    loose: set[str] = set()
    for place in range(draw(st.integers(1, 6))):
        layer, width = _any_layer(draw, f"layer{place}", widths)
        loose -= set(layer["inputs"])
        loose.add(layer["id"])
        layers.append(layer)
        widths[layer["id"]] = width
    units, loss = draw(st.integers(2, 3)), draw(st.sampled_from(SMOOTH_LOSSES))
    # next to p = 0 no difference quotient measures the slope of -log p, which only a sigmoid takes away
    outputs = ("sigmoid",) if loss == "binary_cross_entropy" else ("linear", "sigmoid", "softmax")
    layers.append({"id": "joint", "type": "concat", "inputs": sorted(loose)})
    layers.append(dense("output", units, draw(st.sampled_from(outputs))))
    return spec_of(
        layers,
        loss=loss,
        seed=draw(st.integers(0, 2**32 - 1)),
        regularization={"l2": draw(st.sampled_from((0.0, 0.1))), "include_biases": draw(st.booleans())},
    )


def _any_layer(draw: st.DrawFn, identifier: str, widths: dict[str, int]) -> tuple[Layer, int]:
    """One layer's description and the width of its value."""
    kind = draw(st.sampled_from(KINDS))
    first = draw(st.sampled_from(sorted(widths)))
    width, inputs = widths[first], [first]
    layer: Layer = {"id": identifier, "type": kind, "inputs": inputs}
    if kind == "dense":
        width = draw(st.integers(1, 4))
        layer |= {"units": width, "activation": draw(st.sampled_from(SMOOTH)), "use_bias": draw(st.booleans())}
    elif kind == "activation":
        layer["function"] = draw(st.sampled_from(SMOOTH))
    elif kind == "dropout":
        layer["rate"] = draw(st.sampled_from((0.0, 0.3)))
    elif kind == "slice":
        start = draw(st.integers(0, width - 1))
        layer |= {"axis": -1, "start": start}
        width -= start
    elif kind == "reshape":
        layer["shape"] = [width]
    elif kind in {"add", "multiply"}:
        inputs += draw(
            st.lists(st.sampled_from([name for name in sorted(widths) if widths[name] == width]), max_size=2)
        )
    elif kind == "concat":
        inputs += draw(st.lists(st.sampled_from(sorted(widths)), max_size=2))
        width = sum(widths[name] for name in inputs)
    return layer, width


#: Layers that any network of sequences may have, from (T, D) to (T, D).
SEQUENCE_KINDS = (
    "dense",
    "attention",
    "attention",
    "layer_norm",
    "batch_norm",
    "multiply",
    "activation",
    "dropout",
    "slice",
    "rnn",
    "lstm",
    "gru",
)


@st.composite
def any_sequence_network(draw: st.DrawFn) -> SessionSpec:
    """Any graph of layers on sequences (T, D): each reads those before it; the last step, or all, make the answer."""
    widths = {"input": 2}
    layers: list[Layer] = []
    loose: set[str] = set()
    for place in range(draw(st.integers(1, 4))):
        layer, width = _any_sequence_layer(draw, f"layer{place}", widths)
        loose = (loose - set(layer["inputs"])) | {layer["id"]}
        layers.append(layer)
        widths[layer["id"]] = width
    layers.append({"id": "joint", "type": "concat", "inputs": sorted(loose)})
    layers.append({"id": "end", "type": draw(st.sampled_from(("last", "flatten")))})
    layers.append(dense("output", 2, "linear"))
    return spec_of(
        layers, seed=draw(st.integers(0, 2**32 - 1)), loss=draw(st.sampled_from(("mse", "softmax_cross_entropy")))
    )


def _any_sequence_layer(draw: st.DrawFn, identifier: str, widths: dict[str, int]) -> tuple[Layer, int]:
    """One layer's description and the width of its time steps."""
    kind = draw(st.sampled_from(SEQUENCE_KINDS))
    first = draw(st.sampled_from(sorted(widths)))
    width, inputs = widths[first], [first]
    layer: Layer = {"id": identifier, "type": kind, "inputs": inputs}
    if kind == "attention":
        heads, width = draw(st.sampled_from((1, 2))), draw(st.sampled_from((2, 4)))
        inputs += draw(st.lists(st.sampled_from(sorted(widths)), max_size=1))
        layer |= {"heads": heads, "units": width, "causal": len(inputs) == 1 and draw(st.booleans())}
    elif kind in {"dense", "rnn", "lstm", "gru"}:
        width = draw(st.integers(1, 3))
        layer |= {"units": width} | ({} if kind == "dense" else {"return_sequences": True})
    elif kind == "activation":
        layer |= {"function": "softmax", "axis": draw(st.sampled_from((0, -1)))}
    elif kind == "slice":
        layer |= {"axis": -1, "start": draw(st.integers(0, width - 1))}
        width -= layer["start"]
    elif kind == "multiply":
        inputs += draw(st.lists(st.sampled_from([n for n in sorted(widths) if widths[n] == width]), max_size=1))
    return layer, width
