from engine.ops import OPS
from tests.engine.ops.harness import run_forward, run_vjp


def test_numbers_keep_their_order() -> None:
    """(2, 3) -> (3, 2), the last axis fastest, and back."""
    x = [[[1.0, 2, 3], [4, 5, 6]]]

    assert [[[1, 2], [3, 4], [5, 6]]] == run_forward(OPS["reshape"], x, to=(3, 2)).tolist()
    assert x == run_vjp(OPS["reshape"], "x", [[[1.0, 2], [3, 4], [5, 6]]], x, to=(3, 2)).tolist()
