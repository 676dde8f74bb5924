import numpy as np

from engine.ops import OPS
from tests.engine.ops.harness import run_forward, run_vjp

W = [[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]]


def test_rows_are_looked_up_and_gradients_of_one_token_add_up() -> None:
    """Token 2 stands twice: its row gets both gradients; token 1 never: its row gets 0."""
    x = [[2.0, 0.0, 2.0]]
    dy = [[[1.0, 10.0], [2.0, 20.0], [4.0, 40.0]]]

    assert [[[5, 6], [1, 2], [5, 6]]] == run_forward(OPS["embedding"], x, W).tolist()
    assert [[2, 20], [0, 0], [5, 50]] == run_vjp(OPS["embedding"], "W", dy, x, W).tolist()


def test_it_is_one_hot_times_the_table() -> None:
    """In both precisions: values and the table's gradient."""
    rng = np.random.default_rng(0)
    for dtype in (np.float32, np.float64):
        x, table = rng.integers(7, size=(5, 4)).astype(dtype), rng.normal(size=(7, 3)).astype(dtype)
        dy = rng.normal(size=(5, 4, 3)).astype(dtype)
        lamps = run_forward(OPS["one_hot"], x, tokens=7)

        np.testing.assert_allclose(lamps @ table, run_forward(OPS["embedding"], x, table), rtol=1e-6)
        expected = lamps.reshape(-1, 7).T @ dy.reshape(-1, 3)
        np.testing.assert_allclose(expected, run_vjp(OPS["embedding"], "W", dy, x, table), rtol=1e-5, atol=1e-6)
