import numpy as np
import pytest

from engine.ops import LOSSES
from tests.engine.ops.harness import run_forward, run_per_example, run_vjp

HALF_SQUARED_ERROR = LOSSES["half_squared_error"]

P = [[1, 2], [3, 4]]
T = [[0, 2], [1, 5]]


def test_value_worked_by_hand() -> None:
    """½·(1 + 0) and ½·(4 + 1), mean over the two examples."""
    assert 1.5 == pytest.approx(float(run_forward(HALF_SQUARED_ERROR, P, T)), rel=1e-14)


def test_gradient_worked_by_hand() -> None:
    """(p - t)/2."""
    assert np.array([[0.5, 0], [1, -0.5]]) == pytest.approx(
        run_vjp(HALF_SQUARED_ERROR, "prediction", 1, P, T), rel=1e-14
    )


def test_upstream_gradient_scales_the_gradient() -> None:
    """dL multiplies what is handed on."""
    once = run_vjp(HALF_SQUARED_ERROR, "prediction", 1, P, T)

    assert -3 * once == pytest.approx(run_vjp(HALF_SQUARED_ERROR, "prediction", -3, P, T), rel=1e-14)


def test_loss_of_each_example_worked_by_hand() -> None:
    """Their mean is the loss."""
    assert np.array([0.5, 2.5]) == pytest.approx(run_per_example(HALF_SQUARED_ERROR, P, T), rel=1e-14)
