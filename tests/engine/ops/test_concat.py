import numpy as np
import pytest

from engine.errors import ShapeMismatch
from engine.ops import OPS
from tests.engine.ops.harness import run_forward, run_vjp

CONCAT = OPS["concat"]


def test_value_worked_by_hand() -> None:
    """Side by side."""
    assert [[1, 2, 3]] == run_forward(CONCAT, [[1, 2]], [[3]]).tolist()


def test_gradient_worked_by_hand() -> None:
    """Each input gets the columns that it went to."""
    assert [[5, 6]] == run_vjp(CONCAT, "x*", [[5, 6, 7]], [[1, 2]], [[3]], index=0).tolist()
    assert [[7]] == run_vjp(CONCAT, "x*", [[5, 6, 7]], [[1, 2]], [[3]], index=1).tolist()


def test_images_channel_by_channel() -> None:
    """Along the third axis from the end: (N, C, H, W)."""
    first, second = np.zeros((2, 1, 2, 2)), np.ones((2, 2, 2, 2))
    joined = run_forward(CONCAT, first, second, axis=-3)

    assert (2, 3, 2, 2) == joined.shape
    assert [0, 1, 1] == joined[0, :, 0, 0].tolist()
    np.testing.assert_array_equal(joined[:, 1:], run_vjp(CONCAT, "x*", joined, first, second, index=1, axis=-3))


def test_inputs_with_different_rows_are_refused() -> None:
    """All axes but the last are equal."""
    with pytest.raises(ShapeMismatch) as error:
        CONCAT.shape((4, 3), (5, 3))

    assert (4, "D") == error.value.expected
    assert (5, 3) == error.value.actual
