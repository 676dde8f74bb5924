"""W₀ + Σ deltas + Σ edits = W, for every optimizer."""

import numpy as np
import pytest

from engine.errors import UnknownName
from engine.optimizers import OPTIMIZERS
from tests.engine.sessions import cursor, largest_difference, straight_to


@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_it_balances_for_every_optimizer(optimizer: str, dtype: str) -> None:
    """After 200 steps and an edit the sums agree with the weights within rounding."""
    session = cursor(optimizer=optimizer, dtype=dtype)
    session.run(100)
    session.set_parameter("hidden1.W", 0.25, (1, 1))
    session.run(100)

    for name in session.parameters():
        entry = session.ledger(name)
        assert entry.balanced
        assert largest_difference(entry.start + entry.sum_of_deltas + entry.sum_of_edits, entry.current) < 2e-4
        assert entry.sum_of_deltas.any()


def test_the_delta_of_the_finished_step_can_be_asked_for() -> None:
    """It is what the sum has grown by; in the next step there is none yet."""
    session = straight_to(cursor, 9, 0)
    before = session.ledger("output.W").sum_of_deltas
    session.step("batch")
    entry = session.ledger("output.W")
    session.step("op")

    assert entry.delta is not None
    np.testing.assert_allclose(before + entry.delta, entry.sum_of_deltas, atol=1e-12)
    assert session.ledger("output.W").delta is None


def test_edits_are_booked_apart() -> None:
    """What was typed is no delta."""
    session = straight_to(cursor, 3, 0)
    old = session.parameters()["hidden1.b"]
    session.set_parameter("hidden1.b", [1, 2, 3])

    np.testing.assert_allclose(np.array([1, 2, 3]) - old, session.ledger("hidden1.b").sum_of_edits)


def test_going_back_before_an_edit_takes_it_out_of_the_book() -> None:
    """The book is that of the present position."""
    session = straight_to(cursor, 3, 0)
    session.set_parameter("hidden1.b", [1, 2, 3])
    session.run(2)
    session.seek(2)

    assert not session.ledger("hidden1.b").sum_of_edits.any()
    assert session.ledger("hidden1.b").balanced


def test_an_unbalanced_book_is_found_out() -> None:
    """If the weights were changed behind its back, it says so."""
    session = straight_to(cursor, 3, 0)
    session.plan.parameters["hidden1.W"][0, 0] += 0.01

    assert not session.ledger("hidden1.W").balanced


def test_a_parameter_that_does_not_exist_is_refused() -> None:
    """With the names of those that do."""
    with pytest.raises(UnknownName):
        cursor().ledger("hidden1.V")


def test_a_bias_that_comes_back_to_nearly_nothing_is_balanced() -> None:
    """Its rounding is that of the sizes it had on its way, not of the one that is left."""
    session = cursor(optimizer={"type": "nadam"}, batch_size=5)
    for _ in range(60):
        session.run(1)
        assert all(session.ledger(name).balanced for name in session.parameters())
