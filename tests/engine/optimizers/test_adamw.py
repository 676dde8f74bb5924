import pytest

from tests.engine.optimizers.harness import GRADS, trace


def test_three_steps_by_hand() -> None:
    """Loshchilov & Hutter (2019): Adam's own delta, and -0.1·0.2·w beside it, w before the step."""
    adam = trace("adam")  # its own trace is worked by hand in test_adam
    w0 = 3.0
    d1 = adam[0] - 0.1 * 0.2 * w0
    d2 = adam[1] - 0.1 * 0.2 * (w0 + d1)
    d3 = adam[2] - 0.1 * 0.2 * (w0 + d1 + d2)

    assert [d1, d2, d3] == pytest.approx(trace("adamw", GRADS, start=3.0, weight_decay=0.2), rel=1e-12)


def test_the_decay_does_not_pass_through_the_moments() -> None:
    """Without a gradient the weight shrinks by exactly learning_rate·weight_decay of itself each step."""
    assert [-0.01, -0.0099, -0.009801] == pytest.approx(trace("adamw", [0.0] * 3, weight_decay=0.1), rel=1e-12)
