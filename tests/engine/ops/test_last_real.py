from engine.ops import OPS
from tests.engine.ops.harness import run_forward, run_vjp

X = [[[1.0, 2], [3, 4], [5, 6]], [[1.0, 2], [3, 4], [5, 6]]]
MASK = [[1.0, 1, 0], [1, 1, 1]]


def test_the_step_before_the_padding_is_taken() -> None:
    """The first example has two real steps, the second three."""
    assert [[3, 4], [5, 6]] == run_forward(OPS["last_real"], X, MASK).tolist()


def test_the_gradient_goes_to_that_step_alone() -> None:
    """Padding gets none."""
    dx = run_vjp(OPS["last_real"], "x", [[7.0, 8.0], [9.0, 1.0]], X, MASK)

    assert [[[0, 0], [7, 8], [0, 0]], [[0, 0], [0, 0], [9, 1]]] == dx.tolist()
