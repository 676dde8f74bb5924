"""Time travel: any kept point of the past, bit for bit, within a tenth of a second of computing."""

from collections.abc import Callable
from contextlib import suppress
from typing import Any

import hypothesis.strategies as st
import pytest
from hypothesis import example, given, settings

from engine.cursor import Cursor
from engine.errors import HistoryGone, SpecError
from tests.engine.sessions import FakeClock, cursor, everything, spec, straight_to

UNITS = st.sampled_from(["op", "op", "layer", "batch", "epoch"])
COUNTS = st.integers(1, 4)
MOVES = st.one_of(
    st.tuples(st.just("step"), UNITS, COUNTS, st.sampled_from(["forward", "back"])),
    st.tuples(st.just("run"), st.integers(0, 6)),
    st.tuples(st.just("seek"), st.integers(0, 25), st.integers(0, 14) | st.integers(0, 150)),
    st.tuples(st.just("edit"), st.sampled_from([0, 1, 2]), st.floats(-2, 2, width=32)),
)

CHOICES: dict[str, dict[str, Any]] = {
    "adam": {},
    "momentum, clip, penalty": {
        "optimizer": {"type": "momentum", "learning_rate": 0.1, "clip": {"type": "norm", "limit": 0.5}},
        "regularization": {"l1": 0.01, "l2": 0.1},
    },
    "float64, dropout, skip": {
        "dtype": "float64",
        "layers": [
            {"id": "a", "type": "dense", "units": 3, "activation": "relu"},
            {"id": "drop", "type": "dropout", "rate": 0.3},
            {"id": "b", "type": "dense", "units": 3, "activation": "tanh"},
            {"id": "sum", "type": "add", "inputs": ["a", "b"]},
            {"id": "hidden1", "type": "dense", "units": 3, "activation": "tanh"},
            {"id": "output", "type": "dense", "units": 1, "activation": "sigmoid"},
        ],
    },
    "recurrence, batch norm": {
        "layers": [
            {"id": "hidden1", "type": "dense", "units": 6, "activation": "tanh"},
            {"id": "steps", "type": "reshape", "shape": [3, 2]},
            {"id": "lstm", "type": "lstm", "units": 2, "return_sequences": True, "truncate": 2},
            {"id": "even", "type": "batch_norm"},
            {"id": "gru", "type": "gru", "units": 2, "bidirectional": True},
            {"id": "output", "type": "dense", "units": 1, "activation": "sigmoid"},
        ],
    },
    "convolution, batch norm, dropout": {
        "optimizer": {"type": "nadam", "learning_rate": 0.02},
        "layers": [
            {"id": "hidden1", "type": "dense", "units": 16, "activation": "tanh"},
            {"id": "image", "type": "reshape", "shape": [1, 4, 4]},
            {"id": "conv", "type": "conv2d", "filters": 2, "padding": "same", "activation": "relu"},
            {"id": "even", "type": "batch_norm", "momentum": 0.3},
            {"id": "pool", "type": "max_pool2d"},
            {"id": "drop", "type": "dropout", "rate": 0.3},
            {"id": "flat", "type": "flatten"},
            {"id": "output", "type": "dense", "units": 1, "activation": "sigmoid"},
        ],
    },
}


def replay(make: Callable[[], Cursor], session: Cursor, edits: list[tuple[int, int, float]]) -> Cursor:
    """A fresh session that goes straight to the same place, with the same edits at the same steps."""
    fresh = make()
    for step, unit, value in edits:
        fresh.run(step - fresh.position.step)
        fresh.set_parameter("hidden1.W", value, (0, unit))
    fresh.run(session.position.step - fresh.position.step)
    if session.position.op:
        fresh.step("op", session.position.op)
    return fresh


@pytest.mark.thorough
@pytest.mark.parametrize("choice", CHOICES)
@settings(max_examples=25)
@given(moves=st.lists(MOVES, min_size=3, max_size=9))
@example(moves=[("run", 5), ("edit", 0, 1.0), ("run", 3), ("seek", 5, 0), ("step", "op", 1, "back")])
@example(moves=[("run", 5), ("step", "op", 14, "forward"), ("edit", 1, 0.5), ("run", 2), ("seek", 2, 3), ("run", 6)])
def test_wherever_one_walks_it_is_as_if_one_had_gone_straight(choice: str, moves: list[tuple[Any, ...]]) -> None:
    """A random walk of steps, jumps and edits ends in the very bits of a fresh straight run to the same place."""

    def make() -> Cursor:
        return Cursor(spec(**CHOICES[choice]))

    session, edits = make(), list[tuple[int, int, float]]()
    for what, *arguments in moves:
        if what == "edit":
            session.set_parameter("hidden1.W", arguments[1], (0, arguments[0]))
            step = session.position.step
            edits = [edit for edit in edits if edit[0] <= step] + [(step, arguments[0], arguments[1])]
        elif what == "seek":
            op = min(arguments[1], len(session.calls()) - 1)
            with suppress(HistoryGone):  # a future that would take too long: nothing has changed then
                session.seek(min(arguments[0], session.position.step + 5), op)
        else:
            with suppress(HistoryGone):  # a past that would take too long, where the machine is slow
                getattr(session, what)(*arguments)

    made = [edit for edit in edits if edit[0] <= session.position.step]
    assert everything(replay(make, session, made)) == everything(session)


def test_seeking_reaches_any_call_of_the_past() -> None:
    """Each place of a short run, visited in a strange order, is what a straight run shows there."""
    session = straight_to(cursor, 7, 0)
    for step, op in ((3, 4), (6, 14), (0, 0), (6, 1), (1, 0), (7, 0), (2, 13)):
        session.seek(step, op)

        assert everything(straight_to(cursor, step, op)) == everything(session)


@pytest.mark.parametrize(("step", "op", "loc"), [(-1, 0, "step"), (0, 15, "op"), (0, -1, "op")])
def test_a_place_that_cannot_be_is_refused(step: int, op: int, loc: str) -> None:
    """Steps are not negative and have so many calls."""
    with pytest.raises(SpecError) as refused:
        cursor().seek(step, op)

    assert (loc,) == refused.value.loc


def clocked(seconds_per_step: float) -> tuple[Cursor, FakeClock]:
    """A session whose steps take so long by its own clock."""
    clock = FakeClock(seconds_per_step)
    session = Cursor(spec(), clock=clock)
    clock.watch(session)
    return session, clock


@pytest.mark.parametrize("seconds_per_step", [0.00005, 0.001, 0.02, 0.3])
def test_any_kept_point_is_a_tenth_of_a_second_away(seconds_per_step: float) -> None:
    """However fast steps are, no more of them run again than take 0.1 s (one can always be taken)."""
    session, clock = clocked(seconds_per_step)
    session.run(400)
    kept = [step for first, last in session.kept() for step in range(first, last + 1)]

    for step in kept[:: max(1, len(kept) // 40)]:
        started = clock.steps
        session.seek(step, 3)

        assert clock.steps - started <= max(1, 0.1 / seconds_per_step)


@pytest.mark.parametrize("seconds_per_step", [0.001, 0.02])
def test_an_epoch_back_is_a_tenth_of_a_second_away(seconds_per_step: float) -> None:
    """From wherever one stands at the end, and again, and again."""
    session, clock = clocked(seconds_per_step)
    session.run(300)
    for _ in range(10):
        started = clock.steps
        session.step("epoch", 1, "back")

        assert clock.steps - started <= 0.1 / seconds_per_step


def test_a_step_back_within_a_step_runs_no_whole_step() -> None:
    """Inside a step its own beginning is at hand."""
    session, clock = clocked(0.001)
    session.run(45)
    session.step("op", 10)
    started = clock.steps
    session.step("op", 3, "back")

    assert started == clock.steps


def test_what_is_not_kept_is_refused_with_the_nearest_that_is() -> None:
    """With room for few checkpoints the old thin out; a hole names its edge, and the cursor stays."""
    session, _ = clocked(0.01)
    session._timeline.checkpoints.memory = 5 * session._timeline.checkpoints.latest.size
    session.run(600)
    kept = session.kept()
    hole = kept[0][1] + 1
    before = everything(session)

    with pytest.raises(HistoryGone, match=f"nearest that is kept is {kept[0][1]:,}"):
        session.seek(hole + 1)
    assert len(kept) > 1
    assert before == everything(session)


def test_walking_through_a_hole_makes_it_kept_again() -> None:
    """Whoever walks forward through forgotten ground can step back there."""
    session, _ = clocked(0.01)
    session._timeline.checkpoints.memory = 5 * session._timeline.checkpoints.latest.size
    session.run(600)
    session.seek(session.kept()[0][1])
    session.run(60)
    step = session.position.step
    session.step("batch", 1, "back")

    assert step - 1 == session.position.step


def test_memory_for_checkpoints_is_bounded() -> None:
    """However long the training, they take no more than the limit."""
    session, _ = clocked(0.06)
    checkpoints = session._timeline.checkpoints
    checkpoints.memory = 20_000
    session.run(500)

    assert checkpoints.size <= 20_000


def test_the_future_is_not_kept() -> None:
    """What was never trained is refused if it would take too long to compute."""
    session, _ = clocked(0.01)
    session.run(10)

    with pytest.raises(HistoryGone, match="has not been trained yet; the last is 10"):
        session.seek(1000)


def test_a_near_future_is_computed() -> None:
    """A jump of a few cheap steps ahead simply goes there."""
    session = cursor()
    session.run(50)
    session.seek(52, 3)

    assert everything(straight_to(cursor, 52, 3)) == everything(session)


def test_after_a_changed_spec_history_begins_anew() -> None:
    """What lies before the change cannot be gone back to, and the refusal says where it begins."""
    session = straight_to(cursor, 9, 4)
    session.patch({"optimizer": {"learning_rate": 0.01}})

    assert [(9, 9)] == session.kept()
    with pytest.raises(HistoryGone, match="the history begins at step 9"):
        session.seek(8)


def test_an_edit_forgets_the_future() -> None:
    """After going back and changing a weight, what lay ahead is another future."""
    session = straight_to(cursor, 30, 0)
    session.seek(12)
    session.set_parameter("hidden1.W", 0.5, (0, 0))

    assert 12 == session.kept()[-1][1]
    assert 12 == session.history().step[-1]


def test_edits_are_replayed() -> None:
    """Going back before an edit and on again meets it at its step."""
    session = straight_to(cursor, 5, 0)
    session.set_parameter("hidden1.W", 0.5, (0, 0))
    session.run(3)
    after = everything(session)
    session.seek(2)
    session.run(6)

    assert after == everything(session)


def test_a_full_log_of_edits_begins_history_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    """Edits are kept up to a limit; then the past before them is given up, and the ledger still balances."""
    monkeypatch.setattr("engine.editing.MOST_EDITED", 100)
    session = straight_to(cursor, 5, 0)
    for value in (0.1, 0.2, 0.3):
        session.set_parameter("hidden1.W", [[value] * 3] * 2)
        session.run(2)

    entry = session.ledger("hidden1.W")
    assert entry.balanced
    assert 0 != entry.sum_of_edits.any()
    assert session.kept()[0][0] > 0


def test_reset_goes_back_to_the_first_weights() -> None:
    """The same seed gives the same beginning; hand edits are forgotten."""
    session = straight_to(cursor, 5, 3)
    session.set_parameter("hidden1.b", [1, 2, 3])
    session.reset()

    assert everything(cursor()) == everything(session)


def test_reset_with_another_seed_draws_other_weights() -> None:
    """And the spec says which."""
    session = cursor()
    session.reset(99)

    assert 99 == session.spec.seed
    assert everything(cursor(seed=99)) == everything(session)


def test_reset_refuses_a_seed_that_is_none() -> None:
    """Nothing has changed then."""
    session = straight_to(cursor, 2, 2)
    with pytest.raises(SpecError):
        session.reset(-1)

    assert 2 == session.position.op


@pytest.mark.parametrize("choice", CHOICES)
@settings(max_examples=4)
@given(places=st.lists(st.tuples(st.integers(0, 30), st.integers(0, 200)), min_size=2, max_size=5))
def test_any_operation_of_any_step_is_what_it_was_forward_and_back(choice: str, places: list[tuple[int, int]]) -> None:
    """Scrubbed to in any order, each place has the bits that it had when it was first walked through."""
    session = Cursor(spec(**CHOICES[choice]))
    session.run(31)
    total = len(session.calls())
    for step, op in places:
        session.seek(step, op % total)

        straight = Cursor(spec(**CHOICES[choice]))
        straight.run(step)
        if op % total:
            straight.step("op", op % total)
        assert everything(straight) == everything(session)
    assert 31 == session.known().newest


def test_what_is_not_kept_can_be_computed_again() -> None:
    """From the last state before it that is held one walks there, and every bit is as it was."""
    session, _ = clocked(0.01)
    session._timeline.checkpoints.memory = 5 * session._timeline.checkpoints.latest.size
    session.run(600)
    hole = session.kept()[0][1] + 7
    session.rewind(hole, 3)
    assert session.position.step < hole
    session.run(hole - session.position.step)
    session.step("op", 3)

    assert everything(straight_to(cursor, hole, 3)) == everything(session)
    session.step("batch", 1, "back")
    assert hole == session.position.step


def test_the_nearest_is_shown_where_something_is_not_kept() -> None:
    """And it is said why."""
    session, _ = clocked(0.01)
    session._timeline.checkpoints.memory = 5 * session._timeline.checkpoints.latest.size
    session.run(600)
    edge = session.kept()[0][1]

    moved = session.seek_near(edge + 2, 3)

    assert (edge, 0) == (moved.position.step, moved.position.op)
    assert f"Step {edge + 2} is no longer kept" in moved.sentence


def test_what_was_never_trained_cannot_be_computed_again() -> None:
    """Nor what lies before the beginning."""
    session = cursor()
    session.run(9)
    session.patch({"optimizer": {"learning_rate": 0.01}})
    session.run(9)
    before = everything(session)

    for step in (8, 19):
        with pytest.raises(HistoryGone):
            session.rewind(step, 0)
    assert before == everything(session)


def test_a_fork_can_be_walked_back() -> None:
    """It knows the past of the point where it was made, and nothing of its future."""
    session, _ = clocked(0.001)
    session.run(300)
    session.seek(200, 3)
    fork = session.fork()

    assert (0, 200) == (fork.known().begin, fork.known().newest)
    assert max(fork.history().step) <= 200
    fork.seek(120, 5)
    assert everything(straight_to(cursor, 120, 5)) == everything(fork)


def test_a_run_is_a_line_of_steps() -> None:
    """With what is at hand, where epochs begin, and where something was changed."""
    session = cursor()
    session.run(6)
    session.patch({"batch_size": 14})
    session.run(3)
    session.set_parameter("hidden1.b", [0, 0, 0])
    known = session.known()

    assert (6, 9, [(6, 9)], [9], [6]) == (known.begin, known.newest, known.kept, known.edits, known.breaks)
    assert (6, 1, 2) == (known.epochs.step, known.epochs.epoch, known.epochs.batches)


@pytest.mark.thorough
def test_a_long_run_stays_at_hand() -> None:
    """Of 20,000 steps every one is kept, and any is reached without running more than a tenth of a second's."""
    session, clock = clocked(0.0001)
    session.run(20_000)

    assert [(0, 20_000)] == session.kept()
    for step in (19_999, 3, 10_000, 20_000, 9_999):
        started = clock.steps
        session.seek(step, 3)
        assert clock.steps - started <= 1000
