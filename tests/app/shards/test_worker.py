"""The shard's loop, in this process: a socketpair, a fake trainer, and turns that are taken one by one."""

from typing import Any

import pytest

from app.shards.channel import Closed
from app.shards.worker import LEAST_SAVE_SECONDS
from tests.app.shards.gateway import SPEC, Gateway


def test_a_session_is_opened_with_its_snapshot(gateway: Gateway) -> None:
    """The answer says everything."""
    answer = gateway.ask(do="open", session="s2", spec=SPEC)

    assert ("snapshot", "s2", "paused") == tuple(answer["result"][name] for name in ("type", "session", "mode"))


def test_a_command_is_answered_with_its_event(gateway: Gateway) -> None:
    """To the asker as the result, to everybody as an event."""
    answer = gateway.ask(
        do="command", session="s1", connection="c1", command={"type": "step", "unit": "batch", "id": "7"}
    )

    assert ("stepped", "c1", "7", False) == (
        answer["result"]["type"],
        *(answer[name] for name in ("connection", "reply_to", "private")),
    )
    assert [answer["result"]] == answer["events"]


@pytest.mark.parametrize(
    ("message", "kind"),
    [
        ({"do": "command", "session": "nobody", "command": {"type": "pause"}}, "not-found"),
        ({"do": "command", "session": "s1", "command": {"type": "fly"}}, "invalid-request"),
        ({"do": "command", "session": "s1", "command": {"type": "seek", "step": 5000}}, "history-gone"),
        ({"do": "command", "session": "s1", "command": {"type": "patch", "patch": {}}}, "spec-error"),
        ({"do": "open", "session": "s3", "spec": {"nonsense": 1}}, "internal"),
        ({"do": "frame", "session": "nobody", "connection": "c1", "seq": 1}, "not-found"),
    ],
)
def test_what_cannot_be_done_is_answered_with_a_problem(gateway: Gateway, message: dict[str, Any], kind: str) -> None:
    """And the loop goes on."""
    assert kind == gateway.ask(**message)["error"]["kind"]
    assert "result" in gateway.command(type="pause")


def test_a_long_step_command_lets_others_through() -> None:
    """While one session walks a thousand steps, another answers; the walk is answered when it is done."""
    gateway = Gateway()
    for name in ("s1", "s2"):
        gateway.ask(do="open", session=name, spec=SPEC)
    walk = gateway.tell(do="command", session="s1", command={"type": "step", "unit": "batch", "count": 1000})
    gateway.turns(3)

    assert "result" in gateway.command("s2", type="pause")

    said = gateway.turns(1000)
    [stepped] = [message for message in said if message.get("n") == walk]
    assert 1000 == stepped["result"]["cursor"]["step"]
    gateway.close()


def test_commands_wait_for_the_step_before_them(gateway: Gateway) -> None:
    """In the order in which they came."""
    gateway.tell(do="command", session="s1", command={"type": "step", "unit": "batch", "count": 50})
    gateway.tell(do="command", session="s1", command={"type": "step", "unit": "batch", "direction": "back"})

    steps = [said["result"]["cursor"]["step"] for said in gateway.turns(200) if "result" in said]

    assert [50, 49] == steps


def test_a_pause_does_not_wait(gateway: Gateway) -> None:
    """The step command is answered with how far it came."""
    gateway.tell(do="command", session="s1", command={"type": "step", "unit": "batch", "count": 10_000})
    gateway.turns(5)
    gateway.tell(do="command", session="s1", command={"type": "pause"})

    types = [said["result"]["type"] for said in gateway.turns(2) if "result" in said]

    assert ["stepped", "paused"] == types


def test_what_nobody_waits_for_is_dropped(gateway: Gateway) -> None:
    """A step command ends where it stands, a command that waited never begins; others are none the worse."""
    walking = gateway.tell(do="command", session="s1", command={"type": "step", "unit": "batch", "count": 10_000})
    waiting = gateway.tell(do="command", session="s1", command={"type": "reset"})
    gateway.turns(5)
    gateway.tell(do="drop", session="s1", number=waiting)
    gateway.tell(do="drop", session="s1", number=walking)
    gateway.tell(do="drop", session="s1", number=999)
    gateway.tell(do="drop", session="nobody", number=walking)

    [stepped] = [event for said in gateway.turns(5) for event in said.get("events", [])]

    assert "stepped" == stepped["type"]
    assert 0 < gateway.command(type="state")["result"]["cursor"]["step"] == stepped["cursor"]["step"] < 10_000


def test_who_waits_for_a_session_that_is_closed_is_told(gateway: Gateway) -> None:
    """The step command under way, and what waits behind it."""
    asked = [
        gateway.tell(do="command", session="s1", command={"type": "step", "unit": "batch", "count": 10_000}),
        gateway.tell(do="command", session="s1", command={"type": "reset"}),
    ]
    gateway.turns(3)
    gateway.tell(do="close", session="s1")

    errors = {said["n"]: said["error"]["kind"] for said in gateway.turns(2) if "error" in said}

    assert dict.fromkeys(asked, "not-found") == errors


def test_not_everything_waits(gateway: Gateway) -> None:
    """Beyond 64 commands it is refused."""
    gateway.tell(do="command", session="s1", command={"type": "step", "unit": "batch", "count": 10_000})
    for _ in range(70):
        gateway.tell(do="command", session="s1", command={"type": "state"})

    errors = [said["error"]["kind"] for said in gateway.turns(5) if "error" in said]

    assert ["too-many-requests"] * 6 == errors


def test_playing_is_fair() -> None:
    """Two sessions that play get as far as each other."""
    gateway = Gateway()
    for name in ("s1", "s2"):
        gateway.ask(do="open", session=name, spec=SPEC)
        gateway.command(name, type="play")

    gateway.turns(400)

    first, second = (trainer.position.step for trainer in gateway.trainers)
    assert first > 100
    assert first == pytest.approx(second, rel=0.1)
    gateway.close()


def test_divergence_is_told_to_everybody() -> None:
    """Without anybody having asked."""
    gateway = Gateway(diverges_at=40)
    gateway.ask(do="open", session="s1", spec=SPEC)
    gateway.tell(do="command", session="s1", command={"type": "play"})

    said = [event["type"] for message in gateway.turns(20) for event in message.get("events", [])]

    assert ["played", "diverged", "paused"] == said
    gateway.close()


def test_a_bug_in_the_engine_ends_neither_loop_nor_session() -> None:
    """Who waits is told; the session is paused."""
    gateway = Gateway()
    gateway.ask(do="open", session="s1", spec=SPEC)

    def broken(*_: Any) -> Any:
        raise ZeroDivisionError

    vars(gateway.trainers[0])["step"] = broken
    vars(gateway.trainers[0])["run"] = broken

    assert "internal" == gateway.command(type="step")["error"]["kind"]
    assert "result" in gateway.command(type="state")
    gateway.tell(do="command", session="s1", command={"type": "play"})
    events = [event for message in gateway.turns(5) for event in message.get("events", [])]
    assert [("played", None), ("paused", "error")] == [(event["type"], event.get("reason")) for event in events]
    gateway.close()


def test_a_change_is_saved_soon_and_once(gateway: Gateway) -> None:
    """A quarter of a second later, and not again while nothing changes."""
    gateway.command(type="step")
    gateway.clock.now += LEAST_SAVE_SECONDS
    first = [message for message in gateway.turns(2) if "checkpoint" in message]
    gateway.clock.now += 100
    second = [message for message in gateway.turns(2) if "checkpoint" in message]

    assert (1, 0) == (len(first), len(second))
    assert {"at": 1} == first[0]["checkpoint"]["head"]["cursor"]


def test_a_session_goes_on_from_its_checkpoint(gateway: Gateway) -> None:
    """Playing, if it played; paused, if it is to be."""
    gateway.command(type="play", rate=1.0)
    gateway.clock.now += LEAST_SAVE_SECONDS
    [saved] = [message["checkpoint"] for message in gateway.turns(3) if "checkpoint" in message]

    live = gateway.ask(do="open", session="s2", **saved)
    careful = gateway.ask(do="open", session="s3", paused=True, **saved)

    assert ["playing", "paused"] == [answer["result"]["mode"] for answer in (live, careful)]
    assert live["result"]["cursor"]["step"] == careful["result"]["cursor"]["step"]


def test_a_pause_by_the_gateway_says_why(gateway: Gateway) -> None:
    """A session that does not play has nothing to say."""
    gateway.command(type="play", rate=1.0)
    gateway.tell(do="pause", session="s1", reason="idle", detail="Nobody is there.")
    gateway.tell(do="pause", session="s1", reason="idle", detail="Nobody is there.")

    events = [event for message in gateway.turns(3) for event in message.get("events", [])]

    assert [("paused", "idle")] == [(event["type"], event["reason"]) for event in events]


def test_a_closed_session_is_gone(gateway: Gateway) -> None:
    """Closing it twice is no error; who leaves it afterwards neither."""
    gateway.ask(do="close", session="s1")
    gateway.ask(do="close", session="s1")
    gateway.tell(do="leave", session="s1", connection="c1")

    assert "not-found" == gateway.command(type="pause")["error"]["kind"]


def test_stop_saves_what_is_not_saved(gateway: Gateway) -> None:
    """And ends the loop."""
    gateway.command(type="step")
    number = gateway.tell(do="stop")

    gateway.worker.run()

    said = gateway.turns(0)
    assert ["checkpoint" in message for message in said if message.get("n") in {None, number}] == [True, False]


def test_without_a_gateway_the_loop_ends() -> None:
    """Nobody is left to work for."""
    gateway = Gateway()
    gateway._socket.close()

    gateway.worker.run()

    with pytest.raises(Closed):
        gateway._channel.send({})
    gateway.pulse.close()
    gateway._channel._socket.close()


def test_the_pulse_says_who_is_computing(gateway: Gateway) -> None:
    """And that nobody is, between turns."""
    seen = []
    step = gateway.trainers[0].step

    def watched(*arguments: Any) -> Any:
        seen.append(gateway.pulse.read()[1])
        return step(*arguments)

    vars(gateway.trainers[0])["step"] = watched
    gateway.command(type="step")

    assert ["s1"] == seen
    assert "" == gateway.pulse.read()[1]
