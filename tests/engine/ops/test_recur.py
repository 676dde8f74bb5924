import numpy as np
import pytest

from engine.errors import ShapeMismatch
from engine.ops import OPS
from tests.engine.ops.harness import run_forward, run_vjp

RECUR = OPS["recur"]
X, H, WEIGHTS = [[1.0, 2.0]], [[0.5, -1.0]], [[2.0, 4.0], [1.0, 3.0]]


def test_exact_values() -> None:
    """z = x + h W, worked by hand."""
    assert [[1.0 + 1.0 - 1.0, 2.0 + 2.0 - 3.0]] == run_forward(RECUR, X, H, WEIGHTS).tolist()


def test_exact_gradients() -> None:
    """dx = dz, dh = dz Wᵀ, dW = hᵀ dz."""
    dz = [[1.0, 10.0]]

    assert dz == run_vjp(RECUR, "x", dz, X, H, WEIGHTS).tolist()
    assert [[42.0, 31.0]] == run_vjp(RECUR, "h_prev", dz, X, H, WEIGHTS).tolist()
    assert [[0.5, 5.0], [-1.0, -10.0]] == run_vjp(RECUR, "W", dz, X, H, WEIGHTS).tolist()


def test_the_weights_gradient_sums_over_time_steps_at_once() -> None:
    """(T, N, M) and (T, N, K) as one product."""
    rng = np.random.default_rng(0)
    h, dz, W = rng.normal(size=(5, 4, 3)), rng.normal(size=(5, 4, 2)), rng.normal(size=(3, 2))
    dW = np.empty_like(W)

    RECUR.vjps[2].rule(dW, dz, dz, None, h, W)

    np.testing.assert_allclose(sum(h[t].T @ dz[t] for t in range(5)), dW, rtol=1e-12)


def test_what_is_remembered_must_fit_the_weights() -> None:
    """Expected and actual are named."""
    with pytest.raises(ShapeMismatch, match=r"recur: h_prev expects shape \(N, 2\), but got \(1, 3\)"):
        RECUR.shape((1, 2), (1, 3), (2, 2))
