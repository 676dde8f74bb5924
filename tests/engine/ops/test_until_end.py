import pytest

from engine.errors import ShapeMismatch
from engine.ops import OPS
from tests.engine.ops.harness import run_forward


def test_the_end_symbol_counts_and_nothing_behind_it() -> None:
    """An answer that never ends counts whole."""
    target = [[2.0, 0.0, 0.0], [1.0, 2.0, 3.0], [0.0, 5.0, 1.0]]

    assert [[1, 1, 0], [1, 1, 1], [1, 0, 0]] == run_forward(OPS["until_end"], target).tolist()


def test_only_rows_of_symbols_end() -> None:
    """Expected and actual are named."""
    with pytest.raises(ShapeMismatch, match="until_end"):
        OPS["until_end"].shape((2, 3, 4))
