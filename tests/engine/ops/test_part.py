import numpy as np
import pytest

from engine.errors import ShapeMismatch
from engine.ops import OPS
from tests.engine.ops.harness import run_forward, run_vjp

PART = OPS["part"]
X = np.arange(12.0).reshape(2, 2, 3)


def test_exact_values_and_gradients() -> None:
    """An index takes its axis away, a stretch keeps it; what is outside gets nothing."""
    assert [[4.0, 5.0], [10.0, 11.0]] == run_forward(PART, X, place=(1, (1, 3))).tolist()
    assert [[[0, 0, 0], [0, 1, 2]], [[0, 0, 0], [0, 3, 4]]] == run_vjp(
        PART, "x", [[1.0, 2.0], [3.0, 4.0]], X, place=(1, (1, 3))
    ).tolist()


@pytest.mark.parametrize("place", [(2,), (0, (1, 4)), (0, 0, 0)])
def test_a_place_outside_is_refused(place: tuple[int, ...]) -> None:
    """Nothing is cut off silently."""
    with pytest.raises(ShapeMismatch, match="part: x"):
        PART.shape((2, 2, 3), place=place)
