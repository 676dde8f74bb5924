import math

import numpy as np
import pytest

from engine.ops import OPS
from tests.engine.ops.harness import run_forward, run_vjp

SOFTPLUS = OPS["softplus"]


def test_value_worked_by_hand() -> None:
    """log(1 + 1) and log(1 + 3)."""
    assert np.array([[math.log(2), math.log(4)]]) == pytest.approx(run_forward(SOFTPLUS, [[0, math.log(3)]]), rel=1e-14)


def test_gradient_worked_by_hand() -> None:
    """The local derivative is the sigmoid: 1/2 and 3/4."""
    assert np.array([[2, 3]]) == pytest.approx(run_vjp(SOFTPLUS, "z", [[4, 4]], [[0, math.log(3)]]), rel=1e-14)
