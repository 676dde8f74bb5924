"""What was changed by hand survives saving: restored, a session has the numbers that were on screen."""

from typing import Any

import pytest

from engine.cursor import Cursor
from engine.metrics import first_stride
from tests.engine.sessions import OUTPUT, cursor, everything


def edited_at(step: int) -> Cursor:
    """A session whose weights were set by hand when this step was about to begin."""
    session = cursor()
    session.run(step)
    session.set_parameter("hidden1.W", [[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])
    session.set_parameter("output.b", 0.5, index=(0,))
    return session


@pytest.mark.parametrize("step", [0, 1, 5])
@pytest.mark.parametrize("ops", [0, 3, 40])
def test_an_edit_survives_a_fork(step: int, ops: int) -> None:
    """Also one that was made at the very step of the state that is saved."""
    session = edited_at(step)
    if ops:
        session.step("op", ops)
    fork = session.fork()
    assert everything(session) == everything(fork)
    for one in (session, fork):
        one.run(4)

    assert everything(session) == everything(fork)
    assert fork.ledger("hidden1.W").balanced


@pytest.mark.parametrize("patch", [{"batch_size": 4}, {"optimizer": {"type": "sgd"}}])
def test_an_edit_right_after_a_patch_survives_a_fork(patch: dict[str, Any]) -> None:
    """A patch begins a new timeline, whose first state is older than the edit."""
    session = cursor()
    session.run(3)
    session.patch(patch)
    session.set_parameter("output.b", [9.0])

    assert [9.0] == session.fork().parameters()["output.b"].tolist()


def test_one_op_back_after_a_restored_edit_keeps_it() -> None:
    """The step begins again from the edited weights."""
    fork = edited_at(0).fork()
    fork.step("op", 3)
    fork.step("op", 2, "back")

    assert 6.0 == fork.parameters()["hidden1.W"][1, 2]


def test_the_history_of_other_data_is_not_continued() -> None:
    """The seed draws and splits the data, so its losses are those of others."""
    session = cursor(dataset={"name": "circle"})
    session.run(5)
    session.patch({"seed": 4})

    assert [5] == session.history().step


def test_a_network_that_grows_is_evaluated_more_seldom() -> None:
    """Its history goes on with the stride that it would have had from the beginning."""
    large = [{"id": name, "type": "dense", "units": 256, "activation": "tanh"} for name in ("one", "two")]
    session = cursor(dataset={"name": "circle", "size": 4000})
    session.run(8)
    session.patch({"layers": [*large, OUTPUT]})

    assert first_stride(session.network) == session.history().stride > 1
