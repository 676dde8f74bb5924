import numpy as np
import pytest

from engine.ops import LOSSES
from tests.engine.ops.harness import run_forward, run_per_example, run_vjp

HUBER = LOSSES["huber"]

P = [[1, 2], [3, 4]]
T = [[0, 2], [1, 5]]


def test_value_worked_by_hand() -> None:
    """½, 0, 2 - ½ and ½: squared up to 1, linear beyond."""
    assert 0.625 == pytest.approx(float(run_forward(HUBER, P, T)), rel=1e-14)


def test_gradient_worked_by_hand() -> None:
    """The errors held within ±1, by 4."""
    assert np.array([[0.25, 0], [0.25, -0.25]]) == pytest.approx(run_vjp(HUBER, "prediction", 1, P, T), rel=1e-14)


def test_upstream_gradient_scales_the_gradient() -> None:
    """dL multiplies what is handed on."""
    once = run_vjp(HUBER, "prediction", 1, P, T)

    assert -3 * once == pytest.approx(run_vjp(HUBER, "prediction", -3, P, T), rel=1e-14)


def test_loss_of_each_example_worked_by_hand() -> None:
    """Their mean is the loss."""
    assert np.array([0.25, 1]) == pytest.approx(run_per_example(HUBER, P, T), rel=1e-14)


def test_threshold_is_where_the_line_begins() -> None:
    """With threshold ½ all errors but 0 are on the line: ½·(e - ¼)."""
    assert 0.40625 == pytest.approx(float(run_forward(HUBER, P, T, threshold=0.5)), rel=1e-14)
    expected = np.array([[0.125, 0], [0.125, -0.125]])
    assert expected == pytest.approx(run_vjp(HUBER, "prediction", 1, P, T, threshold=0.5), rel=1e-14)
