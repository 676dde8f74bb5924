import numpy as np
import pytest

from engine.errors import ShapeMismatch
from engine.ops import OPS
from tests.engine.ops.harness import run_forward, run_vjp

ATTEND = OPS["attend"]
H, KEYS = [[1.0, 2.0]], [[[3.0, 4.0], [5.0, 6.0]]]


def test_exact_values_and_gradients() -> None:
    """Inner products, worked by hand."""
    assert [[11.0, 17.0]] == run_forward(ATTEND, H, KEYS).tolist()
    assert [[3.0 + 50.0, 4.0 + 60.0]] == run_vjp(ATTEND, "h", [[1.0, 10.0]], H, KEYS).tolist()
    assert [[[1.0, 2.0], [10.0, 20.0]]] == run_vjp(ATTEND, "keys", [[1.0, 10.0]], H, KEYS).tolist()


def test_padding_gets_no_weight() -> None:
    """Its exponential is 0 in either precision."""
    score = run_forward(ATTEND, np.array(H, np.float32), np.array(KEYS, np.float32), np.array([[1, 0]], np.float32))

    assert 0 == np.exp(score[0, 1] - score[0, 0])


def test_keys_are_as_long_as_what_they_are_compared_with() -> None:
    """Expected and actual are named."""
    with pytest.raises(ShapeMismatch, match="attend: keys"):
        ATTEND.shape((1, 2), (1, 4, 3))
