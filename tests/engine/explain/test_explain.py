"""Derivations: the terms that are printed, multiplied and added up again, give the very number of the buffer."""

import itertools
import math
from typing import Any, get_args

import numpy as np
import pytest

from engine.cursor import Cursor
from engine.errors import ShapeMismatch, SpecError, UnknownName
from engine.explain import LEVELS, Explanation, Level, Quantity
from engine.explain.terms import MAX_TERMS
from engine.losses import LOSSES
from engine.optimizers import OPTIMIZERS
from engine.spec import ActivationName, SessionSpec

INPUTS = np.random.default_rng(0).normal(size=(6, 3))
TARGETS = np.eye(2)[[0, 1, 1, 0, 1, 0]]


def layer(identifier: str, units: int, activation: str = "linear", **fields: Any) -> dict[str, Any]:
    """A dense layer."""
    return {"id": identifier, "type": "dense", "units": units, "activation": activation, **fields}


def cursor(layers: list[dict[str, Any]], loss: str = "mse", **fields: Any) -> Cursor:
    """A session in float64 that has finished two steps."""
    data = {"inline": {"inputs": INPUTS.tolist(), "targets": TARGETS.tolist()}}
    spec = {"dtype": "float64", "seed": 3, "dataset": data, "layers": layers, "loss": loss, "optimizer": "adam"}
    made = Cursor(SessionSpec.model_validate({**spec, "batch_size": "full", **fields}))
    made.step("batch", 2)
    return made


def recombined(found: Explanation) -> float:
    """What a reader with a pocket calculator gets from the printed terms."""
    for term in found.terms:
        if term.factors:
            assert term.value == pytest.approx(math.prod(factor.value for factor in term.factors), rel=1e-9, abs=1e-300)
    values = [term.value for term in found.terms]
    return found.scale * (math.prod(values) if found.combine == "product" else math.fsum(values))


def every_number(made: Cursor) -> list[tuple[str, Quantity, tuple[int, ...]]]:
    """Two examples of every node, and every entry of every parameter, in every quantity that it has."""
    graph, numbers = made.plan.graph, []
    for name, node in graph.nodes.items():
        shape = (2, *node.shape) if node.has_batch_axis else node.shape
        for quantity in ("value", "gradient"):
            numbers += [(name, quantity, index) for index in itertools.product(*map(range, shape))]
    for name, parameter in graph.parameters.items():
        for quantity in get_args(Quantity):
            numbers += [(name, quantity, index) for index in itertools.product(*map(range, parameter.shape))]
    return numbers


def assert_every_number_is_explained(made: Cursor) -> int:
    """Each computed number equals its recombined terms; returns how many there were."""
    count = 0
    for name, quantity, index in every_number(made):
        found = made.explain(name, quantity, index)
        if not found.computed or found.combine == "function":
            continue
        size = found.scale * math.fsum(abs(term.value) for term in found.terms)
        assert found.value is not None
        assert abs(found.value - recombined(found)) <= 1e-6 * max(abs(found.value), 1e-6 * size, 1e-12), found
        count += 1
    return count


@pytest.mark.parametrize("loss", sorted(LOSSES))
def test_every_loss_is_explained(loss: str) -> None:
    """With each loss, unfused: every value, gradient and delta adds up."""
    made = cursor([layer("hidden1", 4, "tanh"), layer("output", 2, "tanh")], loss)

    assert assert_every_number_is_explained(made) > 50


@pytest.mark.parametrize("activation", get_args(ActivationName))
def test_every_activation_is_explained(activation: str) -> None:
    """With each activation in a hidden layer: every value, gradient and delta adds up."""
    made = cursor([layer("hidden1", 4, activation), layer("output", 2, "sigmoid")], "binary_cross_entropy")

    assert assert_every_number_is_explained(made) > 50


@pytest.mark.parametrize("optimizer", sorted(OPTIMIZERS))
def test_every_optimizer_is_explained(optimizer: str) -> None:
    """With each optimizer: every delta adds up, and says what it was made of."""
    made = cursor(
        [layer("hidden1", 4, "tanh"), layer("output", 2)], optimizer={"type": optimizer, "learning_rate": 0.1}
    )

    assert assert_every_number_is_explained(made) > 50
    assert "learning_rate" in {detail.name for detail in made.explain("output.W", "delta", (0, 0)).details}


def test_softmax_with_cross_entropy_is_explained() -> None:
    """Fused: p − t over the batch, and the output's own gradient says that it was not needed."""
    made = cursor([layer("hidden1", 4, "relu"), layer("output", 2, "softmax")], "softmax_cross_entropy")

    assert assert_every_number_is_explained(made) > 50
    assert "fused" in (made.explain("output.a", "gradient", (0, 0)).reason or "")


def test_skips_joints_and_dropout_are_explained() -> None:
    """A DAG with add, concat, dropout and a value that is used twice."""
    layers = [
        layer("hidden1", 3, "tanh"),
        layer("hidden2", 3, "tanh", clamps={"0": 0.0, "2": 0.7}),
        {"id": "joint", "type": "add", "inputs": ["hidden1", "hidden2"]},
        {"id": "wide", "type": "concat", "inputs": ["joint", "input"]},
        {"id": "drop", "type": "dropout", "rate": 0.4},
        layer("output", 2),
    ]

    assert assert_every_number_is_explained(cursor(layers)) > 80


#: Every layer that moves, looks up, multiplies or normalises numbers, one behind the other.
SPECIAL: list[dict[str, Any]] = [
    {"id": "table", "type": "embedding", "tokens": 4, "units": 4},
    {"id": "turned", "type": "transpose"},
    {"id": "even", "type": "layer_norm"},
    {"id": "shares", "type": "activation", "function": "softmax", "axis": 0},
    {"id": "gate", "type": "multiply", "inputs": ["shares", "even"]},
    {"id": "steps", "type": "reshape", "shape": [3, 4]},
    {"id": "end", "type": "last"},
    {"id": "part", "type": "slice", "start": 1, "stop": 3},
    {"id": "fair", "type": "batch_norm"},
    {"id": "lamps", "type": "one_hot", "tokens": 5, "inputs": ["input"]},
    {"id": "row", "type": "flatten"},
    {"id": "both", "type": "concat", "inputs": ["row", "fair"]},
    layer("output", 2, "sigmoid"),
]


def special(**fields: Any) -> Cursor:
    """A session of tokens through all the special layers."""
    inputs = np.random.default_rng(4).integers(3, size=(6, 3)).tolist()  # token 3 never occurs
    return cursor(SPECIAL, dataset={"inline": {"inputs": inputs, "targets": TARGETS.tolist()}}, **fields)


def test_special_layers_are_explained() -> None:
    """Lookups, products, moved numbers and normalisation: every value, gradient and delta adds up."""
    assert assert_every_number_is_explained(special()) > 300


#: Attention to oneself, with two heads, then of one's own sequence to another.
ATTENTION: list[dict[str, Any]] = [
    {"id": "table", "type": "embedding", "tokens": 4, "units": 4},
    {"id": "own", "type": "attention", "heads": 2, "causal": True, "use_bias": True},
    {"id": "part", "type": "slice", "stop": 2},
    {"id": "across", "type": "attention", "heads": 1, "units": 2, "inputs": ["part", "table"]},
    {"id": "flat", "type": "flatten"},
    layer("output", 2, "sigmoid"),
]


def attention(**fields: Any) -> Cursor:
    """A session of tokens through two layers of attention."""
    inputs = [[1, 2, 3], [2, 1, 0], [3, 3, 3], [1, 0, 0], [2, 2, 1], [3, 1, 0]]
    dataset = {"inline": {"inputs": inputs, "targets": TARGETS.tolist()}}
    return cursor(ATTENTION, dataset=dataset, **fields)


@pytest.mark.thorough
def test_attention_is_explained() -> None:
    """Queries, keys, values, scores, weights and mixtures, with their gradients."""
    assert assert_every_number_is_explained(attention()) > 400


def test_attention_among_padded_sequences_is_explained() -> None:
    """What is padding has weight 0 in words as well; the last real step is the one that is handed on."""
    layers: list[dict[str, Any]] = [
        {"id": "table", "type": "embedding", "tokens": 60, "units": 2},
        {"id": "look", "type": "attention", "heads": 2},
        {"id": "end", "type": "last"},
        layer("output", 2),
    ]
    data = {"name": "surnames", "languages": ["English", "Zulu"]}
    made = cursor(layers, "softmax_cross_entropy", dataset=data, batch_size=2)
    weights = made.tensor("look.weights").value
    assert weights is not None
    hidden = tuple(int(i) for i in np.argwhere(weights == 0)[0])

    for name, index in [("look.weights", hidden), ("look.weights", (0, 1, 2, 0)), ("end.a", (1, 1))]:
        assert made.explain(name, "value", index).value == pytest.approx(recombined(made.explain(name, "value", index)))
    for name, index in [
        ("look.scores", hidden),
        ("look.scores", (1, 0, 0, 0)),
        ("look.a", (0, 0, 0)),
        ("look.v", (0, 1, 1)),
    ]:
        found = made.explain(name, "gradient", index)
        assert found.value == pytest.approx(recombined(found), abs=1e-15)
    assert "hidden" in made.explain("look.weights", "value", hidden, "high_school").text


@pytest.mark.parametrize("include_biases", [False, True])
def test_penalty_is_a_term_of_the_gradient(include_biases: bool) -> None:
    """With L1 and L2 the weights' gradients add up only with the penalty's terms."""
    rule = {"l1": 0.02, "l2": 0.1, "include_biases": include_biases}
    made = cursor([layer("hidden1", 3, "tanh"), layer("output", 2)], regularization=rule)

    assert assert_every_number_is_explained(made) > 50
    labels = {term.label for term in made.explain("output.W", "gradient", (0, 0)).terms}
    assert {"penalty l1", "penalty l2"} <= labels


def test_small_batches_and_walks_are_explained() -> None:
    """In the middle of a step what has run is explained, and what has not says so."""
    made = cursor([layer("hidden1", 3, "tanh"), layer("output", 2)], batch_size=4)
    for _ in range(11):
        made.step("op")
        assert_every_number_is_explained(made)


def test_layer_without_bias_is_explained() -> None:
    """use_bias = false: a plain sum of products."""
    found = cursor([layer("hidden1", 3, "tanh", use_bias=False), layer("output", 2)]).explain(
        "hidden1.z", "value", (0, 1)
    )

    assert [len(term.factors) for term in found.terms] == [2, 2, 2]


def test_pre_activation_by_hand() -> None:
    """z = 0.5·2 + (−1)·3 + 0.25 = −1.75: terms in order, the largest named."""
    data = {"inline": {"inputs": [[0.5, -1.0]], "targets": [[1.0]]}}
    spec = {"dtype": "float64", "dataset": data, "layers": [layer("output", 1)], "loss": "mse"}
    made = Cursor(SessionSpec.model_validate(spec))
    made.set_parameter("output.W", [[2.0], [3.0]])
    made.set_parameter("output.b", [0.25])
    made.step("op", 2)

    found = made.explain("output.z", None, (0, 0), "high_school")

    assert [1.0, -3.0, 0.25] == [term.value for term in found.terms]
    assert -1.75 == found.value
    assert "z = −1.7500" in found.text
    assert r"= 0.5000 \cdot 2.0000 + (-1.0000) \cdot 3.0000 + 0.2500 = -1.7500" == found.substituted


def test_not_computed_is_said_and_is_not_zero() -> None:
    """Before the backward pass a gradient has no value, and the reason names the call that will compute it."""
    made = cursor([layer("hidden1", 3, "tanh"), layer("output", 2)])
    made.step("op")

    found = made.explain("hidden1.W", "gradient", (0, 0))

    assert found.value is None
    assert not found.computed
    assert "d hidden1.W" in (found.reason or "")


def test_chain_leads_from_the_loss_to_the_number() -> None:
    """The chain of a delta starts at L, ends at the delta, and its links are gradients in between."""
    chain = cursor([layer("hidden1", 3, "tanh"), layer("output", 2)]).explain("hidden1.W", "delta", (1, 2)).chain

    assert ["loss", "output.z"] == [link.node for link in chain][:2] or chain[1].node == "output.a"
    assert "hidden1.a" in [link.node for link in chain]
    assert ("hidden1.W", "gradient") == (chain[-2].node, chain[-2].quantity)
    assert ("hidden1.W", "delta") == (chain[-1].node, chain[-1].quantity)
    assert all(link.value is not None for link in chain)


@pytest.mark.thorough
@pytest.mark.parametrize("level", list(LEVELS))
def test_every_level_tells_every_number_without_a_gap(level: Level) -> None:
    """No brace is left unfilled, no sentence is empty, whatever is asked."""
    rule = {"l1": 0.02, "l2": 0.1}
    layers = [
        layer("hidden1", 3, "tanh"),
        {"id": "drop", "type": "dropout", "rate": 0.5},
        layer("hidden2", 3, "softmax"),
        {"id": "flat", "type": "flatten"},
        {"id": "both", "type": "concat", "inputs": ["flat", "hidden1"]},
        layer("output", 2, "sigmoid"),
    ]
    made = cursor(layers, "binary_cross_entropy", regularization=rule)
    for session in (made, special(regularization=rule), attention(regularization=rule)):
        for name, quantity, index in every_number(session):
            text = session.explain(name, quantity, index, level).text
            assert len(text) > 8
            assert "{" not in text


def test_long_sums_are_folded_exactly() -> None:
    """Beyond 64 terms the smallest stand in one, with their exact sum."""
    rng = np.random.default_rng(1)
    data = {"inline": {"inputs": rng.normal(size=(2, 200)).tolist(), "targets": [[0.0], [1.0]]}}
    spec = {"dtype": "float64", "dataset": data, "layers": [layer("output", 1)], "loss": "mse"}
    made = Cursor(SessionSpec.model_validate(spec))
    made.step("op", 2)

    found = made.explain("output.z", "value", (0, 0))

    assert MAX_TERMS == len(found.terms)
    assert ("138 more", 138) == (found.terms[-1].label, found.terms[-1].count)
    assert r"(196\text{ more})" in (found.substituted or "")
    assert found.value == pytest.approx(recombined(found), rel=1e-9)


def test_unknown_node_is_refused() -> None:
    """The error names the nearest that exists."""
    with pytest.raises(UnknownName, match=r'did you mean "hidden1.a"'):
        cursor([layer("hidden1", 3), layer("output", 2)]).explain("hidden1.aa")


def test_index_outside_is_refused() -> None:
    """The error gives the shape."""
    with pytest.raises(ShapeMismatch, match=r"\(6, 3\)"):
        cursor([layer("hidden1", 3), layer("output", 2)]).explain("hidden1.a", "value", (6, 0))


def test_only_parameters_have_a_delta() -> None:
    """The delta of an activation is refused in words."""
    with pytest.raises(SpecError, match="only parameters move"):
        cursor([layer("hidden1", 3), layer("output", 2)]).explain("hidden1.a", "delta", (0, 0))


def test_a_probability_that_is_held_hands_back_nothing_in_words_as_well() -> None:
    """p = 1e-9 lies outside [1e-7, 1 - 1e-7]: the operation's gradient is 0, and so is the derivation's."""
    data = {"inline": {"inputs": [[1.0]], "targets": [[1.0]]}}
    spec = {"dtype": "float64", "dataset": data, "loss": "binary_cross_entropy", "batch_size": 1}
    made = Cursor(
        SessionSpec.model_validate({**spec, "layers": [layer("output", 1)]}), parameters={"output.W": [[1e-9]]}
    )
    made.step("batch")

    found = made.explain("output.a", "gradient", (0, 0))

    assert 0.0 == found.value == recombined(found)


def test_the_chain_does_not_end_in_a_penalty() -> None:
    """However large its part of the gradient is: the way to the loss goes on through the network."""
    made = cursor([layer("hidden1", 3, "tanh"), layer("output", 2)], regularization={"l2": 1e6})

    chain = made.explain("hidden1.W", "gradient", (0, 0)).chain

    assert ["loss", "output.a", "output.z", "hidden1.a", "hidden1.z", "hidden1.W"] == [link.node for link in chain]
