import pytest

from engine.errors import ShapeMismatch
from engine.ops import OPS
from tests.engine.ops.harness import run_forward


def test_the_teacher_or_the_best_guess() -> None:
    """Where teach is 1 the target, else the place of the largest score; the first of equals."""
    scores = [[0.0, 5.0, 1.0], [0.0, 5.0, 1.0], [2.0, 2.0, 1.0]]

    assert [2.0, 1.0, 0.0] == run_forward(OPS["choose"], [2.0, 2.0, 2.0], [1.0, 0.0, 0.0], scores).tolist()


def test_all_speak_of_the_same_examples() -> None:
    """Expected and actual are named."""
    with pytest.raises(ShapeMismatch, match="choose: scores"):
        OPS["choose"].shape((2,), (2,), (3, 4))
