import numpy as np
import pytest

from engine.ops import OPS
from tests.engine.ops.harness import run_forward, run_vjp

NORM = OPS["batch_norm"]
ONE_FEATURE = ([[1.0], [5.0]], [3.0], [4.0], [2.0], [0.5])  # x, mean, variance, gamma, beta


def test_a_feature_by_hand() -> None:
    """(1 - 3) / 2 · 2 + 0.5 = -1.5."""
    assert [[-1.5], [2.5]] == run_forward(NORM, *ONE_FEATURE, axis=-1, eps=0.0).tolist()


@pytest.mark.parametrize(
    ("name", "expected"),
    [("x", [[1.0], [0.0]]), ("mean", [-1.0]), ("variance", [0.25]), ("gamma", [-1.0]), ("beta", [1.0])],
)
def test_gradients_by_hand(name: str, expected: list[float]) -> None:
    """For dy = (1, 0): gamma / √v = 1; -½ · 2 · 4^(-3/2) · (1 - 3) = 0.25."""
    assert expected == run_vjp(NORM, name, [[1.0], [0.0]], *ONE_FEATURE, axis=-1, eps=0.0).tolist()


@pytest.mark.parametrize(("shape", "axis"), [((6, 3), -1), ((4, 3, 2, 5), 1)], ids=["vectors", "images"])
def test_the_three_operations_are_pytorch_s(shape: tuple[int, ...], axis: int) -> None:
    """Values, and gradients through the batch's mean and variance."""
    torch = pytest.importorskip("torch")
    rng = np.random.default_rng(0)
    x, dy, gamma, beta = rng.normal(size=shape), rng.normal(size=shape), rng.normal(size=3), rng.normal(size=3)
    tensor = torch.tensor(x, requires_grad=True)
    given = (torch.tensor(gamma), torch.tensor(beta))
    theirs = torch.nn.functional.batch_norm(tensor, None, None, *given, training=True, eps=1e-5)
    theirs.backward(torch.tensor(dy))

    mean = run_forward(OPS["batch_mean"], x, axis=axis)
    variance = run_forward(OPS["batch_variance"], x, mean, axis=axis)
    inputs = (x, mean, variance, gamma, beta)
    dmean, dvariance = (run_vjp(NORM, name, dy, *inputs, axis=axis) for name in ("mean", "variance"))
    dx = (
        run_vjp(NORM, "x", dy, *inputs, axis=axis)
        + run_vjp(OPS["batch_variance"], "x", dvariance, x, mean, axis=axis)
        + run_vjp(OPS["batch_mean"], "x", dmean, x, axis=axis)
    )

    np.testing.assert_allclose(theirs.detach().numpy(), run_forward(NORM, *inputs, axis=axis), rtol=1e-10)
    np.testing.assert_allclose(tensor.grad.numpy(), dx, rtol=1e-8, atol=1e-12)
