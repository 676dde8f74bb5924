import numpy as np
import pytest

from engine.ops import LOSSES
from tests.engine.ops.harness import run_forward, run_per_example, run_vjp

MAE = LOSSES["mae"]

P = [[1, 2], [3, 4]]
T = [[0, 2], [1, 5]]


def test_value_worked_by_hand() -> None:
    """(1 + 0 + 2 + 1)/4."""
    assert 1.0 == pytest.approx(float(run_forward(MAE, P, T)), rel=1e-14)


def test_gradient_worked_by_hand() -> None:
    """±1/4, and 0 where p = t."""
    assert np.array([[0.25, 0], [0.25, -0.25]]) == pytest.approx(run_vjp(MAE, "prediction", 1, P, T), rel=1e-14)


def test_upstream_gradient_scales_the_gradient() -> None:
    """dL multiplies what is handed on."""
    once = run_vjp(MAE, "prediction", 1, P, T)

    assert -3 * once == pytest.approx(run_vjp(MAE, "prediction", -3, P, T), rel=1e-14)


def test_loss_of_each_example_worked_by_hand() -> None:
    """Their mean is the loss."""
    assert np.array([0.5, 1.5]) == pytest.approx(run_per_example(MAE, P, T), rel=1e-14)
