import math

import numpy as np
import pytest

from engine.errors import ShapeMismatch
from engine.ops import ACTIVATIONS, LOSSES
from tests.engine.ops.harness import run_forward, run_per_example, run_vjp

SOFTMAX_CROSS_ENTROPY = LOSSES["softmax_cross_entropy"]
SOFTMAX = ACTIVATIONS["softmax"]

P = [[0, math.log(3)], [0, 0]]
T = [[1, 0], [0, 1]]


def test_value_worked_by_hand() -> None:
    """-log ¼ and -log ½, mean over the two examples."""
    assert 1.5 * math.log(2) == pytest.approx(float(run_forward(SOFTMAX_CROSS_ENTROPY, P, T)), rel=1e-14)


def test_gradient_worked_by_hand() -> None:
    """(softmax(z) - t)/2."""
    assert np.array([[-0.375, 0.375], [0.25, -0.25]]) == pytest.approx(
        run_vjp(SOFTMAX_CROSS_ENTROPY, "z", 1, P, T), rel=1e-14
    )


def test_upstream_gradient_scales_the_gradient() -> None:
    """dL multiplies what is handed on."""
    once = run_vjp(SOFTMAX_CROSS_ENTROPY, "z", 1, P, T)

    assert -3 * once == pytest.approx(run_vjp(SOFTMAX_CROSS_ENTROPY, "z", -3, P, T), rel=1e-14)


def test_loss_of_each_example_worked_by_hand() -> None:
    """Their mean is the loss."""
    assert np.array([2 * math.log(2), math.log(2)]) == pytest.approx(
        run_per_example(SOFTMAX_CROSS_ENTROPY, P, T), rel=1e-14
    )


def test_equals_its_primitives() -> None:
    """Value and gradient are those of softmax, then -Σ t log p."""
    z = np.random.default_rng(0).normal(size=(5, 3))
    t = np.eye(3)[[0, 1, 2, 1, 0]]
    p = run_forward(SOFTMAX, z)

    assert -np.sum(t * np.log(p)) / 5 == pytest.approx(float(run_forward(SOFTMAX_CROSS_ENTROPY, z, t)), rel=1e-13)
    dz = run_vjp(SOFTMAX, "z", -t / p / 5, z)
    assert dz == pytest.approx(run_vjp(SOFTMAX_CROSS_ENTROPY, "z", 1, z, t), rel=1e-12, abs=1e-15)


def test_large_logits_cost_what_they_are_off() -> None:
    """Stable: the loss of the wrong class is the distance between the logits."""
    z, t = np.array([[1e4, -1e4]], np.float32), np.array([[0, 1]], np.float32)

    assert 2e4 == run_forward(SOFTMAX_CROSS_ENTROPY, z, t)


def test_logits_with_more_axes_are_refused() -> None:
    """One row of logits for each example."""
    with pytest.raises(ShapeMismatch) as error:
        SOFTMAX_CROSS_ENTROPY.shape((4, 2, 3), (4, 2, 3))

    assert ("N", "K") == error.value.expected
    assert (4, 2, 3) == error.value.actual
