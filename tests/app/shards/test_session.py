"""The session's state machine, with a trainer that only counts."""

from typing import Any

import pytest

from app.protocol import commands as c
from app.protocol.problems import ProblemError
from app.shards.outcome import Outcome
from app.shards.session import Session
from app.shards.transitions import TRANSITIONS, Mode
from engine.errors import HistoryGone, SpecError, UnknownName
from tests.app.fakes import FakeClock, FakeTrainer, describe, only_types


def session(**options: Any) -> Session:
    """A session with a fake trainer."""
    return Session("s1", FakeTrainer(**options), describe)


def events(outcomes: list[Outcome]) -> list[dict[str, Any]]:
    """All events in order."""
    return [event for outcome in outcomes for event in outcome.events]


def advance_until_idle(live: Session, clock: FakeClock | None = None) -> list[dict[str, Any]]:
    """Let a step command finish."""
    told = []
    while live.busy:
        told += events(live.advance(0.004, clock or FakeClock()))
    return told


def carried_out(live: Session, command: c.CommandBase) -> list[dict[str, Any]]:
    """The events of a command, those of a step command included."""
    outcome = live.handle(command)
    return outcome.events if outcome else advance_until_idle(live)


@pytest.mark.parametrize(
    ("unit", "count", "step", "op"),
    [("op", 1, 0, 1), ("op", 6, 1, 2), ("layer", 2, 0, 2), ("batch", 1, 1, 0), ("batch", 5, 5, 0), ("epoch", 2, 6, 0)],
)
def test_step_walks_that_many_units(unit: c.Unit, count: int, step: int, op: int) -> None:
    """The position after a step command is count units further."""
    live = session()

    [stepped] = carried_out(live, c.Step(unit=unit, count=count))

    assert ("stepped", step, op) == (stepped["type"], stepped["cursor"]["step"], stepped["cursor"]["op"])
    assert 4 * step + op == stepped["count"]


def test_stepping_an_epoch_from_within_one_ends_at_its_boundary() -> None:
    """Epochs are walked to their end, not for their length."""
    live = session()
    carried_out(live, c.Step(unit="op", count=6))

    [stepped] = carried_out(live, c.Step(unit="epoch"))

    assert (3, 0, 0) == tuple(stepped["cursor"][name] for name in ("step", "op", "batch"))


def test_the_calls_that_ran_are_told() -> None:
    """stepped names the calls."""
    live = session()

    [stepped] = carried_out(live, c.Step(unit="op", count=2))

    assert ["output.a", "loss"] == [call["label"] for call in stepped["ran"]]


def test_step_back_undoes_step() -> None:
    """One operation forward and one back end where they began."""
    live = session()
    carried_out(live, c.Step(count=3))

    [stepped] = carried_out(live, c.Step(direction="back"))

    assert (0, 2) == (stepped["cursor"]["step"], stepped["cursor"]["op"])


def test_a_long_step_command_is_done_in_slices() -> None:
    """No slice takes much longer than its budget, and other commands see the session busy."""
    clock = FakeClock()
    live = session(clock=clock, cost=0.001, batches=1)
    live.handle(c.Step(unit="batch", count=100))

    slices = 0
    while live.busy:
        before = clock.now
        live.advance(0.004, clock)
        slices += 1
        assert clock.now - before <= 0.012

    assert slices > 10
    assert 100 == live.trainer.position.step


def test_a_pause_interrupts_a_step_command() -> None:
    """What was walked so far is told, and the session is free."""
    clock = FakeClock()
    live = session(clock=clock, cost=0.001)
    live.handle(c.Step(unit="batch", count=1000))
    live.advance(0.004, clock)

    told = events(live.interrupt())

    assert ["stepped"] == only_types(told)
    assert not live.busy
    assert told[0]["cursor"]["step"] < 1000


def test_step_while_playing_is_refused_and_changes_nothing() -> None:
    """A session that plays refuses "step" and goes on playing."""
    live = session()
    live.handle(c.Play())
    version = live.version

    with pytest.raises(ProblemError, match="cannot step while the session is playing"):
        live.handle(c.Step())

    assert (Mode.PLAYING, version) == (live.mode, version)


@pytest.mark.parametrize("mode", Mode)
@pytest.mark.parametrize(
    ("command", "error"),
    [
        (c.Seek(step=9999), HistoryGone),
        (c.Patch(patch={"nonsense": 1}), SpecError),
        (c.SetParameter(name="output.Q", value=1.0), UnknownName),
    ],
)
def test_a_command_that_the_engine_refuses_changes_nothing(
    mode: Mode, command: c.CommandBase, error: type[Exception]
) -> None:
    """Mode, version and position stay, in either mode."""
    live = session()
    if mode is Mode.PLAYING:
        live.handle(c.Play())
    before = (live.mode, live.version, live.trainer.at, live.play_command())

    with pytest.raises(error):
        live.handle(command)

    assert before == (live.mode, live.version, live.trainer.at, live.play_command())


def test_playing_goes_on_until_it_is_paused() -> None:
    """advance computes as long as the session plays, and not afterwards."""
    clock = FakeClock()
    live = session(clock=clock, cost=0.001)
    live.handle(c.Play())
    for _ in range(10):
        live.advance(0.004, clock)
    played = live.trainer.position.step

    outcome = live.handle(c.Pause())
    live.advance(0.004, clock)

    assert outcome
    assert ("paused", "user") == (outcome.answer["type"], outcome.answer["reason"])
    assert played == live.trainer.position.step > 10
    assert live.due_in(clock.now) is None


@pytest.mark.parametrize("unit", ["op", "layer", "batch", "epoch"])
def test_a_rate_is_kept(unit: c.Unit) -> None:
    """Ten units a second for two seconds are twenty units."""
    clock = FakeClock()
    live = session()
    live.handle(c.Play(unit=unit, rate=10))
    size = {"op": 1, "layer": 1, "batch": 4, "epoch": 12}[unit]

    for _ in range(200):
        live.advance(0.004, clock)
        clock.now += 0.01

    assert 20 == pytest.approx(live.trainer.at / size, abs=1)


def test_between_two_units_nothing_is_due() -> None:
    """A rate of ten a second leaves a tenth of a second."""
    clock = FakeClock()
    live = session()
    live.handle(c.Play(rate=10))
    live.advance(0.004, clock)

    assert 0.1 == pytest.approx(live.due_in(clock.now), abs=0.001)


def test_a_session_that_fell_behind_does_not_rush() -> None:
    """After a pause of the machine at most a quarter of a second is made up for."""
    clock = FakeClock()
    live = session()
    live.handle(c.Play(rate=100))
    live.advance(0.004, clock)
    clock.now += 60

    live.advance(10.0, clock)

    assert live.trainer.position.step <= 26


@pytest.mark.parametrize(
    ("until", "epoch", "words"),
    [
        (c.Until(epochs=4), 4, "4 epochs"),
        (c.Until(loss_below=0.1), 4, "0.0625 is below 0.1"),
        (c.Until(accuracy_above=0.75), 2, "75.0%"),
        (c.Until(epochs=100, loss_below=0.6), 1, "0.5 is below 0.6"),
    ],
)
@pytest.mark.parametrize("rate", [None, 1000.0])
def test_it_stops_by_itself_where_the_goal_is_reached(
    until: c.Until, epoch: int, words: str, rate: float | None
) -> None:
    """At the end of the very epoch in which a condition holds, and it says which."""
    clock = FakeClock()
    live = session(clock=clock, cost=0.0001)
    live.handle(c.Play(until=until, rate=rate))

    told: list[dict[str, Any]] = []
    while not told:
        told = events(live.advance(0.004, clock))
        clock.now += 0.001

    assert ("paused", "until", epoch) == (told[0]["type"], told[0]["reason"], told[0]["cursor"]["epoch"])
    assert words in told[0]["detail"]
    assert Mode.PAUSED is live.mode


def test_divergence_while_playing_pauses_and_says_where() -> None:
    """Two events: what happened, and that it has stopped."""
    live = session(diverges_at=10)
    live.handle(c.Play())

    told = events(live.advance(0.004, FakeClock()))

    assert ["diverged", "paused"] == only_types(told)
    assert ("loss", "Lower it.", "diverged") == (told[0]["node"], told[0]["advice"], told[1]["reason"])


def test_divergence_while_stepping_is_told_after_the_step() -> None:
    """The step that was asked for is answered first, and its sentence says where it has stopped."""
    live = session(diverges_at=2)

    told = carried_out(live, c.Step(unit="batch"))

    assert ["stepped", "diverged"] == only_types(told)
    assert "Stopped: loss is the first number that is not finite." == told[0]["sentence"] == live.words()


@pytest.mark.parametrize("command", [c.Step(), c.Play()])
def test_from_a_divergence_there_is_no_way_forward(command: c.CommandBase) -> None:
    """Only back, or by changing something."""
    live = session(diverges_at=1)
    carried_out(live, c.Step())

    with pytest.raises(ProblemError, match=r"It is NaN\. Lower it\."):
        live.handle(command)


def test_an_edit_while_playing_goes_on_playing() -> None:
    """The network changes under way."""
    clock = FakeClock()
    live = session()
    live.handle(c.Play())
    live.advance(0.004, clock)

    outcome = live.handle(c.Patch(patch={"rate": 2.0}))

    assert outcome
    assert ("edited", "playing", "Kept: output.W.") == tuple(outcome.answer[k] for k in ("type", "mode", "sentence"))
    assert 0.0 == live.due_in(clock.now)


@pytest.mark.parametrize("command", [c.Seek(step=1), c.Reset(seed=3)])
def test_time_travel_ends_playing(command: c.CommandBase) -> None:
    """Who looks at the past does not want it to run away."""
    live = session()
    live.handle(c.Play())

    live.handle(command)

    assert Mode.PAUSED is live.mode
    assert live.play_command() is None


def test_every_command_that_changes_something_has_a_handler_and_a_transition() -> None:
    """The table and the handlers name the same commands."""
    named = {command for _, command in TRANSITIONS}

    assert named == set(session()._handlers)


def test_a_checkpoint_resumes_playing() -> None:
    """A session that played goes on playing after its process was replaced, unless it is to pause."""
    live, careful = session(), session()
    head = {"play": {"type": "play", "rate": 5.0}, "sentence": "Once upon a time."}

    live.resume(head, paused=False)
    careful.resume(head, paused=True)

    assert (Mode.PLAYING, Mode.PAUSED) == (live.mode, careful.mode)
    assert "Once upon a time." == careful.words()


def test_a_sentence_that_quotes_the_followed_example_changes_with_it() -> None:
    """It is told again whenever it is shown; a sentence about something else stays."""
    live = session()
    live.trainer.sentences = ["At 1.", "the next example's"]

    carried_out(live, c.Step(unit="op"))

    assert "the next example's" == live.words()
    live.handle(c.Seek(step=0))
    assert "the next example's" != live.words()


def test_a_point_that_is_not_kept_is_approached() -> None:
    """Asked for the nearest, the session stands there and says how far the point itself is away."""
    live = session()

    [sought] = carried_out(live, c.Seek(step=1234, op=2, otherwise="nearest"))

    assert 1000 == sought["cursor"]["step"]
    assert {"step": 1234, "op": 2, "seconds": 0.34} == sought["missed"]


def test_a_point_that_is_not_kept_is_computed_again_until_one_pauses() -> None:
    """In slices; a pause ends it where it stands, and says so."""
    clock = FakeClock()
    live = session(clock=clock, cost=0.001)
    assert live.handle(c.Seek(step=1099, otherwise="replay")) is None
    live.advance(0.004, clock)
    assert live.busy

    [sought] = events(live.interrupt())

    assert 1000 <= sought["cursor"]["step"] < 1099
    assert "on the way to step 1,099" in sought["sentence"]


def test_a_bookmark_at_a_number_that_is_not_finite_says_so() -> None:
    """In another run too: whoever looks is told why it does not go on."""
    live = session(diverges_at=8)
    carried_out(live, c.Step(unit="op", count=8))
    carried_out(live, c.AddBookmark())
    carried_out(live, c.Reset())
    live.trainer.marks[1].here = False

    assert ["edited", "diverged"] == only_types(carried_out(live, c.Visit(bookmark=1)))


def test_computing_again_is_seen_on_the_way_and_at_its_end() -> None:
    """Each slice makes another state, so that it is drawn and saved; a frame of the one before is old."""
    clock = FakeClock()
    live = session(clock=clock, cost=0.001)
    live.handle(c.Seek(step=1099, otherwise="replay"))
    seen = {live.version: 0}
    while live.busy:
        live.advance(0.004, clock)
        assert live.version not in seen
        seen[live.version] = live.trainer.position.step

    assert 1099 == seen[live.version]


def test_what_cannot_be_computed_again_is_refused() -> None:
    """Nothing has changed then."""
    live = session()

    with pytest.raises(HistoryGone):
        live.handle(c.Seek(step=3000, otherwise="replay"))
    assert (0, False) == (live.trainer.position.step, live.busy)


def test_going_to_a_bookmark_of_another_run_brings_its_network_along() -> None:
    """In the same run it is going back in time; after an edit it is an edit."""
    live = session()
    carried_out(live, c.AddBookmark(name="start"))
    carried_out(live, c.Step(unit="batch", count=5))

    assert ["sought"] == only_types(carried_out(live, c.Visit(bookmark=1)))
    carried_out(live, c.Patch(patch={"rate": 2.0}))
    assert ["edited"] == only_types(carried_out(live, c.Visit(bookmark=1)))
