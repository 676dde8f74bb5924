import math

import numpy as np
import pytest

from engine.ops import ACTIVATIONS, LOSSES
from tests.engine.ops.harness import run_forward, run_per_example, run_vjp

SIGMOID_BINARY_CROSS_ENTROPY = LOSSES["sigmoid_binary_cross_entropy"]
SIGMOID = ACTIVATIONS["sigmoid"]
BINARY_CROSS_ENTROPY = LOSSES["binary_cross_entropy"]

P = [[0, math.log(3)]]
T = [[1, 0]]


def test_value_worked_by_hand() -> None:
    """-log ½ and -log ¼."""
    assert 1.5 * math.log(2) == pytest.approx(float(run_forward(SIGMOID_BINARY_CROSS_ENTROPY, P, T)), rel=1e-14)


def test_gradient_worked_by_hand() -> None:
    """(σ(z) - t)/2 with σ = ½ and ¾."""
    assert np.array([[-0.25, 0.375]]) == pytest.approx(run_vjp(SIGMOID_BINARY_CROSS_ENTROPY, "z", 1, P, T), rel=1e-14)


def test_upstream_gradient_scales_the_gradient() -> None:
    """dL multiplies what is handed on."""
    once = run_vjp(SIGMOID_BINARY_CROSS_ENTROPY, "z", 1, P, T)

    assert -3 * once == pytest.approx(run_vjp(SIGMOID_BINARY_CROSS_ENTROPY, "z", -3, P, T), rel=1e-14)


def test_loss_of_each_example_worked_by_hand() -> None:
    """Their mean is the loss."""
    assert np.array([1.5 * math.log(2)]) == pytest.approx(
        run_per_example(SIGMOID_BINARY_CROSS_ENTROPY, P, T), rel=1e-14
    )


def test_equals_its_primitives() -> None:
    """Value and gradient are those of sigmoid, then binary cross-entropy."""
    z = np.random.default_rng(0).normal(size=(5, 3))
    t = np.random.default_rng(1).uniform(size=(5, 3))
    a = run_forward(SIGMOID, z)
    da = run_vjp(BINARY_CROSS_ENTROPY, "prediction", 1, a, t)
    dz = run_vjp(SIGMOID, "z", da, z)

    assert run_forward(BINARY_CROSS_ENTROPY, a, t) == pytest.approx(
        float(run_forward(SIGMOID_BINARY_CROSS_ENTROPY, z, t)), rel=1e-13
    )
    assert dz == pytest.approx(run_vjp(SIGMOID_BINARY_CROSS_ENTROPY, "z", 1, z, t), rel=1e-12)


def test_loss_of_a_sure_and_right_logit_keeps_its_digits() -> None:
    """log(1 + exp(-30)) is not 0, whichever class is true."""
    for z, t in ((30, 1), (-30, 0)):
        assert math.exp(-30) == pytest.approx(float(run_forward(SIGMOID_BINARY_CROSS_ENTROPY, [[z]], [[t]])), rel=1e-12)


def test_large_logits_cost_what_they_are_off() -> None:
    """Stable: the loss of the wrong class grows like |z|."""
    z, t = np.array([[1e4, -1e4]], np.float32), np.array([[0, 0]], np.float32)

    assert 5e3 == run_forward(SIGMOID_BINARY_CROSS_ENTROPY, z, t)
