import numpy as np
import pytest

from engine.ops import OPS
from tests.engine.ops.harness import run_forward, run_vjp

WEIGHTS = OPS["attention_weights"]
SCORES = np.log([[[[1.0, 3.0], [1.0, 3.0]]]])


def test_shares_by_hand() -> None:
    """e to the scores is 1 and 3: a quarter and three quarters."""
    assert np.array([[[[0.25, 0.75]] * 2]]) == pytest.approx(run_forward(WEIGHTS, SCORES, causal=False))


def test_a_causal_query_sees_nothing_that_comes_later() -> None:
    """The first sees the first key alone; what is hidden gets neither weight nor gradient."""
    weights = run_forward(WEIGHTS, SCORES, causal=True)
    dscores = run_vjp(WEIGHTS, "scores", [[[[1.0, 5.0], [1.0, 5.0]]]], SCORES, causal=True)

    assert np.array([[[[1.0, 0.0], [0.25, 0.75]]]]) == pytest.approx(weights)
    assert np.array([[[[0.0, 0.0], [-0.75, 0.75]]]]) == pytest.approx(dscores)


def test_large_scores_do_not_overflow() -> None:
    """In single precision, without a warning."""
    scores = np.array([[[[1e4, -1e4], [-1e4, -1e4]]]], np.float32)

    assert [[[[1.0, 0.0], [0.5, 0.5]]]] == run_forward(WEIGHTS, scores, causal=False).tolist()
