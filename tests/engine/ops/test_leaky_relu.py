import numpy as np
import pytest

from engine.ops import OPS
from tests.engine.ops.harness import run_forward, run_vjp

LEAKY_RELU = OPS["leaky_relu"]


def test_value_worked_by_hand() -> None:
    """Negative numbers are divided by 100."""
    assert np.array([[-0.02, 0, 3]]) == pytest.approx(run_forward(LEAKY_RELU, [[-2, 0, 3]]), rel=1e-14)


def test_gradient_worked_by_hand() -> None:
    """A hundredth of the gradient passes where z is not positive."""
    assert np.array([[0.05, 0.05, 5]]) == pytest.approx(run_vjp(LEAKY_RELU, "z", [[5, 5, 5]], [[-2, 0, 3]]), rel=1e-14)
