from typing import Any

import pytest

from engine.errors import ShapeMismatch
from engine.ops import OPS
from tests.engine.ops.harness import run_forward, run_vjp

UP = OPS["upsample2d"]


def test_value_and_gradient_worked_by_hand() -> None:
    """Each number becomes a block, and gets the sum of what comes back to it."""
    factor: dict[str, Any] = {"factor": (1, 2)}

    assert [[[[3, 3, 5, 5]]]] == run_forward(UP, [[[[3, 5]]]], **factor).tolist()
    assert [[[[3, 7]]]] == run_vjp(UP, "x", [[[[1, 2, 3, 4]]]], [[[[3, 5]]]], **factor).tolist()


def test_both_axes_grow() -> None:
    """Twice as large by default."""
    assert [[[[3, 3], [3, 3]]]] == run_forward(UP, [[[[3]]]]).tolist()


def test_rows_are_refused() -> None:
    """They have no height and width."""
    with pytest.raises(ShapeMismatch, match=r"\(N, C, H, W\)"):
        UP.shape((4, 3))
