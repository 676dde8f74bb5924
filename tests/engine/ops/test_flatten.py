import pytest

from engine.errors import ShapeMismatch
from engine.ops import OPS
from tests.engine.ops.harness import run_forward, run_vjp

FLATTEN = OPS["flatten"]


def test_value_worked_by_hand() -> None:
    """The last axis runs fastest."""
    assert [[1, 2, 3, 4]] == run_forward(FLATTEN, [[[1, 2], [3, 4]]]).tolist()


def test_gradient_worked_by_hand() -> None:
    """The gradient takes the shape of the input."""
    assert [[[5, 6], [7, 8]]] == run_vjp(FLATTEN, "x", [[5, 6, 7, 8]], [[[1, 2], [3, 4]]]).tolist()


def test_number_without_axes_is_refused() -> None:
    """There is no batch axis to keep."""
    with pytest.raises(ShapeMismatch) as error:
        FLATTEN.shape(())

    assert ("N", "...") == error.value.expected
    assert () == error.value.actual
