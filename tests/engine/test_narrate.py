"""One sentence for each call: words, and numbers that are those of the buffers."""

from typing import Any

import pytest

from engine.cursor import Cursor
from engine.explain.tex import signed, words
from engine.optimizers import OPTIMIZERS
from engine.spec import SessionSpec
from tests.engine.sessions import HIDDEN, OUTPUT, cursor, mazur, straight_to


def sentences(**changes: Any) -> dict[str, str]:
    """Label of the call -> its sentence, for the first step."""
    session = cursor(**changes)
    return {session.calls()[n].label: session.step().sentence for n in range(len(session.calls()))}


def test_inputs_are_named_by_their_columns() -> None:
    """The gather says what goes in."""
    assert "width = " in sentences()["input.a"]


def test_an_activation_names_its_loudest_unit() -> None:
    """For the followed example, with the number that is in the buffer."""
    session = straight_to(cursor, 0, 2)
    sentence = session.step().sentence
    value = session.tensor("hidden1.a").value
    assert value is not None
    loudest = int(abs(value[0]).argmax())

    assert sentence.startswith("hidden1.a: each of the 3 units passes its sum through tanh")
    assert f"{signed(float(value[0, loudest]))}, at unit {loudest + 1}" in sentence


def test_the_followed_example_is_the_one_that_is_spoken_of() -> None:
    """Another example, other numbers."""
    session = straight_to(cursor, 0, 1)
    session.step()
    rows = session._timeline.batch_rows
    session.follow(int(rows[3]))
    session.step()
    session.step("op", 1, "back")
    sentence = session.step().sentence
    value = session.tensor("hidden1.a").value

    assert value is not None
    assert signed(float(value[3, abs(value[3]).argmax()])) in sentence


def test_a_fused_loss_hands_back_prediction_minus_target() -> None:
    """The arithmetic is in the sentence."""
    session = straight_to(cursor, 0, 6)
    sentence = session.step().sentence
    a, t = session.tensor("output.a").value, session.tensor("target").value
    dz = session.tensor("output.z").gradient
    assert a is not None
    assert t is not None
    assert dz is not None

    assert f"(a − t) / 8 = ({words(float(a[0, 0]))} − {words(float(t[0, 0]))}) / 8" in sentence
    assert signed(float(dz[0, 0])) in sentence


def test_the_update_names_optimizer_count_and_largest_delta() -> None:
    """Nine weights and four biases are moved."""
    sentence = sentences()["update"]

    assert sentence.startswith("Adam moves 13 parameters; the largest delta is ")


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_every_optimizer_has_a_name_for_people(optimizer: str) -> None:
    """No tag of the wire is shown."""
    assert f"{optimizer} moves" not in sentences(optimizer=optimizer)["update"]


def test_every_kind_of_layer_has_its_words() -> None:
    """A network with one of each."""
    layers = [
        {"id": "flat", "type": "flatten"},
        HIDDEN,
        {"id": "drop", "type": "dropout", "rate": 0.5},
        {"id": "two", "type": "dense", "units": 3, "activation": "linear", "use_bias": False},
        {"id": "sum", "type": "add", "inputs": ["drop", "two"]},
        {"id": "pair", "type": "concat", "inputs": ["sum", "hidden1"]},
        {"id": "probs", "type": "dense", "units": 2, "activation": "softmax"},
    ]
    told = sentences(
        layers=layers,
        loss="softmax_cross_entropy",
        regularization={"l1": 0.1, "l2": 0.2},
        optimizer={"type": "sgd", "learning_rate": 0.1, "clip": {"type": "norm", "limit": 1.0}},
    )

    assert "laid out in one row" in told["flat.a"]
    assert "chance drops" in told["drop.mask"]
    assert "through the mask" in told["drop.a"]
    assert "bias" not in told["two.z"]
    assert "as it is" in told["two.a"]
    assert "drop.a and two.a are added" in told["sum.a"]
    assert "side by side" in told["pair.a"]
    assert "shares of 1" in told["probs.a"]
    assert "the size of the weights costs" in told["penalty"]
    assert "shortened" in told["clip"]
    assert all(text.endswith(".") for text in told.values())


def test_contributions_to_one_gradient_are_told_apart() -> None:
    """hidden1.a is used twice: the first contribution does not pretend to be the gradient."""
    layers = [
        HIDDEN,
        {"id": "two", "type": "dense", "units": 3},
        {"id": "sum", "type": "add", "inputs": ["hidden1", "two"]},
        OUTPUT,
    ]
    told = sentences(layers=layers)

    assert "one of several contributions" in told["d hidden1.a"]
    assert "gradient" in told["d hidden1.a +"]


def test_clipping_by_value_says_so() -> None:
    """Every entry is held."""
    told = sentences(optimizer={"type": "sgd", "clip": {"type": "value", "limit": 0.5}})

    assert "within ±0.5" in told["clip"]


def test_a_single_example_is_not_divided() -> None:
    """Online learning: a − t."""
    assert "a − t = " in sentences(batch_size=1)["d output.z"]


def test_a_loss_that_is_not_fused_speaks_of_its_largest() -> None:
    """Two outputs under half squared error."""
    session = mazur()
    moved = [session.step() for _ in range(7)][-1]

    assert "the loss hands back its gradient" in moved.sentence


def test_many_steps_are_told_by_the_losses() -> None:
    """From and to."""
    session = straight_to(cursor, 3, 0)

    assert "5 steps trained: the loss of the batch went from" in session.step("batch", 5).sentence


def test_an_edit_that_is_met_again_is_told() -> None:
    """Walking over the step where something was set by hand."""
    session = straight_to(cursor, 3, 0)
    session.set_parameter("hidden1.b", [1, 2, 3])
    session.seek(2, 14)

    assert "set by hand" in session.step().sentence


def test_special_layers_say_what_they_do() -> None:
    """Lookups, moved numbers, products and normalisation have words of their own."""
    layers = [
        {"id": "table", "type": "embedding", "tokens": 2, "units": 2},
        {"id": "even", "type": "layer_norm"},
        {"id": "gate", "type": "multiply", "inputs": ["even", "table"]},
        {"id": "end", "type": "last"},
        {**OUTPUT, "units": 1},
    ]
    data = {"inline": {"inputs": [[0, 1], [1, 1]], "targets": [[0], [1]]}}
    said = sentences(dataset=data, layers=layers)

    assert said["table.a"].startswith("table.a: each token is looked up in the table, and its row copied")
    assert said["gate.a"].startswith("gate.a: even.a and table.a are multiplied, number by number")
    assert "brought to mean 0 and variance 1" in said["even.a"]
    assert said["end.a"].startswith("end.a: the last time step of gate.a is taken")
    assert "comes back through layer norm" in said["d table.a +"] + said["d table.a"]


@pytest.mark.parametrize("kind", ["rnn", "lstm", "gru"])
def test_every_call_of_a_recurrence_is_told(kind: str) -> None:
    """Forward from step to step, and back through time."""
    inline = {"inputs": [[[1.0, 0.5], [0.2, 0.3]], [[0.1, 0.9], [0.4, 0.2]]], "targets": [0.5, 0.1]}
    layers = [{"id": "memory", "type": kind, "units": 2}, {"id": "output", "type": "dense", "units": 1}]
    spec = {"dataset": {"inline": inline}, "layers": layers, "loss": "mse", "batch_size": "full"}
    made = Cursor(SessionSpec.model_validate(spec))

    told = [made.step("op").sentence for _ in made.calls()]

    assert all(told)
    assert any("remembered" in sentence for sentence in told)
