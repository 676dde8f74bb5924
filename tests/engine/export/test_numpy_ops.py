"""What a script computes with plain numpy is what the engine's rules compute, for every operation there is."""

import numpy as np
import pytest

from engine.export.numpy_ops import forward_rule, vjp_rule
from engine.ops import OPS
from tests.engine.ops.harness import differentiable, run_forward, run_vjp


@pytest.mark.parametrize("name", OPS)
@pytest.mark.parametrize("dtype", ["float64", "float32"])
def test_every_operation_has_its_numpy_form(name: str, dtype: str) -> None:
    """Forward agrees with the engine on the operation's example, and stays in its dtype."""
    op = OPS[name]
    inputs = [x.astype(dtype) for x in op.example(np.random.default_rng(3))]

    rule = forward_rule(name)
    assert rule is not None, f"{name}: add it to engine/export/numpy_ops"
    y = np.asarray(rule(*inputs, **op.options))

    expected = run_forward(op, *inputs)
    assert (expected.shape, expected.dtype) == (y.shape, y.dtype)
    np.testing.assert_allclose(
        y, expected, rtol=1e-11 if dtype == "float64" else 1e-4, atol=1e-6 * (dtype == "float32")
    )


@pytest.mark.parametrize("name", OPS)
@pytest.mark.parametrize("dtype", ["float64", "float32"])
def test_every_gradient_has_its_numpy_form(name: str, dtype: str) -> None:
    """Each vector-Jacobian product agrees with the engine's, and stays in its dtype."""
    op, rng = OPS[name], np.random.default_rng(4)
    inputs = tuple(x.astype(dtype) for x in op.example(rng))
    y = run_forward(op, *inputs)
    dy = rng.normal(size=y.shape).astype(dtype)

    for vjp, place, index in differentiable(op, inputs):
        rule = vjp_rule(name, vjp.input)
        assert rule is not None, f"{name}: add the gradient of {vjp.input} to engine/export/numpy_ops"
        dx = rule(dy, y, *inputs, **op.options, **index)
        expected = run_vjp(op, vjp.input, dy, *inputs, index=index.get("index"))
        assert (inputs[place].shape, inputs[place].dtype) == (dx.shape, dx.dtype)
        tolerance = 1e-11 if dtype == "float64" else 1e-4
        np.testing.assert_allclose(dx, expected, rtol=tolerance, atol=tolerance * 0.01)
