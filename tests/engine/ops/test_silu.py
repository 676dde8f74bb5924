import math

import numpy as np
import pytest

from engine.ops import OPS
from tests.engine.ops.harness import run_forward, run_vjp

SILU = OPS["silu"]


def test_value_worked_by_hand() -> None:
    """σ(log 3) = 3/4."""
    assert np.array([[0, 0.75 * math.log(3)]]) == pytest.approx(run_forward(SILU, [[0, math.log(3)]]), rel=1e-14)


def test_gradient_worked_by_hand() -> None:
    """σ + zσ(1 - σ) is ½ at 0 and 3/4 + 3/16·log 3 at log 3."""
    assert np.array([[1, 0.75 + 0.1875 * math.log(3)]]) == pytest.approx(
        run_vjp(SILU, "z", [[2, 1]], [[0, math.log(3)]]), rel=1e-14
    )
