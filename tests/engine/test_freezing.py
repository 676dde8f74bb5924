"""What is frozen stays as it is, bit for bit, and so does what the optimizer remembers of it."""

from typing import Any

import numpy as np
import pytest

from engine.cursor import Cursor
from engine.layers import LAYERS
from engine.optimizers import OPTIMIZERS
from engine.trainer import Trainer
from tests.engine.layers.test_layers import AROUND, INPUTS
from tests.engine.networks import examples_for, graph_of, spec_of
from tests.engine.sessions import HIDDEN, OUTPUT, cursor, everything, straight_to

FROZEN = {**HIDDEN, "trainable": False}
WITH_PARAMETERS = [kind for kind in LAYERS if kind not in {"input"}]


def slots_of(session: Cursor, name: str) -> dict[str, bytes]:
    """What the optimizer remembers of a parameter."""
    trainer = session.network.trainer
    return {slot: trainer.plan.view(flat, name).tobytes() for slot, flat in trainer.slots.items()}


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_no_optimizer_moves_what_is_frozen(optimizer: str) -> None:
    """With weight decay and penalties, from slots that are not 0: parameters, slots and ledger stay bit for bit."""
    decay: dict[str, Any] = {"weight_decay": 0.1} if optimizer == "adamw" else {}
    session = cursor(optimizer={"type": optimizer, **decay}, regularization={"l1": 0.01, "l2": 0.1})
    session.run(20)
    session.patch({"layers": [FROZEN, OUTPUT]})
    session.set_parameter("hidden1.b", -0.0, (1,))
    before, slots = session.parameters(), slots_of(session, "hidden1.W")
    session.run(20)
    after = session.parameters()

    assert before["hidden1.W"].tobytes() == after["hidden1.W"].tobytes()
    assert before["hidden1.b"].tobytes() == after["hidden1.b"].tobytes()
    assert slots == slots_of(session, "hidden1.W")
    assert before["output.W"].tobytes() != after["output.W"].tobytes()
    assert all(session.ledger(name).balanced for name in after)
    assert not session.ledger("hidden1.W").sum_of_deltas.any()


def test_freezing_keeps_what_the_optimizer_remembers_of_the_others() -> None:
    """And what it remembers of the frozen ones is there again when they thaw."""
    session = straight_to(cursor, 20, 0)
    remembered = {name: slots_of(session, name) for name in session.parameters()}
    session.patch({"layers": [FROZEN, OUTPUT]})
    frozen = {name: slots_of(session, name) for name in session.parameters()}
    session.patch({"layers": [HIDDEN, OUTPUT]})

    assert remembered == frozen
    assert remembered == {name: slots_of(session, name) for name in session.parameters()}


def test_freezing_and_thawing_is_as_if_nothing_had_been() -> None:
    """Adam's count of steps goes on as well."""
    plain, session = straight_to(cursor, 20, 0), straight_to(cursor, 20, 0)
    session.patch({"layers": [FROZEN, OUTPUT]})
    session.patch({"layers": [HIDDEN, OUTPUT]})
    plain.run(5)
    session.run(5)

    assert plain.parameters()["hidden1.W"].tobytes() == session.parameters()["hidden1.W"].tobytes()


@pytest.mark.parametrize("kind", WITH_PARAMETERS)
def test_every_layer_can_be_frozen(kind: str) -> None:
    """Each parameter of it, running statistics too; the others still learn."""
    layers = [{**layer, "trainable": layer["id"] != "here"} for layer in AROUND[kind]]
    form = INPUTS.get(kind, (2,))
    graph = graph_of(layers, inputs=form)
    sequence = {"loss": "softmax_cross_entropy"} if kind == "decoder" else {}
    trainer = Trainer(spec_of(layers, **sequence), graph, *examples_for(graph, 6))
    mine = graph.layers["here"].parameters
    before = {name: value.tobytes() for name, value in trainer.plan.parameters.items()}
    for _ in range(3):
        trainer.run_step()
    changed = {name for name, value in trainer.plan.parameters.items() if value.tobytes() != before[name]}

    assert changed.isdisjoint(mine)
    assert bool(changed) == any(name not in mine for name in before)


def test_a_network_of_which_all_is_frozen_runs_and_learns_nothing() -> None:
    """It has no gradients, and says so."""
    session = cursor(layers=[FROZEN, {**OUTPUT, "trainable": False}])
    before = session.parameters()
    session.run(3)

    assert all(before[name].tobytes() == value.tobytes() for name, value in session.parameters().items())
    assert "frozen" in (session.tensor("output.W").reason or "")


def test_frozen_numbers_come_back_with_time() -> None:
    """Walking back over frozen steps is bit for bit as well."""
    session = straight_to(cursor, 5, 0)
    session.patch({"layers": [FROZEN, OUTPUT]})
    session.run(3)
    seen = everything(session)
    session.run(4)
    session.seek(8)

    assert seen == everything(session)
    assert np.isfinite(session.metrics().train_loss or 0)
