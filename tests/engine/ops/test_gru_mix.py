import numpy as np
import pytest

from engine.errors import ShapeMismatch
from engine.ops import OPS
from tests.engine.ops.harness import run_forward, run_vjp

GRU_MIX = OPS["gru_mix"]
UPDATE, H_PREV, CANDIDATE = [[1.0, 0.0, 0.25]], [[4.0, 4.0, 4.0]], [[8.0, 8.0, 8.0]]


def test_an_open_update_gate_keeps_the_past() -> None:
    """update = 1 keeps h_prev, 0 takes the candidate, ¼ mixes them."""
    assert [[4.0, 8.0, 7.0]] == run_forward(GRU_MIX, UPDATE, H_PREV, CANDIDATE).tolist()


def test_exact_gradients() -> None:
    """du = dh (h_prev - n), dh_prev = dh u, dn = dh (1 - u)."""
    dh, inputs = [[1.0, 1.0, 2.0]], (UPDATE, H_PREV, CANDIDATE)

    assert [[-4.0, -4.0, -8.0]] == run_vjp(GRU_MIX, "update", dh, *inputs).tolist()
    assert [[1.0, 0.0, 0.5]] == run_vjp(GRU_MIX, "h_prev", dh, *inputs).tolist()
    assert [[0.0, 1.0, 1.5]] == run_vjp(GRU_MIX, "candidate", dh, *inputs).tolist()


def test_all_inputs_have_one_shape() -> None:
    """Expected and actual are named."""
    with pytest.raises(ShapeMismatch, match="gru_mix"):
        GRU_MIX.shape((1, 2), (1, 2), (1, 3))


def test_a_gate_between_stays_between() -> None:
    """A mixture never leaves the interval of what it mixes."""
    update = np.linspace(0, 1, 11)[:, None]
    mixed = run_forward(GRU_MIX, update, np.full((11, 1), -1.0), np.full((11, 1), 3.0))

    assert mixed.min() >= -1
    assert mixed.max() <= 3
