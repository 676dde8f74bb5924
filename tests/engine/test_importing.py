"""A session from spec, parameters and training goes on as the one that they were taken from, bit for bit."""

import pytest

from engine.cursor import Cursor
from engine.errors import SpecError
from engine.importing import Training
from tests.engine.export.sessions import images, recurrent, skips
from tests.engine.sessions import MAZUR_WEIGHTS, cursor, everything, mazur

ADAM = {"type": "adam", "learning_rate": 0.01}


def again(session: Cursor) -> Cursor:
    """A new session from what can be told of this one."""
    return Cursor(session.spec, parameters=session.parameters(), training=session.training())


def future(session: Cursor) -> list[bytes]:
    """The parameters after three more steps."""
    session.step("batch", 3)
    return [value.tobytes() for value in session.parameters().values()]


@pytest.mark.parametrize("op", [0, 2, -1])
def test_a_session_goes_on_bit_for_bit(op: int) -> None:
    """With dropout, shuffled batches and slots, from any operation of a step."""
    session = skips(optimizer=ADAM)
    session.seek(3, op % len(session.calls()))

    copy = again(session)

    assert session.position == copy.position
    assert everything(session)["params"] == everything(copy)["params"]
    assert future(session) == future(copy)


@pytest.mark.parametrize("session", [images(optimizer=ADAM), recurrent({"type": "lstm"})], ids=["images", "lstm"])
def test_other_networks_go_on_as_well(session: Cursor) -> None:
    """Kernels and gates."""
    assert future(again(session)) == future(session)


def test_running_statistics_come_along() -> None:
    """They are no slots' business, but parameters all the same."""
    layers = [
        {"id": "norm", "type": "batch_norm"},
        {"id": "output", "type": "dense", "units": 1, "activation": "sigmoid"},
    ]
    session = cursor(layers=layers)
    session.step("batch", 4)

    assert future(again(session)) == future(session)


def test_a_reset_goes_back_to_where_the_first_session_began() -> None:
    """To values that were given by hand, too."""
    session = mazur()
    session.step("batch", 2)
    copy = again(session)

    copy.reset()

    assert MAZUR_WEIGHTS == {name: value.tolist() for name, value in copy.parameters().items()}


def test_the_ledger_begins_anew_and_agrees() -> None:
    """Start is what was brought along; the deltas since add up to what is there."""
    copy = again(skips(optimizer=ADAM))
    copy.step("batch", 2)

    entry = copy.ledger("output.W")

    assert entry.balanced
    assert abs(entry.sum_of_deltas).max() > 0


def test_what_is_missing_is_named() -> None:
    """A parameter that is not there, where all are needed."""
    session = skips()
    parameters = session.parameters()
    del parameters["output.b"]

    with pytest.raises(SpecError, match=r'"output.b" of shape \(3,\) is expected, but is missing') as refused:
        Cursor(session.spec, parameters=parameters, training=session.training())

    assert ("parameters", "output.b") == refused.value.loc


def test_training_is_data() -> None:
    """It reads itself again from nested lists."""
    training = skips(optimizer=ADAM).training()
    lists = {slot: {name: value.tolist() for name, value in kept.items()} for slot, kept in training.slots.items()}

    read = Training.model_validate({**training.model_dump(exclude={"slots"}), "slots": lists})

    assert training.step == read.step
    assert lists == read.slots
