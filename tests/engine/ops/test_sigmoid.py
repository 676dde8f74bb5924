import math

import numpy as np
import pytest

from engine.ops import OPS
from tests.engine.ops.harness import run_forward, run_vjp

SIGMOID = OPS["sigmoid"]


def test_value_worked_by_hand() -> None:
    """σ(log 3) = 3/(3 + 1)."""
    assert np.array([[0.5, 0.75]]) == pytest.approx(run_forward(SIGMOID, [[0, math.log(3)]]), rel=1e-14)


def test_gradient_worked_by_hand() -> None:
    """1/2·1/2 and 3/4·1/4."""
    assert np.array([[4, 3]]) == pytest.approx(run_vjp(SIGMOID, "z", [[16, 16]], [[0, math.log(3)]]), rel=1e-14)


def test_small_values_keep_their_digits() -> None:
    """Far below 0 it is exp(z), to the last digits, in single precision too."""
    z = np.array([[-60.0]], np.float32)

    assert math.exp(-60) == pytest.approx(float(run_forward(SIGMOID, z)[0, 0]), rel=1e-6)
