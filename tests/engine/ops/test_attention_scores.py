import numpy as np
import pytest

from engine.errors import ShapeMismatch
from engine.ops import OPS
from tests.engine.ops.harness import run_forward, run_vjp

SCORES = OPS["attention_scores"]
Q = [[[1.0, 2, 0, 0]]]
K = [[[3.0, 4, 0, 0], [0, 1, 0, 0]]]


def test_inner_products_over_the_root_of_their_length_by_hand() -> None:
    """q = (1, 2, 0, 0): with the keys 11 and 2, over √4."""
    assert [[[[5.5, 1.0]]]] == run_forward(SCORES, Q, K, heads=1).tolist()


def test_each_head_reads_its_own_numbers() -> None:
    """Two heads of two numbers: the second sees only zeros."""
    scores = run_forward(SCORES, Q, K, heads=2)

    assert np.array([[[[11.0, 2.0]], [[0.0, 0.0]]]]) / np.sqrt(2) == pytest.approx(scores)


def test_gradients_by_hand() -> None:
    """dq = (2·k₁ + 4·k₂) / 2, dk₂ = 4·q / 2."""
    upstream = [[[[2.0, 4.0]]]]

    assert [[[3.0, 6.0, 0, 0]]] == run_vjp(SCORES, "q", upstream, Q, K, heads=1).tolist()
    assert [2.0, 4.0, 0, 0] == run_vjp(SCORES, "k", upstream, Q, K, heads=1)[0, 1].tolist()


def test_heads_that_do_not_divide_the_units_are_refused() -> None:
    """Each has equally many numbers."""
    with pytest.raises(ShapeMismatch, match="a multiple of 3"):
        SCORES.shape((1, 1, 4), (1, 2, 4), heads=3)
