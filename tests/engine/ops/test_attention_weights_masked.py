import numpy as np
import pytest

from engine.ops import OPS
from tests.engine.ops.harness import run_forward, run_vjp

MASKED = OPS["attention_weights_masked"]
SCORES = np.log([[[[1.0, 3.0, 9.0]]]])


def test_padding_gets_no_weight_and_no_gradient() -> None:
    """The third key is padding: its score of 9 does not matter."""
    assert np.array([[[[0.25, 0.75, 0.0]]]]) == pytest.approx(run_forward(MASKED, SCORES, [[1.0, 1, 0]]))
    dscores = run_vjp(MASKED, "scores", [[[[1.0, 5.0, 7.0]]]], SCORES, [[1.0, 1, 0]])
    assert np.array([[[[-0.75, 0.75, 0.0]]]]) == pytest.approx(dscores)


def test_where_all_is_padding_nothing_is_mixed() -> None:
    """Weights of 0, no division by 0."""
    assert [[[[0.0, 0.0, 0.0]]]] == run_forward(MASKED, SCORES, [[0.0, 0, 0]]).tolist()
