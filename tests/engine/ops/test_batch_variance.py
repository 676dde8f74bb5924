from engine.ops import OPS
from tests.engine.ops.harness import run_forward, run_vjp


def test_features_by_hand() -> None:
    """1 and 3 spread by 1 around 2, divided by n; the gradient is 2 (x - mean) / n = ±1 times the upstream one."""
    x, mean = [[1.0], [3.0]], [2.0]

    assert [1.0] == run_forward(OPS["batch_variance"], x, mean, axis=-1).tolist()
    assert [[-5.0], [5.0]] == run_vjp(OPS["batch_variance"], "x", [5.0], x, mean, axis=-1).tolist()
