from engine.ops import OPS
from tests.engine.ops.harness import run_forward, run_vjp


def test_a_stretch_is_taken_and_the_rest_gets_no_gradient() -> None:
    """Two of four numbers."""
    x = [[1.0, 2, 3, 4]]

    assert [[2, 3]] == run_forward(OPS["slice"], x, axis=0, start=1, stop=-1).tolist()
    assert [[0, 7, 8, 0]] == run_vjp(OPS["slice"], "x", [[7.0, 8.0]], x, axis=0, start=1, stop=-1).tolist()


def test_to_the_end_along_the_last_axis() -> None:
    """Without a stop, of each row of a matrix."""
    x = [[[1.0, 2, 3], [4, 5, 6]]]

    assert [[[2, 3], [5, 6]]] == run_forward(OPS["slice"], x, axis=-1, start=1, stop=None).tolist()
