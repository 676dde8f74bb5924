import numpy as np

from engine.ops import OPS
from tests.engine.ops.harness import run_forward, run_vjp
from tests.engine.ops.test_conv2d import DZ, KERNEL, X, arrays


def test_value_and_gradients_worked_by_hand() -> None:
    """1·1 − 2·5 = −9 in the corner."""
    op = OPS["correlate2d"]

    assert [[[[-9, -10], [-12, -13]]]] == run_forward(op, X, KERNEL).tolist()
    assert [[[[20, 26], [38, 44]]]] == run_vjp(op, "kernel", DZ, X, KERNEL).tolist()
    assert [[[[1, 2, 0], [0, 1, -4], [0, 0, -6]]]] == run_vjp(op, "x", DZ, X, KERNEL).tolist()


def test_it_is_a_convolution_without_a_bias() -> None:
    """The same but for b."""
    x, kernel, b = arrays({})
    with_bias = run_forward(OPS["conv2d"], x, kernel, b)

    np.testing.assert_allclose(run_forward(OPS["correlate2d"], x, kernel) + b[:, None, None], with_bias, rtol=1e-12)
