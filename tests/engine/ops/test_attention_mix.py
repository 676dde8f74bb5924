import numpy as np
import pytest

from engine.ops import OPS
from tests.engine.ops.harness import run_forward, run_vjp

MIX = OPS["attention_mix"]
WEIGHTS = [[[[0.25, 0.75]]]]
V = [[[4.0, 8.0], [0.0, 4.0]]]


def test_a_mixture_by_hand() -> None:
    """A quarter of the first value, three quarters of the second."""
    assert [[[1.0, 5.0]]] == run_forward(MIX, WEIGHTS, V).tolist()


def test_gradients_by_hand() -> None:
    """For dy = (1, 2): dw = (4 + 16, 8); dv is each weight's share of dy."""
    dy = [[[1.0, 2.0]]]

    assert [[[[20.0, 8.0]]]] == run_vjp(MIX, "weights", dy, WEIGHTS, V).tolist()
    assert [[[0.25, 0.5], [0.75, 1.5]]] == run_vjp(MIX, "v", dy, WEIGHTS, V).tolist()


def test_the_three_operations_are_pytorch_s_attention() -> None:
    """scaled_dot_product_attention with two heads and a causal mask."""
    torch = pytest.importorskip("torch")
    q, k, v = np.random.default_rng(0).normal(size=(3, 4, 5, 6))
    by_head = [torch.tensor(x).reshape(4, 5, 2, 3).transpose(1, 2) for x in (q, k, v)]
    theirs = torch.nn.functional.scaled_dot_product_attention(*by_head, is_causal=True)

    scores = run_forward(OPS["attention_scores"], q, k, heads=2)
    ours = run_forward(MIX, run_forward(OPS["attention_weights"], scores, causal=True), v)

    np.testing.assert_allclose(theirs.transpose(1, 2).reshape(4, 5, 6).numpy(), ours, rtol=1e-10)
