import math

import numpy as np
import pytest

from engine.ops import OPS
from tests.engine.ops.harness import run_forward, run_vjp

GELU = OPS["gelu"]


def test_value_worked_by_hand() -> None:
    """Φ(1) = 0.8413447460685429, from a table of the normal distribution."""
    assert np.array([[-0.15865525393145705, 0, 0.8413447460685429]]) == pytest.approx(
        run_forward(GELU, [[-1, 0, 1]]), rel=1e-14
    )


def test_gradient_worked_by_hand() -> None:
    """Φ(1) + φ(1) with φ(1) = 0.24197072451914335, and ½ at 0."""
    assert np.array([[-0.0833154705876863, 1, 1.0833154705876863]]) == pytest.approx(
        run_vjp(GELU, "z", [[1, 2, 1]], [[-1, 0, 1]]), rel=1e-14
    )


def test_matches_the_error_function() -> None:
    """The exact form z/2·(1 + erf(z/√2)), number by number."""
    z = np.linspace(-9, 9, 1001)
    expected = [0.5 * x * math.erfc(-x / math.sqrt(2)) for x in z.tolist()]

    np.testing.assert_allclose(run_forward(GELU, z), expected, rtol=1e-13, atol=1e-16)
