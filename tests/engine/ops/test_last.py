from engine.ops import OPS
from tests.engine.ops.harness import run_forward, run_vjp


def test_only_the_last_step_is_taken_and_only_it_gets_a_gradient() -> None:
    """Three steps of two numbers."""
    x = [[[1.0, 2], [3, 4], [5, 6]]]

    assert [[5, 6]] == run_forward(OPS["last"], x).tolist()
    assert [[[0, 0], [0, 0], [7, 8]]] == run_vjp(OPS["last"], "x", [[7.0, 8.0]], x).tolist()
