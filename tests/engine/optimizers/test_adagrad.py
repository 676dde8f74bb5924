from math import sqrt

import pytest

from tests.engine.optimizers.harness import trace


def test_three_steps_by_hand() -> None:
    """Duchi et al. (2011): s = s + g², delta = -0.1·g / (√s + eps)."""
    s1 = 0.25
    s2 = 0.25 + 1.0
    s3 = 1.25 + 0.0625
    expected = [
        -0.1 * 0.5 / (sqrt(s1) + 1e-10),
        -0.1 * -1.0 / (sqrt(s2) + 1e-10),
        -0.1 * 0.25 / (sqrt(s3) + 1e-10),
    ]

    assert [-0.1, 0.0894427191, -0.0218217890] == pytest.approx(expected, rel=1e-8)
    assert expected == pytest.approx(trace("adagrad"), rel=1e-12)


def test_a_gradient_of_zero_moves_nothing() -> None:
    """Even at the start, where s is 0 as well."""
    assert [0.0] == trace("adagrad", [0.0])
