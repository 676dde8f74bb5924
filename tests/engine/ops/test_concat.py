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


def test_inputs_with_different_rows_are_refused() -> None:
    """All axes but the last are equal."""
    with pytest.raises(ShapeMismatch) as error:
        CONCAT.shape((4, 3), (5, 3))

    assert (4, "D") == error.value.expected
    assert (5, 3) == error.value.actual
