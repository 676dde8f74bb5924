from typing import Any

import numpy as np
import pytest

from engine.datasets.images import stored
from engine.errors import SpecError
from tests.engine.datasets.harness import loaded


@pytest.mark.parametrize(
    ("name", "side", "count", "classes"),
    [
        ("digits", 8, 1797, [178, 182, 177, 183, 181, 182, 181, 179, 174, 180]),
        ("mnist", 28, 6000, [564, 689, 604, 600, 645, 521, 588, 649, 551, 589]),
    ],
)
def test_digits_are_complete(name: str, side: int, count: int, classes: list[int]) -> None:
    """As many of each digit as at the source; pixels from 0 to 1."""
    data = loaded(name)
    x = np.concatenate([data.x_train, data.x_test])

    assert (count, 1, side, side) == x.shape
    assert (0.0, 1.0, "float32") == (x.min(), x.max(), x.dtype.name)
    assert classes == np.bincount(np.concatenate([data.y_train, data.y_test])).tolist()
    assert tuple("0123456789") == data.classes


def test_pixels_are_counted_in_the_file() -> None:
    """The third pixel of the first 8 × 8 digit, a zero, has 5 of 16 points of ink."""
    data = loaded("digits", test_fraction=0.0)

    assert (5, 5 / 16, 0) == (data.raw_train[0, 0, 0, 2], data.x_train[0, 0, 0, 2], data.y_train[0])
    np.testing.assert_array_equal(data.x_train, data.transform(data.raw_train))


def test_mnist_keeps_the_split_that_it_comes_with() -> None:
    """Whatever the seed and the test_fraction."""
    data = loaded("mnist", seed=3, test_fraction=0.5)
    arrays = stored("mnist")

    np.testing.assert_array_equal(arrays["x_train"], data.raw_train[:, 0])
    np.testing.assert_array_equal(arrays["y_test"], data.y_test)


def test_mnist_may_be_smaller_or_shuffled() -> None:
    """Fewer images keep five to one; shuffled, test_fraction counts."""
    small = loaded("mnist", size=600)
    shuffled = loaded("mnist", size=600, split="shuffled", test_fraction=0.5, seed=1)

    assert (500, 100) == (len(small.y_train), len(small.y_test))
    np.testing.assert_array_equal(stored("mnist")["x_test"][:100], small.raw_test[:, 0])
    assert 300 == len(shuffled.y_test)
    assert shuffled.rows_train.max() >= 500


def test_sessions_share_the_images() -> None:
    """Two sessions with different seeds hold one array, as integers and as float32."""
    one, other = loaded("mnist", seed=1), loaded("mnist", seed=2)

    assert one.x_train is other.x_train
    assert (np.dtype("uint8"), np.dtype("float32")) == (one.raw_train.dtype, one.x_train.dtype)


@pytest.mark.parametrize("options", [{"features": ["x1"]}, {"standardize": True}])
def test_images_have_no_columns(options: dict[str, Any]) -> None:
    """So they take no features and no standardisation."""
    with pytest.raises(SpecError, match="only rows of numbers have columns"):
        loaded("digits", **options)
