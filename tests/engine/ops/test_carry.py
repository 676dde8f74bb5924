import numpy as np
import pytest

from engine.errors import ShapeMismatch
from engine.ops import OPS
from tests.engine.ops.harness import run_forward, run_vjp

CARRY = OPS["carry"]
M, X, PREV = [[1.0], [0.0]], [[1.0, 2.0], [3.0, 4.0]], [[5.0, 6.0], [7.0, 8.0]]


def test_exact_values() -> None:
    """The first sequence goes on, the second has ended."""
    assert [[1.0, 2.0], [7.0, 8.0]] == run_forward(CARRY, M, X, PREV).tolist()


def test_exact_gradients() -> None:
    """To what is new where it goes on, to what was before where it has ended."""
    dy = np.ones((2, 2))

    assert [[1, 1], [0, 0]] == run_vjp(CARRY, "x", dy, M, X, PREV).tolist()
    assert [[0, 0], [1, 1]] == run_vjp(CARRY, "prev", dy, M, X, PREV).tolist()


def test_the_mask_has_one_number_for_each_example() -> None:
    """Expected and actual are named."""
    with pytest.raises(ShapeMismatch, match=r"carry: m expects shape \(2, 1\)"):
        CARRY.shape((2, 2), (2, 2), (2, 2))
