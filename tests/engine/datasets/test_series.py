import numpy as np
import pytest

from tests.engine.datasets.harness import loaded


def test_two_values_are_marked_and_added() -> None:
    """One mark in each half; the target is the sum of what is marked."""
    data = loaded("adding", length=11, size=400, test_fraction=0.0)
    values, marks = data.x_train[..., 0], data.x_train[..., 1]

    assert {1.0} == set(marks[:, :5].sum(axis=1)) == set(marks[:, 5:].sum(axis=1))
    np.testing.assert_allclose((values * marks).sum(axis=1), data.y_train[:, 0], rtol=1e-6)
    assert (0.0 <= values.min()) & (values.max() < 1.0)
    assert 1 / 6 == pytest.approx(np.square(data.y_train - 1).mean(), rel=0.15)


def test_the_first_symbol_tells_the_class() -> None:
    """What comes after it says nothing, and no class is more frequent than another."""
    data = loaded("recall", length=7, classes=3, size=300, test_fraction=0.0)

    assert (300, 8) == data.x_train.shape
    assert tuple("ABC") == data.classes == data.tokens[1:4]
    np.testing.assert_array_equal(1 + data.y_train, data.x_train[:, 0])
    assert set(range(4, 12)) == set(data.x_train[:, 1:].astype(int).ravel())
    assert [100, 100, 100] == np.bincount(data.y_train).tolist()


@pytest.mark.parametrize("name", ["adding", "recall"])
def test_same_seed_same_series(name: str) -> None:
    """Another seed draws others."""
    one, same, other = loaded(name, seed=1), loaded(name, seed=1, shuffle=False), loaded(name, seed=2)

    np.testing.assert_array_equal(one.x_train, same.x_train)
    assert not np.array_equal(one.x_train, other.x_train)
