import pytest

from engine.errors import ShapeMismatch
from engine.ops import OPS
from tests.engine.ops.harness import run_forward, run_vjp

DROPOUT = OPS["dropout"]


def test_value_worked_by_hand() -> None:
    """With rate ½, what is kept is doubled."""
    assert [[2, 0, 6]] == run_forward(DROPOUT, [[1, 2, 3]], [[2, 0, 2]]).tolist()


def test_gradient_worked_by_hand() -> None:
    """What was dropped gets no gradient."""
    assert [[10, 0, 10]] == run_vjp(DROPOUT, "x", [[5, 5, 5]], [[1, 2, 3]], [[2, 0, 2]]).tolist()


def test_mask_of_another_shape_is_refused() -> None:
    """One number of the mask for each number."""
    with pytest.raises(ShapeMismatch) as error:
        DROPOUT.shape((4, 3), (4, 1))

    assert (4, 3) == error.value.expected
    assert (4, 1) == error.value.actual
