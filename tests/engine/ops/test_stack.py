import numpy as np
import pytest

from engine.errors import ShapeMismatch
from engine.ops import OPS
from tests.engine.ops.harness import run_forward, run_vjp

STACK = OPS["stack"]


def test_exact_values_and_gradients() -> None:
    """Two time steps of two examples; each step gets its own gradient."""
    first, second = [[1.0], [2.0]], [[3.0], [4.0]]
    dy = np.array([[[10.0], [30.0]], [[20.0], [40.0]]])

    assert [[[1.0], [3.0]], [[2.0], [4.0]]] == run_forward(STACK, first, second).tolist()
    assert [[30.0], [40.0]] == run_vjp(STACK, "x*", dy, first, second, index=1).tolist()


def test_time_steps_have_one_shape() -> None:
    """Expected and actual are named."""
    with pytest.raises(ShapeMismatch, match="stack: each input"):
        STACK.shape((2, 3), (2, 4))
