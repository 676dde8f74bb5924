import pytest

from tests.engine.optimizers.harness import trace


def test_three_steps_by_hand() -> None:
    """Polyak's heavy ball, undamped: u = 0.9·u + g, delta = -0.1·u."""
    u1 = 0.5
    u2 = 0.9 * 0.5 + -1.0
    u3 = 0.9 * -0.55 + 0.25

    assert [-0.55, -0.245] == pytest.approx([u2, u3])
    assert [-0.1 * u1, -0.1 * u2, -0.1 * u3] == pytest.approx(trace("momentum"), rel=1e-12)


def test_a_changed_rate_scales_the_whole_velocity() -> None:
    """The rate is applied to the velocity at the end (PyTorch), not to each gradient on its way in."""
    assert -0.2 * (0.9 * 0.5 + 0.5) == pytest.approx(trace("momentum", (0.5, 0.5), learning_rate=0.2)[1], rel=1e-12)


def test_without_momentum_it_is_sgd() -> None:
    """Momentum 0 forgets everything."""
    assert trace("sgd") == pytest.approx(trace("momentum", momentum=0.0), rel=1e-12)
