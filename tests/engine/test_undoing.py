"""Undo and redo: any edits, with any training between them, taken back and done again bit for bit."""

from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.checkpoints import Checkpoint
from engine.cursor import Cursor
from engine.deeds import Deed, deed_of
from engine.errors import NothingToUndo, SpecError, UnknownName
from engine.patching import patched
from engine.undoing import OVERHEAD
from tests.engine.sessions import HIDDEN, OUTPUT, computed, cursor, everything, spec, straight_to

#: What a person may do; each is refused or done, whatever was done before.
EDITS: dict[str, Callable[[Cursor, int], Any]] = {
    "widen": lambda session, n: session.patch({"layers": [{**HIDDEN, "units": 1 + n % 7}, OUTPUT]}),
    "deepen": lambda session, n: session.patch(
        {"layers": [HIDDEN, {"id": f"more{n % 3}", "type": "dense", "units": 2}, OUTPUT]}
    ),
    "optimizer": lambda session, n: session.patch({"optimizer": {"type": ("sgd", "momentum", "adam")[n % 3]}}),
    "batch": lambda session, n: session.patch({"batch_size": 1 + n % 9}),
    "data": lambda session, n: session.patch({"dataset": {"name": "fruit", "test_fraction": 0.1 + n % 4 / 10}}),
    "weight": lambda session, n: session.set_parameter("output.W", n / 7, (0, 0)),
    "weights": lambda session, n: session.set_parameter("output.b", [n / 3], answer=n % 2 == 0),
    "rename": lambda session, n: session.rename(session.spec.layers[0].id, "hidden1" if n % 2 else "first"),
    "reset": lambda session, n: session.reset(n % 5 or None),
    "train": lambda session, n: session.run(n),
    "walk": lambda session, n: session.step("op", 1 + n % 13),
    "back": lambda session, n: session.step("op", 1 + n % 5, "back"),
}
STEPS = ("train", "walk", "back")


def standing(session: Cursor) -> dict[str, Any]:
    """All that can be seen, and the books."""
    names = session.parameters()
    return {
        **everything(session),
        "spec": session.spec,
        "history": session.history().as_dict(),
        "edits": {name: session.ledger(name).sum_of_edits.tobytes() for name in names},
        "start": {name: session.ledger(name).start.tobytes() for name in names},
    }


@settings(max_examples=40, deadline=None)
@given(done=st.lists(st.tuples(st.sampled_from(sorted(EDITS)), st.integers(0, 20)), max_size=12))
def test_all_undone_is_the_beginning_and_all_redone_the_end(done: list[tuple[str, int]]) -> None:
    """Bit for bit: numbers, slots, ledgers, metrics, place; and on the way back each stands as before its edit."""
    session, before = cursor(), []
    for name, number in done:
        held = standing(session)
        deeds = session.next_undo
        try:
            EDITS[name](session, number)
        except SpecError:
            continue
        if session.next_undo is not deeds:
            before.append(held)
    end = standing(session)
    for held in reversed(before):
        session.undo()
        assert held == standing(session)
    assert session.next_undo is None
    for _ in before:
        session.redo()

    assert end == standing(session)


def test_what_is_undone_trains_on_as_if_nothing_had_been() -> None:
    """Twenty steps after an undone patch are the twenty steps without it."""
    plain, session = straight_to(cursor, 5, 3), straight_to(cursor, 5, 3)
    session.patch({"layers": [{**HIDDEN, "units": 8}, OUTPUT]})
    session.run(7)
    session.undo()
    plain.run(20)
    session.run(20)

    assert everything(plain) == everything(session)


def test_the_past_before_an_undone_edit_can_be_gone_to() -> None:
    """Time travel reaches as far back as it did before the edit."""
    session = straight_to(cursor, 9, 0)
    session.patch({"batch_size": 4})
    session.undo()

    assert [(0, 9)] == session.kept()
    session.seek(4, 2)
    assert everything(straight_to(cursor, 4, 2)) == everything(session)


def test_one_gesture_is_undone_at_once() -> None:
    """A weight that is dragged is set many times; undo goes back to before the first."""
    session = straight_to(cursor, 3, 0)
    before = standing(session)
    for value in (0.1, 0.2, 0.3):
        session.set_parameter("output.W", value, (0, 0), gesture="drag 1", answer=True)
    session.undo()

    assert before == standing(session)
    assert session.next_undo is None


def test_a_visit_to_another_run_is_undone_too() -> None:
    """The run that was left comes back, and its bookmarks lie in it again."""
    session = straight_to(cursor, 4, 2)
    mark = session.add_bookmark("here")
    session.patch({"batch_size": 4})
    session.run(3)
    before = standing(session)
    session.visit(mark.number)
    assert [True] == [each.here for each in session.bookmarks()]
    session.undo()

    assert before == standing(session)
    assert [False] == [each.here for each in session.bookmarks()]
    session.undo()
    assert [True] == [each.here for each in session.bookmarks()]


def test_redo_ends_with_another_edit() -> None:
    """What was undone cannot be done again on top of something else."""
    session = cursor()
    session.patch({"batch_size": 4})
    session.undo()
    session.patch({"batch_size": 5})

    with pytest.raises(NothingToUndo, match="nothing to redo"):
        session.redo()


def test_nothing_to_undo_changes_nothing() -> None:
    """It is refused."""
    session = straight_to(cursor, 2, 2)
    before = standing(session)
    with pytest.raises(NothingToUndo, match="nothing to undo"):
        session.undo()

    assert before == standing(session)


def test_a_refused_edit_and_one_that_changes_nothing_are_not_remembered() -> None:
    """There is nothing to undo after them."""
    session = cursor()
    with pytest.raises(SpecError):
        session.patch({"batch_size": -1})
    session.patch({"batch_size": 8})

    assert session.next_undo is None


def test_old_edits_are_forgotten_when_memory_is_full(monkeypatch: pytest.MonkeyPatch) -> None:
    """The latest can always be undone."""
    monkeypatch.setattr("engine.undoing.MOST_HELD", 1)
    session = cursor()
    for size in (2, 3, 4):
        session.patch({"batch_size": size})
        session.run(3)
    session.undo()

    assert 3 == session.spec.batch_size
    assert session.next_undo is None


@settings(max_examples=25, deadline=None)
@given(done=st.lists(st.tuples(st.sampled_from([*sorted(EDITS), "undo", "redo"]), st.integers(0, 20)), max_size=12))
def test_what_is_held_is_weighed_as_it_comes_and_goes(done: list[tuple[str, int]]) -> None:
    """The sum is that of all the parts, each counted once; also where entries are shortened or go."""
    may_do = EDITS | {"undo": lambda session, _: session.undo(), "redo": lambda session, _: session.redo()}
    session = cursor()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("engine.undoing.MOST_HELD", 3 * OVERHEAD)
        patch.setattr("engine.undoing.MOST_UNDONE", 5)
        for name, number in done:
            with suppress(SpecError, NothingToUndo):
                may_do[name](session, number)
    held = list(session._undo)
    parts = {id(part): part for entry in held for part in entry.held.parts()}
    sizes = [part.size if isinstance(part, Checkpoint) else part.nbytes for part in parts.values()]

    assert sum(sizes) + OVERHEAD * len(held) == session._undo.size


def test_an_answer_is_the_loss_of_this_very_batch() -> None:
    """The step that begins again runs to its loss, with the weight that was set."""
    session = straight_to(cursor, 3, 0)
    plain = straight_to(cursor, 3, 0)
    edited = session.set_parameter("output.W", 2.0, (0, 0), answer=True)
    plain.set_parameter("output.W", 2.0, (0, 0))
    assert set() == computed(plain)
    plain.step("op", edited.position.op)

    assert "backward" == edited.position.phase
    assert everything(plain) == everything(session)


def test_an_answer_comes_back_to_where_it_stood() -> None:
    """In the middle of the backward pass the step runs to that very operation again."""
    session = straight_to(cursor, 3, 14)

    assert 14 == session.set_parameter("output.W", 2.0, (0, 0), answer=True).position.op


def test_an_entry_that_was_set_is_named_as_people_count() -> None:
    """What undo would turn back is there to be read."""
    session = cursor()
    session.set_parameter("output.W", 2.0, (0, 0))
    turn = session.next_undo

    assert turn is not None
    assert Deed("parameter", "output.W[1, 1]", value=2.0) == turn.deed


def test_a_renamed_layer_keeps_its_weights_and_its_readers() -> None:
    """Values, the optimizer's slots, and who reads it."""
    skip = {"id": "sum", "type": "add", "inputs": ["twin", "hidden1"]}
    layers = [HIDDEN, {**HIDDEN, "id": "twin"}, skip, OUTPUT]
    session, plain = cursor(layers=layers), cursor(layers=layers)
    session.run(5)
    plain.run(5)
    edited = session.rename("hidden1", "first")
    session.run(5)
    plain.run(5)

    assert ([], [], []) == (edited.initialised, edited.dropped, edited.resized)
    assert ("twin", "first") == session.spec.layers[2].inputs
    assert plain.parameters()["hidden1.W"].tobytes() == session.parameters()["first.W"].tobytes()


@pytest.mark.parametrize(
    ("layer", "name", "error"),
    [("nothing", "b", UnknownName), ("hidden1", "output", SpecError), ("hidden1", "no spaces", SpecError)],
)
def test_a_name_that_cannot_be_had_is_refused(layer: str, name: str, error: type[Exception]) -> None:
    """Nothing has changed."""
    session = straight_to(cursor, 2, 2)
    before = standing(session)
    with pytest.raises(error):
        session.rename(layer, name)

    assert before == standing(session)


@pytest.mark.parametrize("units", [2, 5])
def test_a_layer_of_another_size_keeps_the_units_that_it_has(units: int) -> None:
    """Columns of its own weights, rows of its reader's."""
    session = straight_to(cursor, 6, 0)
    old = session.parameters()
    edited = session.patch({"layers": [{**HIDDEN, "units": units}, OUTPUT]})
    new, both = session.parameters(), min(3, units)

    assert ["hidden1.W", "hidden1.b", "output.W"] == edited.resized
    assert (["output.b"], []) == (edited.kept, edited.initialised)
    assert old["hidden1.W"][:, :both].tolist() == new["hidden1.W"][:, :both].tolist()
    assert old["output.W"][:both].tolist() == new["output.W"][:both].tolist()


@pytest.mark.parametrize(
    ("patch", "deed"),
    [
        ({"layers": [{**HIDDEN, "units": 8}, OUTPUT]}, Deed("layer", "hidden1", "units", 8)),
        ({"layers": [{**HIDDEN, "trainable": False}, OUTPUT]}, Deed("layer", "hidden1", "trainable", False)),
        ({"layers": [HIDDEN, {**HIDDEN, "id": "more"}, OUTPUT]}, Deed("add", "more")),
        ({"layers": [OUTPUT]}, Deed("remove", "hidden1")),
        ({"layers": [{**HIDDEN, "units": 8, "activation": "relu"}, OUTPUT]}, Deed("layers", "hidden1")),
        ({"optimizer": {"learning_rate": 0.5}}, Deed("option", "optimizer.learning_rate", value=0.5)),
        ({"optimizer": {"type": "sgd"}}, Deed("option", "optimizer", value="sgd")),
        ({"batch_size": 4}, Deed("option", "batch_size", value=4)),
        ({"dataset": {"name": "circle"}}, Deed("option", "dataset", value="circle")),
        ({"batch_size": 4, "seed": 9}, Deed("options")),
    ],
)
def test_an_edit_is_told_by_what_it_changed(patch: dict[str, Any], deed: Deed) -> None:
    """However much of the spec the patch repeats."""
    before = spec()

    assert deed == deed_of(before, patched(before, patch))
