from engine.ops import OPS
from tests.engine.ops.harness import run_forward, run_vjp
from tests.engine.ops.test_conv1d import DZ, KERNEL, X


def test_value_and_gradients_worked_by_hand() -> None:
    """1 − 2 = −1 at the first step."""
    op = OPS["correlate1d"]

    assert [[[-1, 6], [-2, 12]]] == run_forward(op, X, KERNEL).tolist()
    assert [[[1, 2]], [[12, 24]]] == run_vjp(op, "kernel", DZ, X, KERNEL).tolist()
    assert [[[1], [5], [15]]] == run_vjp(op, "x", DZ, X, KERNEL).tolist()
