import numpy as np
import pytest

from engine.errors import ShapeMismatch
from engine.ops import LOSSES
from tests.engine.ops.harness import run_forward, run_per_example, run_vjp

MSE = LOSSES["mse"]

P = [[1, 2], [3, 4]]
T = [[0, 2], [1, 5]]


def test_value_worked_by_hand() -> None:
    """(1 + 0 + 4 + 1)/4: the mean over all entries, without ½."""
    assert 1.5 == pytest.approx(float(run_forward(MSE, P, T)), rel=1e-14)


def test_gradient_worked_by_hand() -> None:
    """2·(p - t)/4."""
    assert np.array([[0.5, 0], [1, -0.5]]) == pytest.approx(run_vjp(MSE, "prediction", 1, P, T), rel=1e-14)


def test_upstream_gradient_scales_the_gradient() -> None:
    """dL multiplies what is handed on."""
    once = run_vjp(MSE, "prediction", 1, P, T)

    assert -3 * once == pytest.approx(run_vjp(MSE, "prediction", -3, P, T), rel=1e-14)


def test_loss_of_each_example_worked_by_hand() -> None:
    """Their mean is the loss."""
    assert np.array([0.5, 2.5]) == pytest.approx(run_per_example(MSE, P, T), rel=1e-14)


def test_target_of_another_shape_is_refused() -> None:
    """Prediction and target have one shape."""
    with pytest.raises(ShapeMismatch) as error:
        MSE.shape((4, 2), (4, 1))

    assert (4, 2) == error.value.expected
    assert (4, 1) == error.value.actual


def test_prediction_without_a_column_is_refused() -> None:
    """A row for each example, a column for each output."""
    with pytest.raises(ShapeMismatch) as error:
        MSE.shape((4,), (4,))

    assert ("N", "D") == error.value.expected
    assert (4,) == error.value.actual
