from engine.ops import OPS
from tests.engine.ops.harness import run_forward


def test_a_one_stands_at_the_place_of_the_token() -> None:
    """Tokens 2 and 0 of three."""
    assert [[[0, 0, 1], [1, 0, 0]]] == run_forward(OPS["one_hot"], [[2.0, 0.0]], tokens=3).tolist()
