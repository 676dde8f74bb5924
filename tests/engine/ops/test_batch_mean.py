from engine.ops import OPS
from tests.engine.ops.harness import run_forward, run_vjp


def test_features_of_vectors_by_hand() -> None:
    """Two examples of two features; each gets half of the upstream gradient."""
    x = [[1.0, 10.0], [3.0, 30.0]]

    assert [2.0, 20.0] == run_forward(OPS["batch_mean"], x, axis=-1).tolist()
    assert [[2.0, 4.0], [2.0, 4.0]] == run_vjp(OPS["batch_mean"], "x", [4.0, 8.0], x, axis=-1).tolist()


def test_channels_of_images_by_hand() -> None:
    """One example of two channels of 1×2 pixels."""
    x = [[[[1.0, 3.0]], [[5.0, 9.0]]]]

    assert [2.0, 7.0] == run_forward(OPS["batch_mean"], x, axis=1).tolist()
