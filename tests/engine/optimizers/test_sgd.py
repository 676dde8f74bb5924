import pytest

from tests.engine.optimizers.harness import trace


def test_it_goes_down_the_gradient_by_the_learning_rate() -> None:
    """Each delta is -0.1 times the gradient, whatever came before."""
    assert [-0.05, 0.1, -0.025] == pytest.approx(trace("sgd"), rel=1e-12)
