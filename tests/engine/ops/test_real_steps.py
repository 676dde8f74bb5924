import numpy as np
import pytest

from engine.errors import ShapeMismatch
from engine.ops import OPS
from tests.engine.ops.harness import run_forward


def test_a_sequence_ends_with_its_last_number_that_is_not_zero() -> None:
    """A 0 within it is real; all 0 is an empty sequence."""
    tokens = [[3.0, 0.0, 1.0, 0.0], [1.0, 1.0, 1.0, 1.0], [0.0, 0.0, 0.0, 0.0]]

    assert [[1, 1, 1, 0], [1, 1, 1, 1], [0, 0, 0, 0]] == run_forward(OPS["real_steps"], tokens).tolist()


def test_a_time_step_of_numbers_is_real_unless_all_are_zero() -> None:
    """(N, T, D) as well."""
    x = np.array([[[0.0, -1.0], [0.0, 0.0], [2.0, 0.0], [0.0, 0.0]]])

    assert [[1, 1, 1, 0]] == run_forward(OPS["real_steps"], x).tolist()


def test_only_sequences_have_time_steps() -> None:
    """Expected and actual are named."""
    with pytest.raises(ShapeMismatch, match="real_steps"):
        OPS["real_steps"].shape((2, 1, 3, 3))
