"""Editing while it lives: by hand, by patch, saved, restored and forked."""

import json
from typing import Any

import numpy as np
import pytest

from engine.cursor import Cursor
from engine.errors import LimitExceeded, ShapeMismatch, SpecError, UnknownName
from engine.limits import Limits
from engine.presets import PRESETS
from tests.engine.sessions import HIDDEN, OUTPUT, computed, cursor, everything, mazur, spec, straight_to


def test_a_parameter_set_by_hand_is_what_was_given() -> None:
    """The whole array."""
    session = straight_to(cursor, 3, 0)
    session.set_parameter("hidden1.b", [1, 2, 3])

    assert [1.0, 2.0, 3.0] == session.parameters()["hidden1.b"].tolist()


def test_one_entry_set_by_hand_leaves_the_others() -> None:
    """An index counts from 0."""
    session = straight_to(cursor, 3, 0)
    before = session.parameters()["hidden1.W"]
    session.set_parameter("hidden1.W", 9.0, (1, 2))
    before[1, 2] = 9.0

    assert before.tolist() == session.parameters()["hidden1.W"].tolist()


def test_an_edit_restarts_the_step_with_nothing_computed() -> None:
    """In the middle of the backward pass: position op 0 of the same step, everything stale."""
    session = straight_to(cursor, 3, 14)
    edited = session.set_parameter("hidden1.b", [1, 2, 3])

    assert (3, 0, True) == (edited.position.step, edited.position.op, edited.restarted)
    assert set() == computed(session)


def test_an_edit_in_the_middle_of_the_update_starts_from_clean_slots() -> None:
    """The optimizer has already changed its slots for this step; they go back too."""
    clean, session = straight_to(cursor, 3, 0), straight_to(cursor, 3, 14)
    clean.set_parameter("hidden1.b", [1, 2, 3])
    session.set_parameter("hidden1.b", [1, 2, 3])

    assert everything(clean) == everything(session)


@pytest.mark.parametrize(
    ("name", "value", "index", "error"),
    [
        ("hidden1.X", 1.0, None, UnknownName),
        ("hidden1.b", [1, 2], None, ShapeMismatch),
        ("hidden1.b", 1.0, None, ShapeMismatch),
        ("hidden1.b", 1.0, (3,), ShapeMismatch),
        ("hidden1.b", 1.0, (-1,), ShapeMismatch),
        ("hidden1.b", 1.0, (0, 0), ShapeMismatch),
        ("hidden1.b", [1, 2, float("nan")], None, SpecError),
        ("hidden1.b", [1, 2, 1e300], None, SpecError),
        ("hidden1.b", [1, [2], 3], None, SpecError),
        ("hidden1.b", [1, None, 3], None, SpecError),
        ("hidden1.b", "abc", None, SpecError),
        ("hidden1.b", [10**400, 1, 1], None, SpecError),
    ],
)
def test_an_edit_that_does_not_fit_changes_nothing(name: str, value: Any, index: Any, error: type[Exception]) -> None:
    """In the middle of a step everything stays as it was."""
    session = straight_to(cursor, 2, 9)
    before = everything(session)
    with pytest.raises(error):
        session.set_parameter(name, value, index)

    assert before == everything(session)


def test_a_patch_keeps_the_weights_that_fit() -> None:
    """A layer more: the first stays, the new and the last are drawn."""
    session = straight_to(cursor, 5, 0)
    before = session.parameters()
    edited = session.patch({"layers": [HIDDEN, {**HIDDEN, "id": "hidden2", "units": 2}, OUTPUT]})

    assert ["hidden1.W", "hidden1.b", "output.b"] == edited.kept
    assert ["hidden2.W", "hidden2.b", "output.W"] == edited.initialised
    assert before["hidden1.W"].tolist() == session.parameters()["hidden1.W"].tolist()


def test_a_patch_names_what_is_gone() -> None:
    """A layer removed."""
    edited = straight_to(cursor, 5, 0).patch({"layers": [OUTPUT]})

    assert (["hidden1.W", "hidden1.b"], ["output.W"]) == (edited.dropped, edited.initialised)


def test_a_patch_restarts_the_step() -> None:
    """The same step, op 0, nothing computed, and the learning rate is the new one."""
    session = straight_to(cursor, 5, 8)
    edited = session.patch({"optimizer": {"learning_rate": 0.01}})

    assert (5, 0, True) == (edited.position.step, edited.position.op, edited.restarted)
    assert 1 == edited.position.batch
    assert set() == computed(session)
    assert 0.01 == session.metrics().learning_rate


def test_slots_survive_a_patch_of_the_same_optimizer() -> None:
    """Adam's running means go on, so that a new learning rate alone gives the step one would expect."""
    session, half = straight_to(cursor, 5, 0), straight_to(cursor, 5, 0)
    half.patch({"optimizer": {"learning_rate": 0.025}})
    session.step("batch")
    half.step("batch")
    delta, halved = session.tensor("hidden1.W").delta, half.tensor("hidden1.W").delta

    assert delta is not None
    assert halved is not None
    np.testing.assert_allclose(delta / 2, halved, rtol=1e-5)


def test_another_optimizer_counts_its_own_steps() -> None:
    """Adam's first delta after a change is what its bias correction makes of it: learning rate, by sign."""
    session = cursor(optimizer={"type": "sgd", "learning_rate": 0.1})
    session.run(50)
    session.patch({"optimizer": {"type": "adam", "learning_rate": 0.05}})
    restored = Cursor.restore(*session.save())
    for one in (session, restored):
        one.step("batch")
        delta = one.tensor("hidden1.W").delta
        assert delta is not None
        np.testing.assert_allclose(abs(delta), 0.05, rtol=1e-3)
    explained = session.explain("hidden1.W", "delta", (0, 0))
    assert sum(term.value for term in explained.terms) == pytest.approx(explained.value, rel=1e-4)


def test_another_batch_size_begins_the_epoch_again() -> None:
    """Batches are numbered anew; epoch and step go on."""
    position = straight_to(cursor, 6, 0).patch({"batch_size": 5}).position

    assert (6, 1, 0) == (position.step, position.epoch, position.batch)


def test_a_new_name_disturbs_nothing() -> None:
    """Neither the step under way nor the history."""
    session = straight_to(cursor, 6, 4)
    before = everything(session)
    session.patch({"name": "Fruit salad"})

    assert "Fruit salad" == session.spec.name
    assert before == everything(session)
    assert [(0, 6)] == session.kept()


def test_the_curve_goes_on_after_a_patch_of_the_optimizer_and_begins_anew_with_other_data() -> None:
    """Losses can be compared as long as data and loss are the same."""
    session = straight_to(cursor, 6, 0)
    session.patch({"optimizer": {"learning_rate": 0.01}})
    kept = session.history().step
    session.patch({"dataset": {"name": "circle"}})

    assert ([0, 1, 2, 3, 4, 5, 6], [6]) == (kept, session.history().step)


@pytest.mark.parametrize(
    ("patch", "loc"),
    [
        ({"optimizer": {"learning_rate": -1}}, ("optimizer", "learning_rate")),
        ({"layers": [HIDDEN, {**OUTPUT, "units": 3}]}, ("layers", 1, "units")),
        ({"layers": [{**HIDDEN, "inputs": ["output"]}, OUTPUT]}, ("layers", 0, "inputs")),
        ({"dataset": {"features": ["width", "colour"]}}, ("dataset", "features", 1)),
        ({"layers": [{**HIDDEN, "initializer": {"type": "uniform", "low": 1, "high": 0}}, OUTPUT]}, None),
    ],
)
def test_a_patch_that_cannot_be_built_changes_nothing(patch: dict[str, Any], loc: Any) -> None:
    """The refusal names the place; spec, place and every number are as before."""
    session = straight_to(cursor, 2, 9)
    before, description = everything(session), session.spec
    with pytest.raises(SpecError) as refused:
        session.patch(patch)

    assert loc in {None, refused.value.loc}
    assert before == everything(session)
    assert description == session.spec


def test_limits_hold_for_patches_too() -> None:
    """What is too large is refused as at the beginning."""
    session = Cursor(spec(), limits=Limits(units=4))
    with pytest.raises(LimitExceeded):
        session.patch({"layers": [{**HIDDEN, "units": 5}, OUTPUT]})


def test_given_weights_come_back_on_reset() -> None:
    """A session that was opened with weights begins again with them."""
    session = mazur()
    session.run(3)
    session.reset()

    assert [[0.40, 0.50], [0.45, 0.55]] == session.parameters()["output.W"].tolist()


@pytest.mark.parametrize("place", [(0, 0), (0, 3), (7, 0), (7, 8), (12, 14)])
def test_restored_it_stands_at_the_same_point_and_goes_on_alike(place: tuple[int, int]) -> None:
    """Through JSON and copies of the arrays; bit for bit, now and after five more steps."""
    session = straight_to(cursor, 4, 0)
    session.set_parameter("hidden1.W", 0.5, (0, 0))
    session.run(8)
    session.seek(*place)
    head, arrays = session.save()
    restored = Cursor.restore(json.loads(json.dumps(head)), {name: array.copy() for name, array in arrays.items()})

    assert everything(session) == everything(restored)
    assert session.history() == restored.history()
    session.run(5)
    restored.run(5)
    assert everything(session) == everything(restored)
    assert session.ledger("hidden1.W").sum_of_edits.tolist() == restored.ledger("hidden1.W").sum_of_edits.tolist()


def test_a_saved_session_keeps_its_first_weights() -> None:
    """So that reset after a restart goes where it always went."""
    session = mazur()
    session.run(2)
    restored = Cursor.restore(*session.save())
    restored.reset()

    assert everything(mazur()) == everything(restored)


def test_saving_changes_nothing() -> None:
    """The arrays that were handed out do not change when training goes on."""
    session = straight_to(cursor, 4, 6)
    before = everything(session)
    _, arrays = session.save()
    copies = {name: array.copy() for name, array in arrays.items()}
    assert before == everything(session)

    session.run(3)
    assert all(copies[name].tobytes() == array.tobytes() for name, array in arrays.items())


@pytest.mark.parametrize(
    ("change", "loc"),
    [
        (lambda head, arrays: head.update(format=99), ("format",)),
        (lambda head, arrays: head.pop("mark"), ("mark",)),
        (lambda head, arrays: head.update(mark=[10**12, 0]), ("mark",)),
        (lambda head, arrays: head.update(mark=[0, 99]), ("mark",)),
        (lambda head, arrays: head.update(mark=[-1, 0]), ("mark", 0)),
        (lambda head, arrays: head.update(state=[0, 0, 99]), ("state", 2)),
        (lambda head, arrays: head.update(optimizer_start=9), ("optimizer_start",)),
        (lambda head, arrays: head["history"]["step"].pop(), ("history",)),
        (lambda head, arrays: head["history"].update(stride=0), ("history",)),
        (lambda head, arrays: head["edits"][0].update(name="nothing"), ("edits", 0, "name")),
        (lambda head, arrays: head["edits"][0].update(index=[5, 5]), ("edits", 0, "index")),
        (lambda head, arrays: arrays.pop("edit.0.value"), ("arrays", "edit.0.value")),
        (lambda head, arrays: arrays.pop("params"), ("arrays", "params")),
        (lambda head, arrays: arrays.update(params=np.full(13, np.nan)), ("arrays", "params")),
        (lambda head, arrays: arrays.update(ledger=np.zeros(3)), ("arrays", "ledger")),
        (lambda head, arrays: head["spec"].update(seed=-1), ("seed",)),
        (lambda head, arrays: head.update(first=["nothing"]), ("arrays", "first.nothing")),
    ],
)
def test_what_cannot_be_restored_is_refused(change: Any, loc: tuple[str, ...]) -> None:
    """With the place of what is wrong."""
    session = straight_to(cursor, 2, 0)
    session.set_parameter("hidden1.W", 0.5, (0, 0))
    head, arrays = session.save()
    change(head, arrays)
    with pytest.raises(SpecError) as refused:
        Cursor.restore(head, arrays)

    assert loc == refused.value.loc


def test_a_fork_goes_its_own_way() -> None:
    """It stands at the same point and shares nothing."""
    session = straight_to(cursor, 4, 6)
    fork = session.fork()
    same = everything(session) == everything(fork)
    fork.run(3)

    assert same
    assert everything(straight_to(cursor, 4, 6)) == everything(session)


def test_beside_new_parameters_the_optimizer_begins_anew() -> None:
    """After fifty steps a layer is widened: Adam's next delta is its first again, one learning rate in size."""
    session = Cursor(PRESETS["fruit"].spec)
    session.step("batch", 50)
    layers = [layer.model_dump() for layer in session.spec.layers]
    session.patch({"layers": [{**layers[0], "units": 7}, layers[1]]})

    session.step("batch")

    delta = session.tensor("hidden1.W").delta
    assert delta is not None
    assert np.allclose(np.abs(delta), 0.05, rtol=1e-3)
