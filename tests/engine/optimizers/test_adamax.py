import pytest

from tests.engine.optimizers.harness import trace


def test_three_steps_by_hand() -> None:
    """Kingma & Ba (2015), algorithm 2, eps beside |g|: u = max(0.5·u, |g| + 0.01), delta = -0.1/(1 - 0.9^t)·m/u."""
    m1, u1 = 0.05, 0.51
    m2, u2 = -0.055, 1.01
    m3, u3 = -0.0245, 0.505  # 0.5·1.01 is more than 0.25 + 0.01
    expected = [
        -0.1 / 0.1 * m1 / u1,
        -0.1 / 0.19 * m2 / u2,
        -0.1 / 0.271 * m3 / u3,
    ]

    assert expected == pytest.approx(trace("adamax", beta2=0.5, eps=0.01), rel=1e-12)
