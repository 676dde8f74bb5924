"""Every number of a recurrent network is explained, and adds up, through time and through its gates."""

from typing import Any

import numpy as np
import pytest

from engine.cursor import Cursor
from engine.explain import LEVELS, Level
from engine.explain.tex import words
from engine.spec import SessionSpec
from tests.engine.explain.test_explain import assert_every_number_is_explained, recombined


def session(kind: str, *, sequence: bool = False, **options: Any) -> Cursor:
    """Two steps of training on three sequences of three rows of two numbers."""
    inputs = np.random.default_rng(2).normal(size=(3, 3, 2)).tolist()
    inline = {"inputs": inputs, "targets": [0, 1, 1], "classes": ["x", "y"]}
    layers: list[dict[str, Any]] = [
        {"id": "memory", "type": kind, "units": 2, **options},
        {"id": "output", "type": "dense", "units": 2, "activation": "softmax"},
    ]
    if sequence:
        layers.insert(1, {"id": "flat", "type": "flatten"})
    spec = {"dtype": "float64", "seed": 3, "dataset": {"inline": inline}, "layers": layers, "optimizer": "adam"}
    made = Cursor(SessionSpec.model_validate({**spec, "loss": "softmax_cross_entropy", "batch_size": "full"}))
    made.step("batch", 2)
    return made


@pytest.mark.parametrize("kind", ["rnn", "lstm", "gru"])
@pytest.mark.parametrize(
    ("sequence", "options"),
    [(False, {}), (True, {"return_sequences": True}), (False, {"bidirectional": True}), (False, {"truncate": 2})],
    ids=["last", "sequence", "both ways", "truncated"],
)
def test_every_number_through_time_is_explained(kind: str, sequence: bool, options: dict[str, Any]) -> None:
    """Terms read from the buffers, multiplied and added, are the number: values, gradients, deltas."""
    assert assert_every_number_is_explained(session(kind, sequence=sequence, **options)) > 140


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("kind", ["rnn", "lstm", "gru"])
def test_every_node_of_every_time_step_has_a_story_at_every_level(kind: str, level: Level) -> None:
    """No brace is left open, and none is empty where a number belongs."""
    made = session(kind)
    for name, node in made.plan.graph.nodes.items():
        if node.has_batch_axis:
            for quantity in ("value", "gradient"):
                text = made.explain(name, quantity, (1, *(0 for _ in node.shape)), level).text
                assert text
                assert "{" not in text


def test_a_gate_says_what_it_decides_and_at_which_time_step() -> None:
    """Steps are counted from 1 in sentences, as people do."""
    text = session("lstm").explain("memory.f[1]", "value", (1, 0), "high_school").text

    assert text.startswith("The forget gate at step 2 decides how much of the old cell is kept.")


def test_a_gradient_through_time_tells_now_from_later() -> None:
    """The two parts are what the terms of each time step sum to."""
    made = session("lstm")
    found = made.explain("memory.c[1]", "gradient", (1, 1))
    later = sum(term.value for term in found.terms if "[2]" in str(term.factors[0].node))

    assert f"{words(later)} from the next" in found.text
    assert found.value == pytest.approx(sum(term.value for term in found.terms))


def test_weights_of_all_time_steps_say_so() -> None:
    """The gradient sums over examples and time steps, and the sentence counts both."""
    made = session("lstm")

    for name in ("memory.W_ih", "memory.W_hh"):
        assert "the 3 examples and 3 time steps" in made.explain(name, "gradient", (0, 0)).text
    assert "time steps" not in made.explain("output.W", "gradient", (0, 0)).text


def test_the_weights_between_time_steps_are_named_by_gate() -> None:
    """Column 2 of four gates of two units is the first unit's forget gate."""
    made = session("lstm")
    wire, bias = made.explain("memory.W_hh", None, (0, 2)).question, made.explain("memory.b", None, (7,)).question

    assert "the wire remembered memory[1] → the forget gate of memory[1]" in wire
    assert "the bias of the output gate of memory[2]" in bias


def padded(kind: str) -> Cursor:
    """Two steps of training on three names of one, two and three letters."""
    inline = {"inputs": ["ab", "bca", "c"], "tokens": ["·", "a", "b", "c"], "targets": [0, 1, 1], "classes": ["x", "y"]}
    layers = [
        {"id": "embed", "type": "embedding", "tokens": 4, "units": 2},
        {"id": "memory", "type": kind, "units": 2},
        {"id": "output", "type": "dense", "units": 2, "activation": "softmax"},
    ]
    spec = {"dtype": "float64", "dataset": {"inline": inline}, "layers": layers, "loss": "softmax_cross_entropy"}
    made = Cursor(SessionSpec.model_validate({**spec, "batch_size": "full"}))
    made.step("batch", 2)
    return made


@pytest.mark.parametrize("kind", ["rnn", "lstm", "gru"])
def test_every_number_of_padded_sequences_is_explained(kind: str) -> None:
    """Where a name has ended, too: the mask is a factor of the terms."""
    assert assert_every_number_is_explained(padded(kind)) > 140


def test_padding_says_so_and_hands_nothing_to_the_gates() -> None:
    """The third name has one letter: at the second step its state stays, and its gates have no gradient."""
    made = padded("lstm")

    assert made.explain("memory.c[1]", "value", (2, 0)).text.startswith("m y_new + (1 − m) yₜ₋₁ with m = 0, padding")
    assert made.explain("memory.c[1]", "value", (1, 0)).text.endswith(
        "a real time step: the new state, "
        + words(float(made.explain("memory.c[1]", "value", (1, 0)).value or 0))
        + "."
    )
    assert 0 == made.explain("memory.f[1]", "gradient", (2, 0)).value


def translation(level_of_teaching: float = 1.0) -> Cursor:
    """An encoder and a decoder with attention on number words, two steps trained."""
    layers: list[dict[str, Any]] = [
        {"id": "embed", "type": "embedding", "tokens": 22, "units": 2},
        {"id": "encoder", "type": "lstm", "units": 2, "return_sequences": True},
        {
            "id": "decoder",
            "type": "decoder",
            "units": 2,
            "tokens": 25,
            "embedding": 2,
            "attention": True,
            "teacher_forcing": level_of_teaching,
        },
    ]
    dataset = {"name": "number_words", "limit": 20, "test_fraction": 0.0}
    spec = {"dtype": "float64", "dataset": dataset, "layers": layers, "loss": "softmax_cross_entropy", "batch_size": 2}
    made = Cursor(SessionSpec.model_validate(spec))
    made.step("batch", 2)
    return made


@pytest.mark.thorough
@pytest.mark.parametrize("teacher_forcing", [1.0, 0.5])
def test_numbers_of_an_encoder_and_decoder_are_explained(teacher_forcing: float) -> None:
    """One unit of every node, in every quantity and at one level each: terms add up, stories have no open brace."""
    made, levels = translation(teacher_forcing), list(LEVELS)
    for count, (name, node) in enumerate(made.plan.graph.nodes.items()):
        if not node.has_batch_axis:
            continue
        for quantity in ("value", "gradient"):
            found = made.explain(name, quantity, (1, *(0 for _ in node.shape)), levels[count % len(levels)])
            assert "{" not in found.text
            if found.computed and found.combine != "function":
                assert found.value == pytest.approx(recombined(found), rel=1e-6, abs=1e-12), name
