import math

import numpy as np
import pytest

from engine.ops import OPS
from tests.engine.ops.harness import run_forward, run_vjp

SELU = OPS["selu"]


def test_value_worked_by_hand() -> None:
    """At z = -log 2 it is -scale·alpha/2, at 3 it is 3·scale."""
    assert np.array([[-0.8790496704236883, 3.1521029620664414]]) == pytest.approx(
        run_forward(SELU, [[-math.log(2), 3]]), rel=1e-14
    )


def test_gradient_worked_by_hand() -> None:
    """At z = -log 2 the local derivative is scale·alpha/2, at 3 it is scale."""
    assert np.array([[1.7580993408473766, 2.101401974710961]]) == pytest.approx(
        run_vjp(SELU, "z", [[2, 2]], [[-math.log(2), 3]]), rel=1e-14
    )
