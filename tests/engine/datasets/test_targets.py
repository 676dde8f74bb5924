import numpy as np
import pytest

from engine.datasets import encode_targets
from engine.errors import ShapeMismatch, SpecError
from engine.losses import LOSSES
from tests.engine.datasets.harness import inline, loaded

ROWS = [[1.0], [2.0], [3.0]]


def test_two_classes_on_one_unit_are_zero_and_one() -> None:
    """An apple is 1."""
    data = loaded("fruit", test_fraction=0.0)
    train, test = encode_targets(data, (1,), "binary_cross_entropy")

    np.testing.assert_array_equal(data.y_train[:, None], train)
    assert ((38, 1), (0, 1)) == (train.shape, test.shape)


@pytest.mark.parametrize("loss", LOSSES)
def test_classes_with_a_unit_each_are_one_hot(loss: str) -> None:
    """Under any loss."""
    data = loaded("iris")
    train, test = encode_targets(data, (3,), loss)

    np.testing.assert_array_equal(np.eye(3)[data.y_train], train)
    np.testing.assert_array_equal(np.eye(3)[data.y_test], test)


def test_numbers_stay_as_they_are_and_measured_ones_are_standardised() -> None:
    """The caller's targets are used as given; those of diabetes are t_train."""
    given = inline(ROWS, [[0.01, 0.99], [5.0, -5.0], [0.0, 1.0]])
    measured = loaded("diabetes")

    np.testing.assert_array_equal(given.y_train, encode_targets(given, (2,), "mse")[0])
    np.testing.assert_array_equal(measured.t_test, encode_targets(measured, (1,), "mse")[1])


def test_class_indices_without_names_suit_softmax() -> None:
    """There may be more units than classes that occur."""
    data = inline(ROWS, [0, 2, 1])

    np.testing.assert_array_equal(np.eye(4)[[0, 2, 1]], encode_targets(data, (4,), "softmax_cross_entropy")[0])


@pytest.mark.parametrize("targets", [[-1, 1, 1], [0, 1, 1]])
def test_hinge_takes_both_ways_of_writing(targets: list[int]) -> None:
    """They are left as the caller wrote them."""
    assert targets == encode_targets(inline(ROWS, targets), (1,), "hinge")[0][:, 0].tolist()


@pytest.mark.parametrize(
    ("name", "units", "loss", "message"),
    [
        (
            "iris",
            2,
            "mse",
            r'last layer, "out", has 2: the target of 3 classes \(one unit each\) expects shape \(N, 3\)',
        ),
        ("iris", 1, "mse", r"\(N, 3\), but got \(N, 1\)"),
        ("fruit", 3, "mse", r"2 classes \(one unit each, or one for both\)"),
        ("fruit", 1, "softmax_cross_entropy", r"2 classes \(one unit each\) expects shape \(N, 2\)"),
        ("diabetes", 2, "mse", r"the target of 1 number expects shape \(N, 1\), but got \(N, 2\)"),
    ],
)
def test_units_that_do_not_fit_are_named_with_what_the_data_needs(
    name: str, units: int, loss: str, message: str
) -> None:
    """The path is that of the layer's units."""
    with pytest.raises(ShapeMismatch, match=message) as caught:
        encode_targets(loaded(name), (units,), loss, layer="out", loc=("layers", 1, "units"))

    assert ("layers", 1, "units") == caught.value.loc


@pytest.mark.parametrize(
    ("targets", "units", "loss", "message"),
    [
        ([0, 1, 1.5], 1, "binary_cross_entropy", "example 2 has 1.5"),
        ([0, 1, 5], 3, "softmax_cross_entropy", "target of example 2 is 5"),
        ([[0.5, 0.5], [0.9, 0.9], [0, 1]], 2, "softmax_cross_entropy", "row 1"),
        ([0, 1, 1], 1, "softmax_cross_entropy", "one unit for each class"),
        ([[1, 2], [3, 4], [5, 6]], 3, "mse", r"2 numbers expects shape \(N, 2\), but got \(N, 3\)"),
    ],
)
def test_numbers_that_make_no_sense_for_the_loss_are_refused(
    targets: object, units: int, loss: str, message: str
) -> None:
    """With the example's place in the data, whichever part it fell into."""
    for fraction in (0.0, 0.4):
        with pytest.raises(SpecError, match=message):
            encode_targets(inline(ROWS, targets, test_fraction=fraction), (units,), loss)


@pytest.mark.parametrize("loss", ["hinge", "binary_cross_entropy", "softmax_cross_entropy"])
def test_a_loss_for_classes_is_refused_for_a_measured_number(loss: str) -> None:
    """The message says which loss to take."""
    with pytest.raises(SpecError, match="diabetes is about a number: use mse") as caught:
        encode_targets(loaded("diabetes"), (1,), loss)

    assert ("loss", "type") == caught.value.loc


def test_a_sequence_stays_indices() -> None:
    """Never one-hot: (N, T)."""
    data = loaded("number_words", limit=50)
    train, test = encode_targets(data, (data.y_train.shape[1], 25), "softmax_cross_entropy")

    np.testing.assert_array_equal(data.y_train, train)
    np.testing.assert_array_equal(data.y_test, test)


@pytest.mark.parametrize("shape", [(64, 39), (63, 40), (40,), (64, 1, 40)])
def test_a_sequence_needs_a_unit_for_each_token_at_each_step(shape: tuple[int, ...]) -> None:
    """The layer is named, with what came and what is expected."""
    with pytest.raises(ShapeMismatch, match=r'"out": the target of 64 time steps of 40 tokens.*\(N, 64, 40\)'):
        encode_targets(loaded("tunes"), shape, "softmax_cross_entropy", layer="out")


def test_a_sequence_of_tokens_needs_a_loss_that_compares_them() -> None:
    """The message says which."""
    with pytest.raises(SpecError, match="mse is not for sequences of tokens: use softmax_cross_entropy") as caught:
        encode_targets(loaded("tunes"), (64, 40), "mse")

    assert ("loss", "type") == caught.value.loc


def test_only_a_sequence_has_an_answer_at_each_step() -> None:
    """A class for the whole needs one row of units."""
    with pytest.raises(ShapeMismatch, match=r'"out", has 2 axes.*\(N, units\), but got \(N, 14, 16\)'):
        encode_targets(loaded("surnames"), (14, 16), "softmax_cross_entropy", layer="out")
