"""Layers that look tokens up, move, multiply and normalise numbers."""

import numpy as np
import pytest

from engine.arrays import Array
from engine.cursor import Cursor
from engine.errors import ShapeMismatch, SpecError
from engine.graph import Form, compile_graph
from engine.plan import Plan
from engine.spec import SessionSpec
from tests.engine.networks import Layer, dense, graph_of, spec_of

TABLE: Layer = {"id": "table", "type": "embedding", "tokens": 3, "units": 2}
FLAT: Layer = {"id": "flat", "type": "flatten"}
OUTPUT = dense("output", 1, "linear")


def session(inputs: list[list[float]], layers: list[Layer]) -> Cursor:
    """A session on these rows."""
    data = {"inline": {"inputs": inputs, "targets": [[0.0]] * len(inputs)}}
    spec = {"dataset": data, "layers": layers, "loss": "mse", "dtype": "float64"}
    return Cursor(SessionSpec.model_validate(spec))


@pytest.mark.parametrize("wrong", [3.0, -1.0, 0.5])
@pytest.mark.parametrize("lookup", [TABLE, {"id": "table", "type": "one_hot", "tokens": 3}], ids=lambda x: x["type"])
def test_an_id_that_the_table_does_not_know_is_refused_where_data_enter(lookup: Layer, wrong: float) -> None:
    """The layer, what it knows, and where the stranger stands are named."""
    with pytest.raises(
        SpecError, match=rf'"table" expects .* 0 to 2, but example 2, place 1 holds {wrong:g}'
    ) as refused:
        session([[0.0, 2.0], [wrong, 1.0]], [lookup, FLAT, OUTPUT])

    assert ("dataset",) == refused.value.loc


def test_an_unknown_id_in_a_question_is_refused() -> None:
    """Also when the network is asked about other examples."""
    made = session([[0.0, 2.0]], [TABLE, FLAT, OUTPUT])

    with pytest.raises(SpecError, match="holds 7") as refused:
        made.forward([[0.0, 7.0]])

    assert ("inputs",) == refused.value.loc


def test_tokens_are_looked_up_in_the_data_alone() -> None:
    """What a layer computes is no token id."""
    with pytest.raises(SpecError, match='reads what "hidden" computes') as refused:
        graph_of([dense("hidden", 2), TABLE, FLAT, OUTPUT])

    assert ("layers", 1, "inputs") == refused.value.loc


def test_the_fewest_known_tokens_count() -> None:
    """Two lookups of one input; one through a slice."""
    lamps: Layer = {"id": "lamps", "type": "one_hot", "tokens": 2, "inputs": ["first"]}
    first: Layer = {"id": "first", "type": "slice", "stop": 1, "inputs": ["input"]}
    joint: Layer = {"id": "joint", "type": "concat", "inputs": ["flat", "flat2"]}
    graph = graph_of([TABLE, FLAT, first, lamps, {**FLAT, "id": "flat2"}, joint, OUTPUT])

    assert graph.tokens is not None
    assert ("lamps", 2) == (graph.tokens.layer, graph.tokens.count)


def test_only_tokens_of_the_batch_move() -> None:
    """Plain gradient descent leaves the rows of all others where they are."""
    made = session([[0.0, 2.0], [2.0, 2.0]], [TABLE, FLAT, OUTPUT])
    before = made.plan.parameters["table.W"].copy()
    made.step("batch")

    moved = (made.plan.parameters["table.W"] != before).any(axis=1)

    assert [True, False, True] == moved.tolist()


@pytest.mark.parametrize(
    ("layer", "words"),
    [
        ({"type": "reshape", "shape": [2, 2]}, r'"here", reshape to 4 numbers: x expects shape \(N, 2, 2\)'),
        ({"type": "transpose", "axes": [0, 1]}, r"transpose by \(0, 1\)"),
        ({"type": "slice", "start": 5}, "takes nothing of 3"),
        ({"type": "slice", "axis": 2}, "along axis 2"),
        ({"type": "last"}, r"last: x expects shape \(N, T, D\), but got \(N, 3\)"),
        ({"type": "activation", "function": "softmax", "axis": 1}, "softmax along axis 1"),
    ],
    ids=lambda value: value["type"] if isinstance(value, dict) else "",
)
def test_impossible_shapes_name_the_layer(layer: Layer, words: str) -> None:
    """And what it expects, and what it gets."""
    with pytest.raises(ShapeMismatch, match=words) as refused:
        graph_of([{"id": "here", **layer}, FLAT, OUTPUT], inputs=(3,))

    assert ("layers", 0, "inputs") == refused.value.loc


def test_only_softmax_has_an_axis() -> None:
    """Another activation looks at each number alone."""
    with pytest.raises(ValueError, match="only softmax has an axis"):
        graph_of([{"id": "here", "type": "activation", "function": "tanh", "axis": 0}, OUTPUT])


def test_softmax_shares_along_the_axis_that_is_asked_for() -> None:
    """Columns of a matrix add up to 1."""
    layers: list[Layer] = [
        {"id": "matrix", "type": "reshape", "shape": [2, 3]},
        {"id": "shares", "type": "activation", "function": "softmax", "axis": 0},
        FLAT,
        OUTPUT,
    ]
    shares = session([[1.0, 2, 3, 4, 5, 6]], layers).forward([[1.0, 2, 3, 4, 5, 7]])["activations"]["shares.a"]

    np.testing.assert_allclose(np.ones((1, 3)), shares.sum(axis=1))


def padded(layers: list[Layer], inputs: Array) -> Plan:
    """A plan that has run backward on sequences of unequal length; targets are 0."""
    graph = compile_graph(spec_of(layers), Form(inputs.shape[1:], padded=True))
    plan = Plan(graph, len(inputs), "float64", purpose="probe")
    plan.params[:] = np.random.default_rng(0).normal(size=plan.params.shape)
    bound = plan.bind(len(inputs))
    bound.values[graph.input][:] = inputs
    for call in bound.calls:
        call.run()
    return plan


LONG = np.random.default_rng(1).normal(size=(1, 5, 3))
#: The same sequence, ended after three of its five steps.
SHORT = LONG * (np.arange(5) < 3)[:, None]


def test_last_is_the_last_real_step() -> None:
    """Of a sequence that ends early the step before its padding, which alone gets the gradient."""
    plan = padded([dense("each", 2), {"id": "end", "type": "last"}, OUTPUT], SHORT)

    assert np.array_equal(plan.values["each.a"][:, 2], plan.values["end.a"])
    assert [False, False, True, False, False] == plan.gradients["each.a"].any(axis=(0, 2)).tolist()


def test_a_slice_of_time_takes_its_mask_along() -> None:
    """Of steps 1 to 3 of a sequence with three real ones, two are real."""
    plan = padded(
        [{"id": "part", "type": "slice", "start": 1, "stop": 4}, {"id": "end", "type": "last"}, OUTPUT], SHORT
    )

    assert [[1, 1, 0]] == plan.values["part.mask"].tolist()
    assert np.array_equal(SHORT[:, 2], plan.values["end.a"])


def test_attention_does_not_look_at_padding() -> None:
    """Padding has no weight and gets no gradient; the sequence alone, without padding, gives the same."""
    layers: list[Layer] = [{"id": "look", "type": "attention", "heads": 3}, {"id": "end", "type": "last"}, OUTPUT]
    long, short = padded(layers, SHORT), padded(layers, SHORT[:, :3])

    assert not long.values["look.weights"][..., 3:].any()
    assert not long.gradients["look.v"][:, 3:].any()
    np.testing.assert_allclose(short.values["end.a"], long.values["end.a"], rtol=1e-12)
    np.testing.assert_allclose(short.grads, long.grads, rtol=1e-9, atol=1e-12)


def test_cross_attention_has_queries_of_the_first_and_keys_of_the_second() -> None:
    """Two queries to three keys."""
    part: Layer = {"id": "part", "type": "slice", "stop": 2}
    across: Layer = {"id": "across", "type": "attention", "heads": 1, "inputs": ["part", "input"]}
    graph = graph_of([part, across, FLAT, OUTPUT], inputs=(3, 4))

    assert (1, 2, 3) == graph.nodes["across.weights"].shape
    assert ("part.a", "across.W_q") == graph.nodes["across.q"].inputs
    assert ("input.a", "across.W_k") == graph.nodes["across.k"].inputs
    assert ["W_q", "W_k", "W_v", "W_o"] == [name.partition(".")[2] for name in graph.layers["across"].parameters]


def test_a_causal_step_does_not_depend_on_later_ones() -> None:
    """Another last step changes the last answer alone."""
    layers: list[Layer] = [{"id": "look", "type": "attention", "causal": True}, {"id": "end", "type": "last"}, OUTPUT]
    other = LONG.copy()
    other[:, -1] += 1.0

    before, after = (padded(layers, inputs).values["look.a"] for inputs in (LONG, other))

    assert [False] * 4 + [True] == (before != after).any(axis=(0, 2)).tolist()


@pytest.mark.parametrize(
    ("options", "loc", "words"),
    [
        ({"heads": 3}, "heads", "3 heads do not divide 4 units"),
        ({"causal": True, "inputs": ["input", "input"]}, "causal", "no common time"),
        ({"inputs": ["input"] * 3}, "inputs", "but 3 are given"),
    ],
)
def test_impossible_attention_is_refused(options: Layer, loc: str, words: str) -> None:
    """With the field that is wrong."""
    with pytest.raises(SpecError, match=words) as refused:
        graph_of([{"id": "look", "type": "attention", **options}, FLAT, OUTPUT], inputs=(3, 4))

    assert ("layers", 0, loc) == refused.value.loc
