import numpy as np
import pytest

from engine.ops import LOSSES
from tests.engine.ops.harness import run_forward, run_vjp

RMSE = LOSSES["rmse"]

P = [[1, 2], [3, 4]]
T = [[-1, 0], [1, 6]]


def test_value_worked_by_hand() -> None:
    """Errors of ±2 have the root mean square 2."""
    assert 2.0 == pytest.approx(float(run_forward(RMSE, P, T)), rel=1e-14)


def test_gradient_worked_by_hand() -> None:
    """(p - t)/(4·2)."""
    assert np.array([[0.25, 0.25], [0.25, -0.25]]) == pytest.approx(run_vjp(RMSE, "prediction", 1, P, T), rel=1e-14)


def test_upstream_gradient_scales_the_gradient() -> None:
    """dL multiplies what is handed on."""
    once = run_vjp(RMSE, "prediction", 1, P, T)

    assert -3 * once == pytest.approx(run_vjp(RMSE, "prediction", -3, P, T), rel=1e-14)


def test_perfect_prediction_has_no_gradient() -> None:
    """At L = 0, where the root has no slope, the gradient is set to 0."""
    assert run_forward(RMSE, P, P) == 0
    assert [[0, 0], [0, 0]] == run_vjp(RMSE, "prediction", 1, P, P).tolist()
