from typing import Any

import numpy as np
import pytest

from engine.errors import ShapeMismatch, SpecError
from tests.engine.datasets.harness import inline

ROWS = [[1.0, 10.0], [2.0, 20.0], [3.0, 30.0], [4.0, 40.0]]


def test_it_is_used_as_it_is() -> None:
    """All rows train, in their order, unscaled; columns are counted."""
    data = inline(ROWS, [0.1, 0.2, 0.3, 0.4])

    assert ("inline", "regression", ("x1", "x2"), ()) == (data.name, data.task, data.columns, data.classes)
    assert ROWS == data.x_train.tolist() == data.raw_train.tolist()
    assert [[0.1], [0.2], [0.3], [0.4]] == data.y_train.tolist()
    assert (0, 2) == data.x_test.shape
    assert {} == data.scale


def test_flat_inputs_are_one_column() -> None:
    """Four numbers are four examples."""
    assert (4, 1) == inline([1, 2, 3, 4], [1, 2, 3, 4]).x_train.shape


def test_examples_may_have_more_axes() -> None:
    """Sequences and images have no columns and pass unchanged."""
    images = np.arange(24.0).reshape(2, 3, 2, 2).tolist()
    data = inline(images, [0, 1])

    assert images == data.x_train.tolist()
    assert () == data.columns == data.features == data.used_columns
    assert images == data.transform(np.array(images)).tolist()


def test_it_is_split_and_standardised_if_asked() -> None:
    """One of four rows is tested; mean and standard deviation are those of the other three."""
    data = inline(ROWS, [1, 2, 3, 4], test_fraction=0.25, standardize=True)

    assert (3, 1) == (len(data.x_train), len(data.x_test))
    assert [0.0, 0.0] == pytest.approx(data.x_train.mean(axis=0).tolist(), abs=1e-12)
    assert [1.0, 1.0] == pytest.approx(data.x_train.std(axis=0).tolist())
    assert data.target_scale is None


def test_columns_and_features_may_be_named() -> None:
    """Features are expressions of the caller's own columns."""
    data = inline(ROWS, [1, 2, 3, 4], columns=["width", "height"], features=["height", "width^2"])

    assert ("height", "width^2") == data.features
    assert ("height", "width") == data.used_columns
    assert [10.0, 1.0] == data.x_train[0].tolist()


@pytest.mark.parametrize("targets", [[0, 1, 2, 1], [[0], [1], [2], [1]], np.eye(3)[[0, 1, 2, 1]].tolist()])
def test_named_classes_are_read_from_indices_and_one_hot_rows(targets: object) -> None:
    """All become class indices."""
    data = inline(ROWS, targets, classes=["a", "b", "c"])

    assert ("classification", ("a", "b", "c")) == (data.task, data.classes)
    assert [0, 1, 2, 1] == data.y_train.tolist()


@pytest.mark.parametrize(
    ("options", "message", "loc"),
    [
        ({"targets": [1, 2, 3]}, "4 inputs, but 3 targets", ("targets",)),
        ({"targets": [[[1]]] * 4}, "3 axes", ("targets",)),
        ({"targets": [0, 1, 3, 1], "classes": ["a", "b", "c"]}, r"targets\[2\] is 3.*from 0 to 2", ("targets", 2)),
        ({"targets": [0, 1, 0.5, 1], "classes": ["a", "b"]}, r"targets\[2\] is 0.5", ("targets", 2)),
        ({"targets": [[0, 1], [1, 1], [1, 0], [1, 0]], "classes": ["a", "b"]}, "one 1", ("targets",)),
        ({"targets": [[0, 1]] * 4, "classes": ["a", "b", "c"]}, r"\(N, 3\), but got \(4, 2\)", ("targets",)),
        ({"columns": ["a"]}, r"\(2,\), but got \(1,\)", ("columns",)),
        ({"columns": ["a", "a"]}, '"a" is named twice', ("columns", 1)),
        ({"inputs": [[[1, 2]]] * 4, "columns": ["a"]}, "only rows of numbers have columns", ("columns",)),
    ],
)
def test_what_is_wrong_is_said_and_where(options: dict[str, Any], message: str, loc: tuple[object, ...]) -> None:
    """Each mistake has its message and its place."""
    given = {"inputs": ROWS, "targets": [0, 1, 0, 1], **options}
    with pytest.raises(SpecError, match=message) as caught:
        inline(given.pop("inputs"), given.pop("targets"), **given)

    assert ("dataset", "inline", *loc) == caught.value.loc


@pytest.mark.parametrize(
    ("options", "loc"),
    [({"features": ["x1"]}, ("dataset", "features")), ({"standardize": True}, ("dataset", "standardize"))],
)
def test_only_rows_have_features_and_scales(options: dict[str, Any], loc: tuple[object, ...]) -> None:
    """Images and sequences cannot be standardised by column."""
    with pytest.raises(SpecError, match="only rows of numbers have columns") as caught:
        inline([[[1, 2]], [[3, 4]]], [0, 1], **options)

    assert loc == caught.value.loc


def test_wrong_columns_are_a_mismatch() -> None:
    """Expected and actual are kept for the interface."""
    with pytest.raises(ShapeMismatch) as caught:
        inline(ROWS, [0, 1, 0, 1], columns=["a", "b", "c"])

    assert ((2,), (3,)) == (caught.value.expected, caught.value.actual)
