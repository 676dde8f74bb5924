import numpy as np
import pytest

from engine.ops import OPS
from tests.engine.ops.harness import run_forward, run_vjp


def test_a_row_by_hand() -> None:
    """(1, 5): mean 3, variance 4, so x̂ = (-1, 1); times 2, plus 0.5."""
    y = run_forward(OPS["layer_norm"], [[1.0, 5.0]], [2.0, 2.0], [0.5, 0.5], eps=0.0)

    assert [[-1.5, 2.5]] == y.tolist()


def test_gradients_by_hand() -> None:
    """Of three numbers (-1, 0, 1), variance ⅔: what lies along 1 or along x̂ is taken out of dy = (1, 0, 0)."""
    x, ones, zeros = [[-1.0, 0.0, 1.0]], [1.0] * 3, [0.0] * 3
    dy = [[1.0, 0.0, 0.0]]

    dx = run_vjp(OPS["layer_norm"], "x", dy, x, ones, zeros, eps=0.0)

    assert np.sqrt(1.5) * np.array([1 / 6, -1 / 3, 1 / 6]) == pytest.approx(dx[0])
    assert [-np.sqrt(1.5), 0, 0] == pytest.approx(run_vjp(OPS["layer_norm"], "gamma", dy, x, ones, zeros, eps=0.0))
    assert [1, 0, 0] == run_vjp(OPS["layer_norm"], "beta", dy, x, ones, zeros, eps=0.0).tolist()


def test_it_is_pytorch_s() -> None:
    """Values and gradients, on sequences."""
    torch = pytest.importorskip("torch")
    rng = np.random.default_rng(0)
    x, gamma, beta, dy = (rng.normal(size=shape) for shape in ((4, 3, 5), (5,), (5,), (4, 3, 5)))
    given = [torch.tensor(array, requires_grad=True) for array in (x, gamma, beta)]
    theirs = torch.nn.functional.layer_norm(given[0], (5,), given[1], given[2], eps=1e-5)
    theirs.backward(torch.tensor(dy))

    np.testing.assert_allclose(theirs.detach().numpy(), run_forward(OPS["layer_norm"], x, gamma, beta), rtol=1e-10)
    for name, tensor in zip(("x", "gamma", "beta"), given, strict=True):
        ours = run_vjp(OPS["layer_norm"], name, dy, x, gamma, beta)
        np.testing.assert_allclose(tensor.grad.numpy(), ours, rtol=1e-9, atol=1e-12)
