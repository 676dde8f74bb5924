import numpy as np
import pytest

from engine.errors import ShapeMismatch
from engine.ops import OPS
from tests.engine.ops.harness import run_forward, run_vjp

BLEND = OPS["blend"]
WEIGHTS, VALUES = [[0.25, 0.75]], [[[4.0, 8.0], [12.0, 0.0]]]


def test_exact_values_and_gradients() -> None:
    """A weighted mean, worked by hand."""
    assert [[10.0, 2.0]] == run_forward(BLEND, WEIGHTS, VALUES).tolist()
    assert [[12.0, 12.0]] == run_vjp(BLEND, "w", [[1.0, 1.0]], WEIGHTS, VALUES).tolist()
    assert [[[0.25, 0.5], [0.75, 1.5]]] == run_vjp(BLEND, "values", [[1.0, 2.0]], WEIGHTS, VALUES).tolist()


def test_one_weight_for_each_value() -> None:
    """Expected and actual are named."""
    with pytest.raises(ShapeMismatch, match="blend: values"):
        BLEND.shape((1, 3), np.empty((1, 2, 2)).shape)
