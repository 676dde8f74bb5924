import numpy as np

from engine.ops import OPS
from tests.engine.ops.harness import run_forward, run_vjp


def test_rows_become_columns() -> None:
    """(2, 3) -> (3, 2), and the gradient turns back."""
    x = [[[1.0, 2, 3], [4, 5, 6]]]

    assert [[[1, 4], [2, 5], [3, 6]]] == run_forward(OPS["transpose"], x, axes=(1, 0)).tolist()
    assert x == run_vjp(OPS["transpose"], "x", [[[1.0, 4], [2, 5], [3, 6]]], x, axes=(1, 0)).tolist()


def test_three_axes_are_those_of_numpy() -> None:
    """Axis k of y is axis axes[k] of x; the batch stays in front."""
    x = np.random.default_rng(0).normal(size=(2, 3, 4, 5))

    y = run_forward(OPS["transpose"], x, axes=(2, 0, 1))

    assert np.array_equal(x.transpose(0, 3, 1, 2), y)
    assert np.array_equal(x, run_vjp(OPS["transpose"], "x", y, x, axes=(2, 0, 1)))
