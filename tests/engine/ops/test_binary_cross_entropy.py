import math

import numpy as np
import pytest

from engine.ops import LOSSES
from tests.engine.ops.harness import run_forward, run_per_example, run_vjp

BINARY_CROSS_ENTROPY = LOSSES["binary_cross_entropy"]

P = [[0.25, 0.5]]
T = [[1, 0]]


def test_value_worked_by_hand() -> None:
    """log 4 for the first, log 2 for the second."""
    assert 1.5 * math.log(2) == pytest.approx(float(run_forward(BINARY_CROSS_ENTROPY, P, T)), rel=1e-14)


def test_gradient_worked_by_hand() -> None:
    """(p - t)/(p(1 - p))/2."""
    assert np.array([[-2, 1]]) == pytest.approx(run_vjp(BINARY_CROSS_ENTROPY, "prediction", 1, P, T), rel=1e-14)


def test_upstream_gradient_scales_the_gradient() -> None:
    """dL multiplies what is handed on."""
    once = run_vjp(BINARY_CROSS_ENTROPY, "prediction", 1, P, T)

    assert -3 * once == pytest.approx(run_vjp(BINARY_CROSS_ENTROPY, "prediction", -3, P, T), rel=1e-14)


def test_loss_of_each_example_worked_by_hand() -> None:
    """Their mean is the loss."""
    assert np.array([1.5 * math.log(2)]) == pytest.approx(run_per_example(BINARY_CROSS_ENTROPY, P, T), rel=1e-14)


def test_certain_and_wrong_is_finite() -> None:
    """p = 0 counts as 1e-7, and gets no gradient."""
    assert -math.log(1e-7) == pytest.approx(float(run_forward(BINARY_CROSS_ENTROPY, [[0]], [[1]])), rel=1e-14)
    assert [[0, 0]] == run_vjp(BINARY_CROSS_ENTROPY, "prediction", 1, [[0, 1]], [[1, 0]]).tolist()


def test_certain_and_wrong_is_finite_in_single_precision() -> None:
    """1 - 1e-7 is still below 1 in float32."""
    prediction, target = np.ones((1, 1), np.float32), np.zeros((1, 1), np.float32)

    assert 16 == pytest.approx(float(run_forward(BINARY_CROSS_ENTROPY, prediction, target)), abs=0.2)
