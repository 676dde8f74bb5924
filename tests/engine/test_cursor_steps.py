"""Walking call by call, and what is computed at each place."""

import pytest

from engine.cursor import Cursor
from engine.errors import SpecError
from tests.engine.sessions import computed, cursor, everything, ops, spec, straight_to

RIBBON = [
    "input.a",
    "hidden1.z",
    "hidden1.a",
    "output.z",
    "output.a",
    "loss",
    "d output.z",
    "d output.W",
    "d output.b",
    "d hidden1.a",
    "d hidden1.z",
    "d hidden1.W",
    "d hidden1.b",
    "delta",
    "update",
]


def test_the_ribbon_lists_the_calls_in_order() -> None:
    """Forward, loss, backward, update; the fused sigmoid goes from the loss straight to output.z."""
    assert RIBBON == [call.label for call in cursor().calls()]


def test_a_step_runs_one_call_after_another() -> None:
    """What runs is the ribbon, and then the next step's first call."""
    assert [*RIBBON, "input.a"] == list(ops(cursor(), 16))


def test_nothing_is_computed_at_the_beginning() -> None:
    """Before the first call there are parameters only."""
    assert set() == computed(cursor())


@pytest.mark.parametrize(
    ("count", "newest"),
    [
        (1, {"input.a value", "target value"}),
        (6, {"loss value"}),
        (8, {"output.W gradient"}),
        (13, {"hidden1.b gradient"}),
    ],
)
def test_each_call_adds_what_it_writes(count: int, newest: set[str]) -> None:
    """Between two calls the difference is what the later one writes."""
    before: set[str] = computed(straight_to(cursor, 2, count - 1)) if count > 1 else set()

    assert newest == computed(straight_to(cursor, 2, count)) - before


def test_the_finished_step_is_shown_until_the_next_begins() -> None:
    """At op 0 all of the step before is there; its first call makes everything else stale."""
    session = cursor()
    session.step("batch")
    finished = computed(session)
    session.step()

    assert {"output.W delta", "hidden1.a value", "hidden1.z gradient"} <= finished
    assert {"input.a value", "target value"} == computed(session)


def test_a_number_that_is_not_computed_has_a_reason() -> None:
    """The reason names the call that computes it."""
    session = cursor()
    session.step("op", 3)

    assert "op 4, output.z" in (session.tensor("output.z").reason or "")
    assert "fused" in (straight_to(cursor, 1, 0).tensor("output.a").reason or "")


@pytest.mark.parametrize(
    ("unit", "ends"),
    [
        ("op", [(0, 1), (0, 2), (0, 3)]),
        ("layer", [(0, 1), (0, 3), (0, 5), (0, 6), (0, 7), (0, 10), (0, 13), (1, 0)]),
        ("batch", [(1, 0), (2, 0), (3, 0)]),
        ("epoch", [(4, 0), (8, 0)]),
    ],
)
def test_units_end_at_their_boundaries(unit: str, ends: list[tuple[int, int]]) -> None:
    """One unit after another, forward, and the same places on the way back."""
    session = cursor()
    places = [(0, 0), *[_place(session, unit, "forward") for _ in ends]]
    back = [_place(session, unit, "back") for _ in ends]

    assert [(0, 0), *ends] == places
    assert places[-2::-1] == back


def _place(session: Cursor, unit: str, direction: str) -> tuple[int, int]:
    position = session.step(unit, 1, direction).position
    return position.step, position.op


@pytest.mark.parametrize(("unit", "op"), [("op", 4), ("layer", 4), ("batch", 4), ("epoch", 4), ("epoch", 0)])
def test_many_units_are_as_many_times_one(unit: str, op: int) -> None:
    """Five at once, from the middle of a step, end where five single ones do; back alike."""
    at_once, single = straight_to(cursor, 13, op), straight_to(cursor, 13, op)
    at_once.step(unit, 5)
    for _ in range(5):
        single.step(unit)
    assert everything(single) == everything(at_once)

    at_once.step(unit, 3, "back")
    for _ in range(3):
        single.step(unit, 1, "back")
    assert everything(single) == everything(at_once)


def test_back_at_the_beginning_says_so() -> None:
    """There is nothing before the first call."""
    moved = cursor().step("epoch", 3, "back")

    assert (0, 0, "beginning") == (
        moved.position.step,
        moved.position.op,
        "beginning" if "beginning" in moved.sentence else "",
    )


def test_too_far_back_ends_at_the_beginning() -> None:
    """Back stops where training began, with nothing computed."""
    session = straight_to(cursor, 2, 5)
    session.step("epoch", 9, "back")

    assert everything(cursor()) == everything(session)


def test_the_answer_names_the_last_calls_and_counts_all() -> None:
    """Of ten steps the last 64 calls are named; all 150 are counted."""
    session = cursor()
    moved = session.step("batch", 10)

    assert (150, 64, "update") == (moved.count_run, len(moved.ran), moved.ran[-1].label)
    assert [(n + 11) % 15 for n in range(64)] == [call.index for call in moved.ran]


def test_position_tells_epoch_and_batch() -> None:
    """Four batches in an epoch; the phase is that of the next call."""
    position = straight_to(cursor, 6, 7).position

    assert {"step": 6, "phase": "backward", "op": 7, "epoch": 1, "batch": 2} == position.as_dict()


def test_the_last_batch_of_an_epoch_is_smaller() -> None:
    """28 rows in batches of 8: the fourth has 4, while it runs and after it."""
    session = straight_to(cursor, 3, 3)
    during = session.tensor("hidden1.a").shape
    session.step("batch")

    assert [(4, 3), (4, 3)] == [during, session.tensor("hidden1.a").shape]


def test_last_call_is_what_ran() -> None:
    """At op 0 it is the update of the step before; at the beginning there is none."""
    session = cursor()
    before = session.last_call
    session.step("batch")

    assert before is None
    assert session.last_call is not None
    assert "apply" == session.last_call.kind


@pytest.mark.parametrize(
    ("arguments", "loc"),
    [(("week", 1, "forward"), "unit"), (("op", 0, "forward"), "count"), (("op", 1, "up"), "direction")],
)
def test_a_move_that_does_not_exist_is_refused(arguments: tuple[str, int, str], loc: str) -> None:
    """The refusal names the field, and the cursor stays."""
    session = straight_to(cursor, 1, 2)
    with pytest.raises(SpecError) as refused:
        session.step(*arguments)

    assert (loc,) == refused.value.loc
    assert (1, 2) == (session.position.step, session.position.op)


def test_run_finishes_the_step_under_way_first() -> None:
    """Three whole steps from the middle of one: its rest counts as the first."""
    session = straight_to(cursor, 4, 5)

    assert 3 == session.run(3)
    assert everything(straight_to(cursor, 7, 0)) == everything(session)


def test_running_nothing_changes_nothing() -> None:
    """run(0) in the middle of a step."""
    session = straight_to(cursor, 4, 5)

    assert 0 == session.run(0)
    assert 5 == session.position.op


def test_dropout_masks_are_part_of_the_step() -> None:
    """A mask is a call of its own, and the same on replay."""
    layers = [
        {"id": "hidden1", "type": "dense", "units": 8, "activation": "relu"},
        {"id": "drop", "type": "dropout", "rate": 0.5},
        {"id": "output", "type": "dense", "units": 1, "activation": "sigmoid"},
    ]

    def make() -> Cursor:
        return Cursor(spec(layers=layers))

    session = straight_to(make, 9, 7)
    session.step("op", 40, "back")

    assert "drop.mask" in [call.label for call in session.calls()]
    assert everything(straight_to(make, session.position.step, session.position.op)) == everything(session)
