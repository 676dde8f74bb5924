import math

import numpy as np
import pytest

from engine.ops import OPS
from tests.engine.ops.harness import run_forward, run_vjp

SOFTMAX = OPS["softmax"]


def test_value_worked_by_hand() -> None:
    """exp 0 : exp(log 3) = 1 : 3."""
    assert np.array([[0.25, 0.75]]) == pytest.approx(run_forward(SOFTMAX, [[0, math.log(3)]]), rel=1e-14)


def test_gradient_worked_by_hand() -> None:
    """aₖ (daₖ - Σ a da) with Σ a da = 1/4."""
    assert np.array([[0.1875, -0.1875]]) == pytest.approx(
        run_vjp(SOFTMAX, "z", [[1, 0]], [[0, math.log(3)]]), rel=1e-14
    )


def test_gradient_sums_to_zero() -> None:
    """Probabilities sum to 1 whatever z is, so nothing pulls all of z in one direction."""
    z, da = np.random.default_rng(0).normal(size=(2, 5, 4))

    assert np.zeros(5) == pytest.approx(run_vjp(SOFTMAX, "z", da, z).sum(axis=1), abs=1e-15)
