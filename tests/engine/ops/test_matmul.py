import numpy as np
import pytest

from engine.errors import ShapeMismatch
from engine.ops import OPS
from tests.engine.ops.harness import run_forward, run_vjp

MATMUL = OPS["matmul"]

X = [[1, 2], [3, 4]]
W = [[1, -1], [2, 0]]
DZ = [[1, 2], [0, 1]]


def test_value_worked_by_hand() -> None:
    """Each unit's sum of input times weight."""
    assert [[5, -1], [11, -3]] == run_forward(MATMUL, X, W).tolist()


def test_gradient_of_the_inputs_worked_by_hand() -> None:
    """dx = dz Wᵀ."""
    assert [[-1, 2], [-1, 0]] == run_vjp(MATMUL, "x", DZ, X, W).tolist()


def test_gradient_of_the_weights_worked_by_hand() -> None:
    """dW = xᵀ dz."""
    assert [[1, 5], [2, 8]] == run_vjp(MATMUL, "W", DZ, X, W).tolist()


def test_input_of_another_width_is_refused() -> None:
    """The error names what was expected and what came."""
    with pytest.raises(ShapeMismatch) as error:
        MATMUL.shape((4, 5), (3, 2))

    assert ("N", 3) == error.value.expected
    assert (4, 5) == error.value.actual


def test_input_without_rows_is_refused() -> None:
    """A single row of numbers is no batch."""
    with pytest.raises(ShapeMismatch) as error:
        MATMUL.shape((3,), (3, 2))

    assert ("N", 3) == error.value.expected
    assert (3,) == error.value.actual


def test_time_steps_are_gone_through_alike() -> None:
    """Axes between the batch's and the last are as good as rows; dW sums over all of them."""
    rng = np.random.default_rng(2)
    x, W, dz = rng.normal(size=(4, 5, 3)), rng.normal(size=(3, 2)), rng.normal(size=(4, 5, 2))
    more = ()

    np.testing.assert_allclose(x @ W, run_forward(MATMUL, x, W, *more), rtol=1e-12)
    np.testing.assert_allclose(dz @ W.T, run_vjp(MATMUL, "x", dz, x, W, *more), rtol=1e-12)
    np.testing.assert_allclose(np.einsum("ntd,ntk->dk", x, dz), run_vjp(MATMUL, "W", dz, x, W, *more), rtol=1e-12)


def test_weights_must_be_a_matrix() -> None:
    """W has one row for each input and one column for each unit."""
    with pytest.raises(ShapeMismatch) as error:
        MATMUL.shape((4, 3), (3,))

    assert ("fan_in", "fan_out") == error.value.expected
    assert (3,) == error.value.actual
