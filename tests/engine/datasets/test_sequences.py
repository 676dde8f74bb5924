from typing import Any

import numpy as np
import pytest

from engine.datasets import END, PAD, decode_tokens
from engine.errors import ShapeMismatch, SpecError
from tests.engine.datasets.harness import inline

RAGGED = [[[1, 2], [3, 4], [5, 6]], [[7, 8]], [[9, 10], [11, 12]]]


def test_sequences_of_different_lengths_are_padded() -> None:
    """To the longest, with 0; lengths tell where each ends."""
    data = inline(RAGGED, [0, 1, 0])

    assert [[7, 8], [0, 0], [0, 0]] == data.x_train[1].tolist()
    assert data.lengths_train is not None
    assert [3, 1, 2] == data.lengths_train.tolist()
    assert () == data.columns


def test_lengths_go_with_their_examples() -> None:
    """Into the part where the example is."""
    data = inline(RAGGED, [0, 1, 0], test_fraction=0.34, seed=1)
    assert data.lengths_train is not None
    assert data.lengths_test is not None

    assert [[3, 1, 2][row] for row in data.rows_train] == data.lengths_train.tolist()
    assert [[3, 1, 2][row] for row in data.rows_test] == data.lengths_test.tolist()


def test_sequences_that_are_padded_may_say_so() -> None:
    """Without lengths, all steps are real."""
    padded = [[[1], [2]], [[3], [0]]]
    data = inline(padded, [0, 1], lengths=[2, 1])

    assert inline(padded, [0, 1]).lengths_train is None
    assert data.lengths_train is not None
    assert [2, 1] == data.lengths_train.tolist()


def test_what_stands_behind_the_end_is_not_kept() -> None:
    """A network sees 0 there."""
    data = inline([[[1], [2], [3]], [[4], [5], [6]]], [0, 1], lengths=[3, 1])

    assert [[4], [0], [0]] == data.x_train[1].tolist()


def test_texts_are_tokens() -> None:
    """The vocabulary holds what occurs, after what pads."""
    data = inline(["abc", "ca"], [0, 1], classes=["x", "y"])

    assert (PAD, "a", "b", "c") == data.tokens
    assert [[1, 2, 3], [3, 1, 0]] == data.x_train.tolist()
    assert data.lengths_train is not None
    assert ([3, 2], [0, 1]) == (data.lengths_train.tolist(), data.y_train.tolist())


@pytest.mark.parametrize("tokens", [["b", "a", "c"], [PAD, "b", "a", "c"]])
def test_tokens_may_be_named(tokens: list[str]) -> None:
    """In the caller's order; what pads may be named with them."""
    data = inline(["abc", "ca"], [0.5, 1.5], tokens=tokens)

    assert (PAD, "b", "a", "c") == data.tokens
    assert [2, 1, 3] == data.x_train[0].tolist()


def test_targets_that_are_texts_are_sequences() -> None:
    """Each ends with ⏎, which its length counts."""
    data = inline(["one", "two", "three"], ["un", "deux", "trois"])

    assert ("sequence", (), END) == (data.task, data.classes, data.target_tokens[0])
    assert ["un", "deux", "trois"] == [decode_tokens(data.target_tokens, row) for row in data.y_train]
    assert data.target_lengths_train is not None
    assert [3, 5, 6] == data.target_lengths_train.tolist()


def test_sequences_of_numbers_may_have_texts_as_targets() -> None:
    """What goes in and what comes out are read apart."""
    data = inline(RAGGED, ["a", "bc", "c"])

    np.testing.assert_array_equal([[1, 0, 0], [2, 3, 0], [3, 0, 0]], data.y_train)


@pytest.mark.parametrize(
    ("options", "message", "loc"),
    [
        ({"inputs": [[[1]], []]}, r"inputs\[1\] is empty", ("inputs", 1)),
        ({"inputs": [[[1]], [[1], [2, 3]]]}, r"inputs\[1\]\[1\] has 2 entries", ("inputs", 1, 1)),
        ({"inputs": [[[1]], [[1], ["a"]]]}, r'inputs\[1\]\[1\]\[0\] is "a"', ("inputs", 1, 1, 0)),
        (
            {"inputs": [[[1]], [[1, 2], [3, 4]]]},
            r"inputs\[1\]: a time step.*\(1,\), but .*\(2,\)",
            ("inputs", 1),
        ),
        ({"inputs": [[[1]], [[1]]], "lengths": [1]}, "2 inputs, but 1 lengths", ("lengths",)),
        ({"inputs": [[[1]], [[1]]], "lengths": [1, 2]}, r"lengths\[1\] is 2, but.*1 to 1", ("lengths", 1)),
        ({"inputs": [[[1]], [[1], [2]]], "lengths": [2, 2]}, r"lengths\[0\] is 2, but.*1 to 1", ("lengths", 0)),
        ({"inputs": [[1], [2]], "lengths": [1, 1]}, "only sequences", ("lengths",)),
        ({"inputs": [[[1]], [[1], [0]]]}, r"inputs\[1\] ends with a time step of zeros", ("inputs", 1, 1)),
        ({"inputs": [[[0], [1]], [[1], [2]]], "lengths": [1, 2]}, r"inputs\[0\] ends with", ("inputs", 0, 0)),
        ({"inputs": ["ab", "c"], "tokens": ["a", "b"]}, r"inputs\[1\]: there is no 'c' \(place 0\)", ("inputs", 1)),
        ({"inputs": ["ab", ""]}, r"inputs\[1\] has 0 characters", ("inputs", 1)),
        ({"inputs": ["ab", "a" * 1025]}, r"inputs\[1\] has 1,025 characters", ("inputs", 1)),
        ({"inputs": ["ab", 3]}, r"inputs\[1\] is no text", ("inputs", 1)),
        ({"inputs": ["ab", "c"], "lengths": [2, 1]}, "texts have no lengths", ("lengths",)),
        ({"inputs": ["ab", "c"], "tokens": ["a", "b", "a"]}, "'a' is named twice", ("tokens",)),
        ({"inputs": [[1], [2]], "tokens": ["a"]}, "the inputs are numbers", ("tokens",)),
        ({"inputs": [[1], [2]], "target_tokens": ["a"]}, "the targets are numbers", ("target_tokens",)),
        ({"inputs": [[1], [2]], "targets": ["a", "b"], "classes": ["a"]}, "have no classes", ("classes",)),
        ({"inputs": ["a", "b"], "targets": [0, 2], "classes": ["x", "y"]}, r"targets\[1\] is 2", ("targets", 1)),
    ],
)
def test_what_is_wrong_is_said_and_where(options: dict[str, Any], message: str, loc: tuple[object, ...]) -> None:
    """The row, and what was expected there."""
    given = {"targets": [0, 1], **options}
    with pytest.raises(SpecError, match=message) as caught:
        inline(given.pop("inputs"), given.pop("targets"), **given)

    assert ("dataset", "inline", *loc) == caught.value.loc


@pytest.mark.parametrize("longest", [[[0.0]] * 8000, "a" * 1024])
def test_what_would_be_mostly_padding_is_refused(longest: object) -> None:
    """One long sequence among thousands of short ones; nothing is allocated for it."""
    short: object = [[0.0]] if isinstance(longest, list) else "a"
    with pytest.raises(SpecError, match="padded to the longest") as caught:
        inline([longest, *[short] * 9999], [0] * 10_000)

    assert ("dataset", "inline", "inputs") == caught.value.loc


def test_images_have_one_shape() -> None:
    """A picture of another size is no sequence."""
    with pytest.raises(SpecError, match=r"inputs\[1\]\[0\] has 1 entries"):
        inline([[[[1, 2], [3, 4]]], [[[1, 2]]]], [0, 1])


def test_a_time_step_of_another_width_is_a_mismatch() -> None:
    """Expected and actual are kept for the interface."""
    with pytest.raises(ShapeMismatch) as caught:
        inline([[[1, 2]], [[1], [2]]], [0, 1])

    assert ((2,), (1,)) == (caught.value.expected, caught.value.actual)
