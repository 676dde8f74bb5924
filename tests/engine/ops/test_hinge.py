import numpy as np
import pytest

from engine.ops import LOSSES
from tests.engine.ops.harness import run_forward, run_per_example, run_vjp

HINGE = LOSSES["hinge"]

P = [[0.5, 2], [-3, 0.25]]
T = [[1, 1], [0, 0]]


def test_value_worked_by_hand() -> None:
    """Margins ½, 0, 0 and 1¼."""
    assert 0.4375 == pytest.approx(float(run_forward(HINGE, P, T)), rel=1e-14)


def test_gradient_worked_by_hand() -> None:
    """-s/4 where the margin is short."""
    assert np.array([[-0.25, 0], [0, 0.25]]) == pytest.approx(run_vjp(HINGE, "prediction", 1, P, T), rel=1e-14)


def test_upstream_gradient_scales_the_gradient() -> None:
    """dL multiplies what is handed on."""
    once = run_vjp(HINGE, "prediction", 1, P, T)

    assert -3 * once == pytest.approx(run_vjp(HINGE, "prediction", -3, P, T), rel=1e-14)


def test_loss_of_each_example_worked_by_hand() -> None:
    """Their mean is the loss."""
    assert np.array([0.25, 0.625]) == pytest.approx(run_per_example(HINGE, P, T), rel=1e-14)


def test_targets_of_minus_one_mean_the_same_as_zero() -> None:
    """0/1 and -1/1 are two spellings."""
    assert run_forward(HINGE, P, T) == run_forward(HINGE, P, [[1, 1], [-1, -1]])
