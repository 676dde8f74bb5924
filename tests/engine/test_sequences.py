"""What a frame reads of recurrent layers: quantities at all time steps, in the order of time."""

from typing import Any

import numpy as np
import pytest

from engine.cursor import Cursor
from engine.errors import UnknownName
from engine.spec import SessionSpec

KINDS = ("rnn", "lstm", "gru")


def cursor(kind: str = "lstm", **options: Any) -> Cursor:
    """A recurrent layer on surnames."""
    layers = [
        {"type": "embedding", "id": "letters", "tokens": 29, "units": 3},
        {"type": kind, "id": "memory", "units": 4, **options},
        {"type": "dense", "id": "output", "units": 16, "activation": "softmax"},
    ]
    spec = {"dataset": {"name": "surnames"}, "layers": layers, "loss": "softmax_cross_entropy", "batch_size": 5}
    return Cursor(SessionSpec.model_validate(spec))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("options", [{}, {"reverse": True}, {"bidirectional": True}])
def test_a_sequence_is_its_nodes_in_the_order_of_time(kind: str, options: dict[str, Any]) -> None:
    """Whichever way they are computed, values and gradients, for every quantity."""
    session = cursor(kind, **options)
    session.step("batch")
    numbers = session.numbers()
    for block in session.network.blocks.values():
        for quantity, one in (("value", numbers.value), ("gradient", numbers.gradient)):
            array, computed = numbers.sequence(block, quantity, slice(None))
            for t, node in enumerate(block.nodes):
                assert f"{block.name}[{t}]" == node.name
                expected = one(node.name)
                assert computed[t] == (expected is not None)
                if expected is not None:
                    assert array is not None
                    np.testing.assert_array_equal(expected, array[t])


def test_after_each_call_exactly_what_ran_is_computed() -> None:
    """Call by call through a step: the flags are those of the nodes."""
    session = cursor()
    for _ in range(len(session.calls()) - 1):
        session.step("op")
        numbers = session.numbers()
        for name in ("memory.f", "memory.h", "memory.c"):
            block = session.network.blocks[name]
            for quantity in ("value", "gradient"):
                nodes = [numbers.is_computed(node.name, quantity) for node in block.nodes]
                assert nodes == numbers.sequence(block, quantity, 0)[1].tolist()


def test_the_tensor_of_a_block_says_nothing_of_what_is_not_computed() -> None:
    """(N, T, M); NaN where the step has not come yet, though the buffer holds numbers of the step before."""
    session = cursor()
    session.run(1)
    calls = [call.label for call in session.calls()]
    session.step("op", calls.index("memory.f[2]") + 1)

    view = session.tensor("memory.f")

    assert view.value is not None
    assert ("sequence", (5, 14, 4)) == (view.kind, view.shape)
    assert view.computed == {"value": [True] * 3 + [False] * 11, "gradient": [False] * 14}
    assert np.isfinite(view.value[:, :3]).all()
    assert np.isnan(view.value[:, 3:]).all()
    assert view.gradient is None
    assert view.reason is not None
    assert "memory.f[3], computes it" in view.reason


def test_what_is_only_read_in_parts_is_not_shown() -> None:
    """All gates in one are for the engine; states and gates are for people."""
    shown = cursor().network.shown

    assert {"memory.z", "memory.from_x"}.isdisjoint({block.name for block in shown.blocks})
    assert {"memory.i", "memory.f", "memory.g", "memory.o", "memory.c", "memory.h"} <= {b.name for b in shown.blocks}
    assert {"input.a", "letters.a", "memory.a", "output.a"} <= {node.name for node in shown.nodes}


def test_an_unknown_block_is_an_unknown_name() -> None:
    """With what there is."""
    with pytest.raises(UnknownName, match=r"nothing\.f"):
        cursor().tensor("nothing.f")
