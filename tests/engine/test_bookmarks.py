"""Bookmarks: a named point of time is reached again bit for bit, whatever has become of the run."""

from collections.abc import Callable
from typing import Any

import pytest

from engine.cursor import Cursor
from engine.errors import LimitExceeded, SpecError, UnknownName
from tests.engine.sessions import OUTPUT, FakeClock, cursor, everything, spec, straight_to


def marked(step: int = 7, op: int = 4) -> tuple[Cursor, dict[str, Any]]:
    """A session with a bookmark, and all that is to be seen there."""
    session = straight_to(cursor, step, op)
    session.add_bookmark("here")
    return session, everything(session)


def edit(session: Cursor) -> None:
    """Go back and set a weight: what lay ahead is another future."""
    session.seek(0)
    session.set_parameter("hidden1.W", 0.5, (0, 0))


ADVENTURES: dict[str, Callable[[Cursor], object]] = {
    "training": lambda session: session.run(40),
    "going back": lambda session: session.seek(0, 3),
    "a weight before it": edit,
    "another learning rate": lambda session: session.patch({"optimizer": {"learning_rate": 1.0}}),
    "another network": lambda session: session.patch({"layers": [OUTPUT]}),
    "another optimizer": lambda session: session.patch({"optimizer": {"type": "sgd"}}),
    "another seed": lambda session: session.reset(99),
    "the beginning": lambda session: session.reset(),
}


@pytest.mark.parametrize("adventure", ADVENTURES)
@pytest.mark.parametrize(("step", "op"), [(7, 4), (7, 0), (0, 0)])
def test_a_bookmark_is_reached_whatever_has_happened_since(adventure: str, step: int, op: int) -> None:
    """Its very bits, and from there the training goes on as it would have."""
    session, there = marked(step, op)
    ADVENTURES[adventure](session)
    session.run(3)

    session.visit(1)

    assert there == everything(session)
    session.run(5)
    straight = straight_to(cursor, step, op)
    straight.run(5)
    assert everything(straight) == everything(session)


@pytest.mark.parametrize("adventure", ADVENTURES)
def test_a_fork_has_the_bookmarks(adventure: str) -> None:
    """Those of its own run and those of others; each is reached there too."""
    session, there = marked()
    ADVENTURES[adventure](session)
    fork = session.fork().fork()

    fork.visit(1)

    assert there == everything(fork)


def test_in_the_same_run_going_there_is_going_back_in_time() -> None:
    """The run stays known to its newest step; only from another run it has to be brought back."""
    session, _ = marked()
    session.run(40)

    assert not session.visit(1).another
    assert 47 == session.known().newest
    session.patch({"optimizer": {"learning_rate": 1.0}})
    assert session.visit(1).another


def test_the_curve_goes_on_from_a_bookmark_of_another_run() -> None:
    """What is trained from there is written down, and stays so when it is saved or undone to."""
    session, _ = marked()
    session.patch({"optimizer": {"learning_rate": 1.0}})
    session.run(3)

    session.visit(1)
    session.run(5)

    steps = list(range(session.position.step + 1))
    assert steps == session.history().step
    assert steps == session.fork().history().step
    session.undo()
    session.redo()
    assert steps == session.history().step


def test_a_bookmark_pins_its_state() -> None:
    """Where everything around it is no longer kept, it is reached as fast as ever."""
    clock = FakeClock(0.02)
    session = Cursor(spec(), clock=clock)
    clock.watch(session)
    session._timeline.checkpoints.memory = 5 * session._timeline.checkpoints.latest.size
    session.run(101)
    session.add_bookmark()
    there = everything(session)
    session.run(1000)
    assert not any(first <= 90 <= last for first, last in session.kept())
    started = clock.steps

    session.visit(1)

    assert there == everything(session)
    assert clock.steps - started <= 5


def test_the_same_point_is_marked_once() -> None:
    """A second mark there gives it another name, if there is one."""
    session, _ = marked()

    assert "here" == session.add_bookmark().name
    assert "there" == session.add_bookmark("there").name
    assert [("there", 7, 4)] == [(each.name, each.position.step, each.position.op) for each in session.bookmarks()]


def test_names_change_and_marks_go() -> None:
    """By their number; one that does not exist is refused."""
    session, _ = marked()

    assert "elsewhere" == session.rename_bookmark(1, "elsewhere").name
    session.remove_bookmark(1)
    assert [] == session.bookmarks()
    for act in (session.visit, session.remove_bookmark):
        with pytest.raises(UnknownName, match='no bookmark "1"'):
            act(1)


def test_there_are_so_many() -> None:
    """64 of them; one too many is refused and changes nothing."""
    session = cursor()
    for _ in range(64):
        session.step("op")
        session.add_bookmark()
    session.step("op")

    with pytest.raises(LimitExceeded, match="at most 64"):
        session.add_bookmark()
    assert 64 == len(session.bookmarks())


def test_they_hold_so_much(monkeypatch: pytest.MonkeyPatch) -> None:
    """Bytes are limited too, but one is always allowed."""
    monkeypatch.setattr("engine.bookmarks.MOST_BYTES", 10)
    session, _ = marked()
    session.run(1)

    with pytest.raises(LimitExceeded, match="bytes that bookmarks hold"):
        session.add_bookmark()


def test_what_is_saved_twice_is_written_once() -> None:
    """A bookmark at a state of the past adds none of its arrays."""
    session, _ = marked(7, 0)
    _, arrays = session.save()

    assert [] == [name for name in arrays if name.startswith("bookmark.") and name.endswith("start")]


@pytest.mark.parametrize(
    "change",
    [{"held": [{"number": 0}]}, {"held": [{}] * 65}, {"following": "many"}],
)
def test_what_is_no_bookmark_is_refused(change: dict[str, Any]) -> None:
    """A saved session may come from a file."""
    session, _ = marked()
    head, arrays = session.save()

    with pytest.raises(SpecError):
        Cursor.restore({**head, "bookmarks": {**head["bookmarks"], **change}}, arrays)
