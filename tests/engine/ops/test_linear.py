import numpy as np
import pytest

from engine.ops import OPS
from tests.engine.ops.harness import run_forward, run_vjp

LINEAR = OPS["linear"]


def test_value_worked_by_hand() -> None:
    """z passes as it is."""
    assert np.array([[-2, 3]]) == pytest.approx(run_forward(LINEAR, [[-2, 3]]), rel=1e-14)


def test_gradient_worked_by_hand() -> None:
    """The upstream gradient passes as it is."""
    assert np.array([[5, 7]]) == pytest.approx(run_vjp(LINEAR, "z", [[5, 7]], [[-2, 3]]), rel=1e-14)
