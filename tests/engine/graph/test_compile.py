from typing import Any

import pytest

from engine.errors import ShapeMismatch, SpecError, UnknownName
from tests.engine.networks import Layer, dense, graph_of

OUTPUT = dense("output", 1)


def test_a_dense_layer_becomes_pre_activation_activation_weights_and_bias() -> None:
    """Names, shapes and order are those that everything else builds on."""
    graph = graph_of([dense("hidden1", 3), OUTPUT])

    assert ["input.a", "hidden1.z", "hidden1.a", "output.z", "output.a", "target", "loss"] == list(graph.nodes)
    assert {"hidden1.W": (2, 3), "hidden1.b": (3,), "output.W": (3, 1), "output.b": (1,)} == {
        name: parameter.shape for name, parameter in graph.parameters.items()
    }


def test_a_dense_layer_without_bias_has_no_b() -> None:
    """use_bias=False leaves the weights alone."""
    graph = graph_of([dense("output", 1, use_bias=False)])

    assert ["output.W"] == list(graph.parameters)
    assert "matmul" == graph.nodes["output.z"].op


def test_an_input_layer_that_is_left_out_stands_before_the_first() -> None:
    """It is called "input" and has no place in the description."""
    graph = graph_of([OUTPUT])

    assert "input" == graph.input_layer.id
    assert graph.input_layer.index is None
    assert ("input",) == graph.layers["output"].inputs


def test_an_input_layer_may_have_another_name() -> None:
    """Then no other is added."""
    graph = graph_of([{"id": "features", "type": "input"}, OUTPUT])

    assert ["features", "output"] == list(graph.layers)
    assert "features.a" == graph.input


def test_layers_are_computed_after_those_they_read_however_they_are_listed() -> None:
    """A layer may read one that is listed after it."""
    layers = [
        dense("late", 2, inputs=["early"]),
        dense("early", 2, inputs=["input"]),
        dense("output", 1, inputs=["late"]),
    ]

    assert ["input", "early", "late", "output"] == list(graph_of(layers).layers)


def test_a_concat_is_as_wide_as_its_inputs_together() -> None:
    """Shapes are told by the operations."""
    layers = [dense("a", 3), {"id": "both", "type": "concat", "inputs": ["a", "input"]}, OUTPUT]

    assert (5,) == graph_of(layers).layers["both"].shape


def test_flatten_turns_images_into_rows() -> None:
    """(C, H, W) becomes C·H·W numbers."""
    graph = graph_of([{"id": "flat", "type": "flatten"}, OUTPUT], inputs=(2, 3, 4))

    assert (24,) == graph.layers["flat"].shape


@pytest.mark.parametrize(
    ("loss", "activation", "op", "reads"),
    [
        ("binary_cross_entropy", "sigmoid", "sigmoid_binary_cross_entropy", "output.z"),
        ("binary_cross_entropy", "tanh", "binary_cross_entropy", "output.a"),
        ("softmax_cross_entropy", "softmax", "softmax_cross_entropy", "output.z"),
        ("softmax_cross_entropy", "linear", "softmax_cross_entropy", "output.a"),
        ("mse", "sigmoid", "mse", "output.a"),
    ],
)
def test_a_loss_swallows_the_activation_it_is_fused_with(loss: str, activation: str, op: str, reads: str) -> None:
    """Sigmoid under binary and softmax under softmax cross-entropy; any other output is read as it is."""
    graph = graph_of([dense("output", 2, activation)], loss=loss)

    assert (op, reads) == (graph.nodes["loss"].op, graph.nodes["loss"].inputs[0])
    assert ("output.a" not in graph.differentiable(with_input=False)) == (reads == "output.z")


def test_a_penalty_is_a_node_of_its_own_when_there_is_one() -> None:
    """Reported apart from the data loss."""
    assert "penalty" not in graph_of([OUTPUT]).nodes
    assert "penalty" in graph_of([OUTPUT], regularization={"l1": 0.1}).nodes


@pytest.mark.parametrize(
    ("layers", "kind", "loc", "words"),
    [
        ([dense("a", 2), dense("a", 1)], SpecError, ("layers", 1, "id"), 'two layers with the id "a"'),
        ([dense("input", 1)], SpecError, ("layers", 0, "id"), "an input layer of that name"),
        ([dense("loss", 1)], SpecError, ("layers", 0, "id"), "is the name of another node"),
        ([dense("a", 1, inputs=["b"])], UnknownName, ("layers", 0, "inputs", 0), 'no layer "b"'),
        ([dense("a", 2, inputs=["a"])], SpecError, ("layers", 0, "inputs"), "a ← a"),
        (
            [dense("a", 2, inputs=["c"]), dense("b", 2), dense("c", 2), OUTPUT],
            SpecError,
            ("layers", 0, "inputs"),
            "a ← c ← b ← a",
        ),
        ([dense("a", 2), dense("b", 2, inputs=["a", "input"])], SpecError, ("layers", 1, "inputs"), "add or concat"),
        ([dense("a", 2, inputs=[])], SpecError, ("layers", 0, "inputs"), "reads nothing"),
        ([dense("a", 2), dense("b", 2, inputs=["input"])], SpecError, ("layers", 0), 'reads layer "a"'),
        (
            [dense("a", 3), {"id": "sum", "type": "add", "inputs": ["a", "input"]}, OUTPUT],
            SpecError,
            ("layers", 1, "inputs"),
            "(N, 3), but got (N, 2)",
        ),
        ([dense("a", 2), {"id": "x", "type": "input"}], SpecError, ("layers", 1), "stands first"),
        ([{"id": "x", "type": "input"}, {"id": "y", "type": "input"}], SpecError, ("layers", 1), "one input layer"),
        ([{"id": "x", "type": "input", "inputs": ["y"]}, OUTPUT], SpecError, ("layers", 0, "inputs"), "no inputs"),
        ([{"id": "x", "type": "input"}], SpecError, ("layers",), "at least one layer"),
    ],
)
def test_what_describes_no_network_is_refused_at_its_place(
    layers: list[Layer], kind: type[SpecError], loc: tuple[Any, ...], words: str
) -> None:
    """The error says what and where."""
    with pytest.raises(kind) as refusal:
        graph_of(layers)

    assert loc == refusal.value.loc
    assert words in refusal.value.message


@pytest.mark.parametrize("layers", [[OUTPUT], [{"id": "bend", "type": "activation", "function": "tanh"}]])
def test_images_do_not_pass_for_rows(layers: list[Layer]) -> None:
    """A dense layer reads rows and the output is one; a flatten layer is what is missing."""
    with pytest.raises(SpecError, match="flatten"):
        graph_of(layers, inputs=(2, 3))


def test_a_shape_mismatch_is_a_spec_error() -> None:
    """Callers catch one kind."""
    assert issubclass(ShapeMismatch, SpecError)
