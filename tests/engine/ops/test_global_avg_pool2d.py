import pytest

from engine.errors import ShapeMismatch
from engine.ops import OPS
from tests.engine.ops.harness import run_forward, run_vjp

GLOBAL = OPS["global_avg_pool2d"]
X = [[[[1, 2], [3, 6]], [[0, 0], [0, 4]]]]


def test_value_and_gradient_worked_by_hand() -> None:
    """One mean for each map; each number gets a quarter of what comes back to its map."""
    assert [[3, 1]] == run_forward(GLOBAL, X).tolist()
    assert [[[[1, 1], [1, 1]], [[2, 2], [2, 2]]]] == run_vjp(GLOBAL, "x", [[4, 8]], X).tolist()


def test_rows_are_refused() -> None:
    """They have no maps."""
    with pytest.raises(ShapeMismatch, match=r"\(N, C, H, W\)"):
        GLOBAL.shape((4, 3))
