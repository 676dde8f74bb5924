import numpy as np
import pytest

from engine.arrays import mean, mean_of_each, ones, unbroadcast


@pytest.mark.parametrize("shape", [(2, 3), (1, 3), (2, 1), (3,), (1,), ()])
def test_unbroadcast_gives_back_the_shape_and_counts_the_copies(shape: tuple[int, ...]) -> None:
    """Summing ones over the copies says how often each number was copied."""
    copies = 6 / np.prod(shape, dtype=int)

    actual = unbroadcast(np.ones((2, 3)), shape)

    assert shape == actual.shape
    assert np.full(shape, copies) == pytest.approx(actual)


def test_unbroadcast_sums_the_right_axes() -> None:
    """Rows are added for a row that was copied, columns for a column."""
    grad = np.array([[1.0, 2.0], [3.0, 4.0]])

    assert [4, 6] == unbroadcast(grad, (2,)).tolist()
    assert [[3], [7]] == unbroadcast(grad, (2, 1)).tolist()


def test_ones_are_made_once_and_cannot_be_changed() -> None:
    """Two calls share one read-only vector."""
    assert ones(3, "f") is ones(3, "f")
    with pytest.raises(ValueError, match="read-only"):
        ones(3, "f")[0] = 2


def test_means_write_into_their_buffer() -> None:
    """Over all entries, and over those of each row."""
    x = np.array([[1.0, 2.0], [3.0, 6.0]], np.float32)
    whole, rows = np.empty((), np.float32), np.empty(2, np.float32)

    mean(whole, x)
    mean_of_each(rows, x)

    assert 3 == whole
    assert [1.5, 4.5] == rows.tolist()
