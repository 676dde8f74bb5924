import numpy as np
import pytest

from engine.ops import OPS
from tests.engine.ops.harness import run_forward, run_vjp

RELU = OPS["relu"]


def test_value_worked_by_hand() -> None:
    """Negative numbers become 0."""
    assert np.array([[0, 0, 3]]) == pytest.approx(run_forward(RELU, [[-2, 0, 3]]), rel=1e-14)


def test_gradient_worked_by_hand() -> None:
    """The gradient passes where z > 0, so not at 0."""
    assert np.array([[0, 0, 5]]) == pytest.approx(run_vjp(RELU, "z", [[5, 5, 5]], [[-2, 0, 3]]), rel=1e-14)
