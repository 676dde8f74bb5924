import numpy as np
import pytest

from engine.errors import ShapeMismatch
from engine.ops import OPS
from tests.engine.ops.harness import run_forward, run_vjp

LSTM_CELL = OPS["lstm_cell"]
F, C_PREV, IN, G = [[0.5, 1.0]], [[4.0, -2.0]], [[0.25, 0.0]], [[8.0, 9.0]]


def test_exact_values() -> None:
    """c = f c_prev + i g, worked by hand."""
    assert [[4.0, -2.0]] == run_forward(LSTM_CELL, F, C_PREV, IN, G).tolist()


@pytest.mark.parametrize(("name", "expected"), [("f", C_PREV), ("c_prev", F), ("i", G), ("g", IN)])
def test_each_factor_gets_the_other(name: str, expected: list[list[float]]) -> None:
    """Along the cell the gradient is multiplied by the forget gate alone."""
    dc = [[2.0, 3.0]]

    assert (np.array(dc) * expected).tolist() == run_vjp(LSTM_CELL, name, dc, F, C_PREV, IN, G).tolist()


def test_all_inputs_have_one_shape() -> None:
    """Expected and actual are named."""
    with pytest.raises(ShapeMismatch, match="lstm_cell"):
        LSTM_CELL.shape((1, 2), (1, 3), (1, 2), (1, 2))
