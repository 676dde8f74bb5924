import math

import numpy as np
import pytest

from engine.ops import OPS
from tests.engine.ops.harness import run_forward, run_vjp

SIN = OPS["sin"]


def test_value_worked_by_hand() -> None:
    """sin 30° = ½."""
    assert np.array([[0, 0.5]]) == pytest.approx(run_forward(SIN, [[0, math.pi / 6]]), rel=1e-14)


def test_gradient_worked_by_hand() -> None:
    """cos 30° = √3/2."""
    assert np.array([[2, math.sqrt(3)]]) == pytest.approx(run_vjp(SIN, "z", [[2, 2]], [[0, math.pi / 6]]), rel=1e-14)
