"""Derivations of convolutions and poolings: the terms add up to the very number of the buffer, at every level."""

from typing import Any

import numpy as np
import pytest

from engine.cursor import Cursor
from engine.explain import LEVELS, Level
from engine.spec import SessionSpec
from tests.engine.explain.test_explain import assert_every_number_is_explained, every_number, recombined

RNG = np.random.default_rng(0)
OUTPUT = {"id": "output", "type": "dense", "units": 2, "activation": "softmax"}
FLAT = {"id": "flat", "type": "flatten"}

IMAGES: list[dict[str, Any]] = [
    {"id": "first", "type": "conv2d", "filters": 2, "kernel": 2, "padding": "same", "activation": "tanh"},
    {"id": "most", "type": "max_pool2d", "size": 3, "stride": 2, "padding": 1},
    {"id": "second", "type": "conv2d", "filters": 4, "kernel": [2, 1], "stride": 2, "padding": 1, "groups": 2},
    {"id": "bare", "type": "conv2d", "filters": 1, "kernel": 2, "dilation": [1, 2], "use_bias": False},
    {"id": "large", "type": "upsample", "factor": [2, 3]},
    {"id": "mean", "type": "avg_pool2d", "size": 2, "stride": 1, "padding": 1},
    FLAT,
    {"id": "all", "type": "global_avg_pool2d", "inputs": ["second"]},
    {"id": "both", "type": "concat", "inputs": ["flat", "all"]},
    OUTPUT,
]
SEQUENCES: list[dict[str, Any]] = [
    {"id": "first", "type": "conv1d", "filters": 2, "kernel": 3, "padding": "same", "activation": "tanh"},
    {"id": "bare", "type": "conv1d", "filters": 2, "kernel": 2, "stride": 2, "groups": 2, "use_bias": False},
    FLAT,
    OUTPUT,
]


def cursor(layers: list[dict[str, Any]], inputs: Any, **fields: Any) -> Cursor:
    """A session in float64 that has finished two steps on three examples."""
    data = {"inline": {"inputs": np.asarray(inputs).tolist(), "targets": [0, 1, 1][: len(inputs)]}}
    spec = {"dtype": "float64", "seed": 3, "dataset": data, "layers": layers, "loss": "softmax_cross_entropy", **fields}
    made = Cursor(SessionSpec.model_validate({"optimizer": "adam", "batch_size": "full", **spec}))
    made.step("batch", 2)
    return made


def images() -> Cursor:
    """Convolutions and poolings of every kind, a map that is used twice, a penalty."""
    return cursor(IMAGES, RNG.normal(size=(3, 1, 6, 5)), regularization={"l2": 0.1})


def sequences() -> Cursor:
    """Convolutions over time."""
    return cursor(SEQUENCES, RNG.normal(size=(3, 5, 2)))


def test_every_number_of_convolutions_and_poolings_is_explained() -> None:
    """Values, gradients and deltas, padding, strides, dilation and groups included."""
    assert assert_every_number_is_explained(images()) > 500


def test_every_number_of_convolutions_over_time_is_explained() -> None:
    """Where channels stand last."""
    assert assert_every_number_is_explained(sequences()) > 150


@pytest.mark.parametrize("level", list(LEVELS))
@pytest.mark.parametrize("make", [images, sequences])
def test_every_level_tells_every_number_without_a_gap(make: Any, level: Level) -> None:
    """No brace is left unfilled, whatever is asked."""
    made = make()
    for name, quantity, index in every_number(made)[::3]:
        text = made.explain(name, quantity, index, level).text
        assert len(text) > 8
        assert "{" not in text


def test_a_pre_activation_is_what_lies_under_the_window() -> None:
    """Terms in row-major order, each of two numbers that can be clicked; the bias stands last."""
    conv = {"id": "conv", "type": "conv2d", "filters": 1, "kernel": 2}
    made = cursor([conv, FLAT, OUTPUT], np.arange(9.0).reshape(1, 1, 3, 3))
    made.set_parameter("conv.kernel", [[[[1.0, 0.0], [0.0, -2.0]]]])
    made.set_parameter("conv.b", [10.0])
    made.step("op", 2)

    found = made.explain("conv.z", None, (0, 0, 1, 0), "high_school")

    assert [3.0, 0.0, 0.0, -14.0, 10.0] == [term.value for term in found.terms]
    assert [(0, 0, 1, 0), (0, 0, 0, 0)] == [factor.index for factor in found.terms[0].factors]
    assert -1.0 == found.value == recombined(found)
    assert "at place (2, 1)" in found.text
    assert "conv.kernel" not in found.question


def test_the_winner_of_a_window_takes_its_whole_gradient() -> None:
    """Of equal numbers the first has won: the terms say so."""
    conv = {"id": "conv", "type": "conv2d", "filters": 1, "kernel": 1}
    made = cursor([conv, {"id": "most", "type": "max_pool2d"}, FLAT, OUTPUT], [[[[3.0, 3.0], [1.0, 2.0]]]])
    made.set_parameter("conv.kernel", [[[[1.0]]]])
    made.step("batch")
    upstream = made.tensor("most.a").gradient
    assert upstream is not None

    won, lost = (made.explain("conv.a", "gradient", (0, 0, 0, column)) for column in (0, 1))

    assert upstream[0, 0, 0, 0] == won.value
    assert 0.0 == lost.value
    assert ["window (1, 1), won"] == [term.label for term in won.terms]
    assert ["window (1, 1), lost"] == [term.label for term in lost.terms]
    assert made.explain("most.a", "value", (0, 0, 0, 0)).terms[0].factors[0].index == (0, 0, 0, 0)


def test_a_kernel_entry_sums_over_all_places_of_all_examples() -> None:
    """9 places of 3 examples."""
    conv = {"id": "conv", "type": "conv2d", "filters": 1, "kernel": 2}
    found = cursor([conv, FLAT, OUTPUT], RNG.normal(size=(3, 1, 4, 4))).explain(
        "conv.kernel", "gradient", (0, 0, 1, 1), "graduate"
    )

    assert 27 == len(found.terms)
    assert "example 2 at (3, 1)" == found.terms[9 + 6].label
    assert "all places" in found.text


def test_operations_have_names_for_people() -> None:
    """No max_pool2d in a sentence."""
    made = images()

    assert "Through max pooling" in made.explain("first.a", "gradient", (0, 0, 0, 0), "graduate").text
    assert "comes back through the convolution" in made.explain("most.a", "gradient", (0, 0, 0, 0), "high_school").text


def test_of_very_many_terms_only_the_largest_are_made() -> None:
    """100 places of 3 examples, and a penalty: the rest is one exact sum, with its true count."""
    conv = {"id": "conv", "type": "conv2d", "filters": 1, "kernel": 1}
    made = cursor([conv, FLAT, OUTPUT], RNG.normal(size=(3, 1, 10, 10)), regularization={"l1": 0.1, "l2": 0.1})

    for name, index in (("conv.kernel", (0, 0, 0, 0)), ("conv.b", (0,))):
        found = made.explain(name, "gradient", index)
        shown = [term for term in found.terms if term.label.startswith("example")]
        (rest,) = (term for term in found.terms if term.label.endswith("more"))
        assert 61 == len(shown)
        assert (239, "239 more") == (rest.count, rest.label)
        assert min(abs(term.value) for term in shown) > 0
        assert found.value == pytest.approx(recombined(found), rel=1e-9)


def test_every_call_is_narrated() -> None:
    """In words, not by the operation's name alone."""
    made = images()
    made.step("op")
    said = []
    for _ in range(40):
        said.append(made.step("op").sentence)

    told = " ".join(said)
    assert "slides over" in told
    assert "the largest number goes on" in told
    assert "goes back to the winner of each window" in told
    assert "2d" not in told
