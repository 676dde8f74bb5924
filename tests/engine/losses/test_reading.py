from typing import Any, get_args

import numpy as np
import pytest

from engine.arrays import Array
from engine.errors import ShapeMismatch, SpecError
from engine.losses import LOSSES, Reading, reading_for
from engine.ops import OPS
from engine.spec import HuberLoss, PlainLoss


def share(reading: Reading, outputs: Array, targets: Array) -> float | None:
    """Of right answers."""
    return reading.accuracy(outputs, reading.read(targets))


def test_every_loss_of_the_description_is_registered_with_its_operation() -> None:
    """Spec and registry know the same names; every operation exists."""
    tags = {*get_args(PlainLoss.model_fields["type"].annotation), *get_args(HuberLoss.model_fields["type"].annotation)}

    assert tags == set(LOSSES)
    assert {loss.op for loss in LOSSES.values()} <= set(OPS)
    assert {loss.fused_op for loss in LOSSES.values()} - {None} <= set(OPS)


def test_the_options_of_a_loss_are_its_fields() -> None:
    """All but the tag go to the operation."""
    assert {"threshold": 0.5} == LOSSES["huber"].options(HuberLoss(threshold=0.5))
    assert {} == LOSSES["mse"].options(PlainLoss(type="mse"))


@pytest.mark.parametrize(
    ("loss", "shape", "classification", "reads"),
    [
        ("mse", (1,), False, None),
        ("mse", (3,), False, None),
        ("mse", (1,), True, "threshold"),
        ("mse", (3,), True, "argmax"),
        ("binary_cross_entropy", (1,), False, "threshold"),
        ("binary_cross_entropy", (3,), False, "threshold"),
        ("binary_cross_entropy", (3,), True, "argmax"),
        ("softmax_cross_entropy", (3,), False, "argmax"),
        ("hinge", (1,), True, "threshold"),
    ],
)
def test_an_answer_is_read_by_its_largest_output_or_by_a_threshold(
    loss: str, shape: tuple[int, ...], classification: bool, reads: str | None
) -> None:
    """Regressions are not read at all."""
    assert reads == reading_for(LOSSES[loss], shape, classification=classification).reads


def test_one_output_is_read_by_the_losss_threshold() -> None:
    """½ between 0 and 1; the sign under hinge."""
    outputs = np.array([[-0.2], [0.3], [0.8]])

    assert [0, 0, 1] == _classes("binary_cross_entropy", (1,), outputs)
    assert [0, 1, 1] == _classes("hinge", (1,), outputs)
    assert [1, 0] == _classes("softmax_cross_entropy", (2,), np.array([[1, 2], [2, 1]]))


def test_hinge_takes_minus_one_and_zero_for_the_first_class() -> None:
    """Both writings of the targets are judged alike."""
    reading = reading_for(LOSSES["hinge"], (1,), classification=True)
    outputs = np.array([[-2.0], [2.0]])

    for low in (-1.0, 0.0):
        assert 1.0 == share(reading, outputs, np.array([[low], [1.0]]))


def test_several_labels_at_once_are_right_when_all_are() -> None:
    """And make no single class."""
    reading = reading_for(LOSSES["binary_cross_entropy"], (2,), classification=False)
    targets = np.array([[1, 0], [1, 0]])

    assert 0.5 == share(reading, np.array([[0.9, 0.1], [0.9, 0.9]]), targets)
    assert 0.0 == share(reading, np.array([[0.1, 0.1], [0.9, 0.9]]), targets)
    assert reading.classes_of(np.array([[0.9, 0.1]])) is None


def test_the_largest_output_is_the_answer_among_several() -> None:
    """One-hot targets, any outputs."""
    reading = reading_for(LOSSES["mse"], (2,), classification=True)

    assert 0.5 == share(reading, np.array([[5.0, 9], [5, 3]]), np.array([[0.0, 1], [0, 1]]))


def test_a_regression_is_neither_right_nor_wrong() -> None:
    """Accuracy is for classes."""
    reading = reading_for(LOSSES["mse"], (1,), classification=False)

    assert share(reading, np.zeros((2, 1)), np.zeros((2, 1))) is None
    assert reading.classes_of(np.zeros((2, 1))) is None


@pytest.mark.parametrize(
    ("loss", "shape", "given", "expected"),
    [
        ("mse", (1,), [0.5, 2], [[0.5], [2]]),
        ("mse", (1,), [[0.5], [2]], [[0.5], [2]]),
        ("mse", (2,), [[0.5, 2]], [[0.5, 2]]),
        ("softmax_cross_entropy", (3,), [2, 0], [[0, 0, 1], [1, 0, 0]]),
        ("softmax_cross_entropy", (3,), [[2], [0]], [[0, 0, 1], [1, 0, 0]]),
        ("softmax_cross_entropy", (3,), [[0.1, 0.2, 0.7]], [[0.1, 0.2, 0.7]]),
        ("binary_cross_entropy", (1,), [0, 1], [[0], [1]]),
        ("hinge", (1,), [-1, 1], [[-1], [1]]),
    ],
)
def test_targets_are_accepted_as_numbers_or_as_class_indices(
    loss: str, shape: tuple[int, ...], given: list[Any], expected: list[Any]
) -> None:
    """In the output's shape, whatever the writing."""
    accepted = reading_for(LOSSES[loss], shape, classification=False).accept(np.array(given), "float32")

    np.testing.assert_array_equal(np.array(expected, np.float32), accepted)
    assert "float32" == accepted.dtype


@pytest.mark.parametrize(
    ("loss", "shape", "given", "words"),
    [
        ("mse", (2,), [1, 2], r"expects shape \(N, 2\), but got \(2,\)"),
        ("mse", (2,), [[1], [2]], r"\(2, 1\)"),
        ("mse", (1,), [[1, 2]], r"\(1, 2\)"),
        ("mse", (1,), 3.0, "expects shape"),
        ("softmax_cross_entropy", (3,), [3], "classes are 0 to 2 here, but the target of example 0 is 3"),
        ("softmax_cross_entropy", (3,), [0, 0.5], "example 1 is 0.5"),
        ("softmax_cross_entropy", (3,), [-1], "is -1"),
        ("softmax_cross_entropy", (3,), [[1, 0, 0], [1, 1, 0]], "row 1 is"),
        ("binary_cross_entropy", (1,), [0, 1.5], "from 0 to 1, but example 1 has 1.5"),
    ],
)
def test_targets_that_fit_neither_way_are_refused(loss: str, shape: tuple[int, ...], given: Any, words: str) -> None:
    """With what is wrong and where; a batch axis is never broadcast."""
    reading = reading_for(LOSSES[loss], shape, classification=False)

    with pytest.raises(SpecError, match=words) as refusal:
        reading.accept(np.array(given), "float32")

    assert ("targets",) == refusal.value.loc
    assert isinstance(refusal.value, ShapeMismatch) == ("shape" in refusal.value.message)


def _classes(loss: str, shape: tuple[int, ...], outputs: Any) -> list[int]:
    classes = reading_for(LOSSES[loss], shape, classification=True).classes_of(outputs)
    assert classes is not None
    return [int(index) for index in classes]
