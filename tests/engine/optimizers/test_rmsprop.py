from math import sqrt

import pytest

from tests.engine.optimizers.harness import trace


def test_three_steps_by_hand() -> None:
    """Tieleman & Hinton (2012): v = 0.9·v + 0.1·g², delta = -0.1·g / (√v + eps), eps outside the root."""
    v1 = 0.1 * 0.25
    v2 = 0.9 * v1 + 0.1 * 1.0
    v3 = 0.9 * v2 + 0.1 * 0.0625
    expected = [
        -0.1 * 0.5 / (sqrt(v1) + 0.01),
        -0.1 * -1.0 / (sqrt(v2) + 0.01),
        -0.1 * 0.25 / (sqrt(v3) + 0.01),
    ]

    assert [0.025, 0.1225, 0.1165] == pytest.approx([v1, v2, v3])
    assert expected == pytest.approx(trace("rmsprop", rho=0.9, eps=0.01), rel=1e-12)


def test_the_first_step_is_ten_rates_long() -> None:
    """With PyTorch's rho = 0.99, √v is a tenth of the first gradient."""
    assert -1.0 == pytest.approx(trace("rmsprop", [0.5])[0], rel=1e-6)
