from engine.ops import OPS
from tests.engine.ops.harness import run_forward, run_vjp


def test_product_of_three_by_hand() -> None:
    """2 · -3 · 0.5 = -3; with an upstream gradient of 4 the second gets 4 · 2 · 0.5 = 4."""
    inputs = ([[2.0]], [[-3.0]], [[0.5]])

    assert [[-3.0]] == run_forward(OPS["multiply"], *inputs).tolist()
    assert [[4.0]] == run_vjp(OPS["multiply"], "x*", [[4.0]], *inputs, index=1).tolist()


def test_a_factor_of_zero_hides_no_gradient() -> None:
    """y = 0 · 5: the 0 gets 5 times the upstream gradient, the 5 gets nothing."""
    inputs = ([[0.0]], [[5.0]])

    assert [[5.0]] == run_vjp(OPS["multiply"], "x*", [[1.0]], *inputs, index=0).tolist()
    assert [[0.0]] == run_vjp(OPS["multiply"], "x*", [[1.0]], *inputs, index=1).tolist()
