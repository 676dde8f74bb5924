import math

import numpy as np
import pytest

from engine.ops import OPS
from tests.engine.ops.harness import run_forward, run_vjp

TANH = OPS["tanh"]


def test_value_worked_by_hand() -> None:
    """tanh(log 2) = (4 - 1)/(4 + 1)."""
    assert np.array([[0, 0.6]]) == pytest.approx(run_forward(TANH, [[0, math.log(2)]]), rel=1e-14)


def test_gradient_worked_by_hand() -> None:
    """1 - 0.6² = 0.64."""
    assert np.array([[2, 1.28]]) == pytest.approx(run_vjp(TANH, "z", [[2, 2]], [[0, math.log(2)]]), rel=1e-14)
