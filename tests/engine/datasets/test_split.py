import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.datasets.split import split_rows
from engine.errors import SpecError
from tests.engine.datasets.harness import inline, loaded


@given(count=st.integers(2, 200), fraction=st.floats(0.0, 1.0, exclude_max=True), seed=st.integers(0, 2**32 - 1))
def test_every_row_is_in_one_part_and_no_part_is_empty(count: int, fraction: float, seed: int) -> None:
    """But for a test part that was not asked for."""
    train, test = split_rows(count, fraction, seed)

    assert list(range(count)) == sorted([*train, *test])
    assert len(train) >= 1
    assert (fraction > 0) == (len(test) >= 1)


def test_same_seed_same_split() -> None:
    """Another seed tests other rows."""
    np.testing.assert_array_equal(split_rows(100, 0.25, 1)[1], split_rows(100, 0.25, 1)[1])
    assert not np.array_equal(split_rows(100, 0.25, 1)[1], split_rows(100, 0.25, 2)[1])


def test_parts_keep_the_order_of_the_data() -> None:
    """Rows are named by their place in the data."""
    data = inline([[float(n)] for n in range(20)], list(range(20)), test_fraction=0.3)

    assert data.rows_train.tolist() == data.raw_train[:, 0].tolist() == sorted(data.rows_train)
    assert data.rows_test.tolist() == data.y_test[:, 0].tolist()
    assert 6 == len(data.rows_test)


def test_one_example_cannot_be_split() -> None:
    """The message says what to do."""
    with pytest.raises(SpecError, match="set test_fraction to 0") as caught:
        inline([[1.0]], [1.0], test_fraction=0.5)

    assert ("dataset", "test_fraction") == caught.value.loc


def test_scale_is_fitted_on_the_training_part_alone() -> None:
    """The test part is transformed by the training part's mean and standard deviation."""
    data = loaded("iris", seed=4)
    mean, std = data.raw_train.mean(axis=0), data.raw_train.std(axis=0)

    np.testing.assert_allclose((data.raw_test - mean) / std, data.x_test)
    assert (float(mean[2]), float(std[2])) == pytest.approx(data.scale["petal_length"])


def test_a_column_that_never_changes_is_not_divided_by_zero() -> None:
    """It becomes 0."""
    data = inline([[1.0, 5.0], [3.0, 5.0]], [0, 1], standardize=True)

    assert [[-1.0, 0.0], [1.0, 0.0]] == data.x_train.tolist()


def test_features_are_computed_from_standardised_columns() -> None:
    """sin and squares see the scaled numbers."""
    data = loaded("fruit", features=["width^2", "width*height", "sin(mass)"], test_fraction=0.0)
    mass, width, height, _ = ((data.raw_train - data.raw_train.mean(axis=0)) / data.raw_train.std(axis=0)).T

    np.testing.assert_allclose(np.stack([width**2, width * height, np.sin(mass)], axis=1), data.x_train)
    assert ("width", "height", "mass") == data.used_columns


def test_transform_maps_raw_numbers_as_it_mapped_the_data() -> None:
    """A grid over the plane sees what the points see."""
    data = loaded("fruit", seed=2)

    np.testing.assert_array_equal(data.x_test, data.transform(data.raw_test))
    assert (7, 5, 2) == data.transform(np.ones((7, 5, 4))).shape


def test_arrays_cannot_be_changed() -> None:
    """A dataset is shared by whoever asks."""
    data = loaded("fruit")

    for array in (data.raw_train, data.x_train, data.y_train, data.t_train, data.rows_train):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 0
