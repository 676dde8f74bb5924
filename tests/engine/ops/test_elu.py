import math

import numpy as np
import pytest

from engine.ops import OPS
from tests.engine.ops.harness import run_forward, run_vjp

ELU = OPS["elu"]


def test_value_worked_by_hand() -> None:
    """At z = -log 2, exp(z) - 1 = -1/2."""
    assert np.array([[-0.5, 0, 3]]) == pytest.approx(run_forward(ELU, [[-math.log(2), 0, 3]]), rel=1e-14)


def test_gradient_worked_by_hand() -> None:
    """At z = -log 2 the local derivative is exp(z) = 1/2, from 0 on it is 1."""
    assert np.array([[2, 4, 4]]) == pytest.approx(run_vjp(ELU, "z", [[4, 4, 4]], [[-math.log(2), 0, 3]]), rel=1e-14)
