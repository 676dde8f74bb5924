from typing import get_args

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.arrays import Array
from engine.errors import ShapeMismatch
from engine.graph import Form, Graph
from engine.layers import LAYERS
from engine.plan import Plan
from engine.spec import ActivationName, LayerSpec, SessionSpec
from tests.engine.networks import Layer, any_network, any_sequence_network, dense, examples_for, graph_of


def images(layer: Layer) -> list[Layer]:
    """A layer of feature maps between a convolution and a dense layer."""
    before = {"id": "before", "type": "conv2d", "filters": 2, "kernel": 2, "activation": "tanh"}
    return [before, {"id": "here", **layer}, {"id": "flat", "type": "flatten"}, dense("output", 2, "linear")]


#: A network around each layer type, so that it has parameters before and behind it.
AROUND: dict[str, list[Layer]] = {
    "input": [{"id": "here", "type": "input"}, dense("output", 2)],
    "dense": [dense("before", 3), dense("here", 2), dense("output", 2)],
    "activation": [dense("before", 3), {"id": "here", "type": "activation", "function": "gelu"}, dense("output", 2)],
    "add": [
        dense("before", 2),
        {"id": "here", "type": "add", "inputs": ["before", "input", "before"]},
        dense("output", 2),
    ],
    "concat": [dense("before", 3), {"id": "here", "type": "concat", "inputs": ["before", "input"]}, dense("output", 2)],
    "flatten": [dense("before", 3), {"id": "here", "type": "flatten"}, dense("output", 2)],
    "multiply": [
        dense("before", 2),
        {"id": "here", "type": "multiply", "inputs": ["before", "input", "before"]},
        dense("output", 2),
    ],
    "reshape": [
        dense("before", 6),
        {"id": "here", "type": "reshape", "shape": [2, 3]},
        {"id": "flat", "type": "flatten"},
        dense("output", 2),
    ],
    "transpose": [
        dense("before", 6),
        {"id": "matrix", "type": "reshape", "shape": [2, 3]},
        {"id": "here", "type": "transpose"},
        {"id": "flat", "type": "flatten"},
        dense("output", 2),
    ],
    "slice": [
        dense("before", 4),
        {"id": "here", "type": "slice", "axis": -1, "start": 1, "stop": -1},
        dense("output", 2),
    ],
    "one_hot": [{"id": "here", "type": "one_hot", "tokens": 4}, {"id": "flat", "type": "flatten"}, dense("output", 2)],
    "embedding": [
        {"id": "here", "type": "embedding", "tokens": 4, "units": 3},
        {"id": "flat", "type": "flatten"},
        dense("output", 2),
    ],
    "last": [
        dense("before", 6),
        {"id": "matrix", "type": "reshape", "shape": [2, 3]},
        {"id": "here", "type": "last"},
        dense("output", 2),
    ],
    "layer_norm": [dense("before", 4), {"id": "here", "type": "layer_norm"}, dense("output", 2)],
    "dropout": [dense("before", 3), {"id": "here", "type": "dropout", "rate": 0.5}, dense("output", 2)],
    "conv2d": images({"type": "conv2d", "filters": 4, "kernel": [3, 2], "padding": "same", "groups": 2}),
    **{kind: [{"id": "here", "type": kind, "units": 3}, dense("output", 2)] for kind in ("rnn", "lstm", "gru")},
    "conv1d": [
        {"id": "before", "type": "conv1d", "filters": 3, "kernel": 2, "activation": "tanh"},
        {"id": "here", "type": "conv1d", "filters": 2, "padding": "same", "stride": 2, "use_bias": False},
        {"id": "flat", "type": "flatten"},
        dense("output", 2),
    ],
    "batch_norm": [dense("before", 3), {"id": "here", "type": "batch_norm"}, dense("output", 2)],
    "attention": [
        {"id": "here", "type": "attention", "heads": 2, "units": 4, "causal": True, "use_bias": True},
        {"id": "flat", "type": "flatten"},
        dense("output", 2),
    ],
    "decoder": [
        {"id": "embed", "type": "embedding", "tokens": 4, "units": 2},
        {"id": "before", "type": "gru", "units": 3, "return_sequences": True},
        {"id": "here", "type": "decoder", "units": 3, "tokens": 4, "embedding": 2, "cell": "gru", "attention": True},
    ],
    "max_pool2d": images({"type": "max_pool2d", "size": 3, "stride": 2, "padding": 1}),
    "avg_pool2d": images({"type": "avg_pool2d", "size": [3, 2], "stride": 1, "padding": "same"}),
    "global_avg_pool2d": images({"type": "global_avg_pool2d"}),
    "upsample": images({"type": "upsample", "factor": [2, 3]}),
    "pixels": images({"type": "pixels"}),
    "gram": images({"type": "gram"}),
    "apart": [{"id": "here", "type": "apart", "weight": 2}, {"id": "flat", "type": "flatten"}, dense("output", 2)],
    "roughness": [{"id": "here", "type": "roughness", "weight": 2}, dense("output", 2)],
}
#: Shape of an example, where it is not a row of two numbers.
INPUTS: dict[str, Form | tuple[int, ...]] = {
    "decoder": Form((3,), padded=True, steps=2, ends=True),
    **dict.fromkeys(("rnn", "lstm", "gru", "attention"), (3, 2)),
    "conv1d": (6, 2),
    **dict.fromkeys(("conv2d", "max_pool2d", "avg_pool2d", "global_avg_pool2d", "upsample"), (2, 5, 4)),
    **dict.fromkeys(("pixels", "gram", "apart", "roughness"), (2, 5, 4)),
}


def test_every_layer_of_the_description_is_registered_and_explained() -> None:
    """Spec, registry and tests know the same types."""
    tags = {get_args(kind.model_fields["type"].annotation)[0] for kind in get_args(get_args(LayerSpec)[0])}

    assert tags == set(LAYERS) == set(AROUND)
    assert all(layer.summary and layer.formula for layer in LAYERS.values())


def directional_error(graph: Graph, seed: int, *, smooth: float = 1e-4) -> float:
    """|<gradient, v> - a five-point difference of L along v| relative to its size, v random in all parameters."""
    plan = Plan(graph, 4, "float64", seed=seed)
    rng = np.random.default_rng(seed)
    plan.params[:] = rng.normal(0, 0.7, plan.params.shape)
    bound = plan.bind(4)
    bound.values[graph.input][:], bound.values["target"][:] = examples_for(graph, 4, seed)
    direction = rng.normal(size=plan.params.shape)

    def minimised(params: Array) -> float:
        plan.params[:] = params
        for call in bound.calls:
            call.run()
        return float(bound.values["loss"] + bound.values.get("penalty", np.zeros(())))

    start = plan.params.copy()
    up, down, far_up, far_down = (minimised(start + times * smooth * direction) for times in (1, -1, 2, -2))
    minimised(start)
    analytic, numeric = float(plan.grads @ direction), (8 * (up - down) - (far_up - far_down)) / (12 * smooth)
    return abs(analytic - numeric) / max(abs(analytic), abs(numeric), 1e-2)


@pytest.mark.parametrize("kind", AROUND)
@given(seed=st.integers(0, 2**32 - 1))
def test_gradients_through_each_layer_agree_with_central_differences(kind: str, seed: int) -> None:
    """In training, with dropout's mask as drawn for this step."""
    graph = graph_of(AROUND[kind], inputs=INPUTS.get(kind, (2,)))

    # a pooling may have another winner a large step further on
    assert min(directional_error(graph, seed, smooth=step) for step in (1e-5, 1e-7)) < 1e-6


@pytest.mark.parametrize("activation", get_args(ActivationName))
def test_gradients_through_each_activation_of_a_dense_layer_agree_with_central_differences(activation: str) -> None:
    """A typical point is no kink."""
    graph = graph_of([dense("hidden", 3, activation), dense("output", 2, "linear")])

    assert directional_error(graph, seed=3) < 1e-6


@given(spec=any_network(), seed=st.integers(0, 2**32 - 1))
def test_gradients_of_any_graph_with_skips_agree_with_central_differences(spec: SessionSpec, seed: int) -> None:
    """Values used several times, joints, losses fused or not, with and without a penalty."""
    graph = graph_of([layer.model_dump() for layer in spec.layers], inputs=(3,), **_rest(spec))

    # where the curvature is large the smaller step is the better one, where the loss is, the larger
    assert min(directional_error(graph, seed, smooth=step) for step in (1e-5, 1e-6)) < 1e-6


@given(spec=any_sequence_network(), seed=st.integers(0, 2**32 - 1))
def test_gradients_of_any_network_of_sequences_agree_with_central_differences(spec: SessionSpec, seed: int) -> None:
    """Attention, recurrence and normalisation in any order, each of several earlier layers."""
    graph = graph_of([layer.model_dump() for layer in spec.layers], inputs=(3, 2), **_rest(spec))

    assert min(directional_error(graph, seed, smooth=step) for step in (1e-4, 1e-5)) < 1e-6


def _rest(spec: SessionSpec) -> dict[str, object]:
    return spec.model_dump(exclude={"layers", "dataset"})


def test_a_dense_layer_refuses_images() -> None:
    """And names what helps."""
    with pytest.raises(ShapeMismatch, match="flatten"):
        graph_of([dense("output", 1)], inputs=(1, 3, 3))


def test_feature_maps_stand_side_by_side_channel_by_channel() -> None:
    """Two branches of an image joined: 2 + 3 maps of one size, with gradients for both."""
    maps: Layer = {"type": "conv2d", "kernel": 3, "padding": "same", "activation": "tanh", "inputs": ["input"]}
    layers: list[Layer] = [
        {**maps, "id": "left", "filters": 2},
        {**maps, "id": "right", "filters": 3},
        {"id": "both", "type": "concat", "inputs": ["left", "right"]},
        {"id": "flat", "type": "flatten"},
        dense("output", 2),
    ]
    graph = graph_of(layers, inputs=(1, 4, 4))

    assert (5, 4, 4) == graph.layers["both"].shape
    assert directional_error(graph, 3) < 1e-6
