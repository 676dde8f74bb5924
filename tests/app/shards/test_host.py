"""Real shard processes: what happens when one dies, hangs, or is asked to stop."""

import asyncio
import os
import signal
from collections.abc import AsyncIterator, Sequence
from typing import Any

import msgpack
import pytest

from app.protocol.problems import ProblemError
from app.settings import Settings
from app.shards.host import LocalProcesses
from app.shards.processes import exit_words
from app.store.base import Checkpoint

pytestmark = pytest.mark.anyio

SPEC: dict[str, Any] = {
    "dataset": {"name": "xor", "size": 20},
    "layers": [{"type": "dense", "id": "output", "units": 1, "activation": "sigmoid"}],
    "loss": "binary_cross_entropy",
}


class Ears:
    """Hears what shards say."""

    def __init__(self) -> None:
        self.events: list[dict[str, Any]] = []
        self.checkpoints: dict[str, Checkpoint] = {}
        self.lost: list[tuple[list[str], str, str | None]] = []

    def on_events(self, session_id: str, events: Sequence[dict[str, Any]], **_: Any) -> None:
        """Remember."""
        self.events += events

    def on_checkpoint(self, session_id: str, checkpoint: Checkpoint) -> None:
        """Remember."""
        self.checkpoints[session_id] = checkpoint

    def on_lost(self, session_ids: Sequence[str], reason: str, offender: str | None) -> None:
        """Remember."""
        self.lost.append((list(session_ids), reason, offender))


@pytest.fixture
async def host() -> AsyncIterator[LocalProcesses]:
    """Two shards."""
    made = LocalProcesses(Settings(shards=2, hang_seconds=0.5))
    made.listen(Ears())
    await made.start()
    yield made
    await made.stop()


def ears(host: LocalProcesses) -> Ears:
    """Who listens."""
    assert isinstance(host._listener, Ears)
    return host._listener


def pids(host: LocalProcesses) -> list[int]:
    """Of the shards."""
    return [shard.pid for shard in host._shards if shard]


async def until(condition: Any, seconds: float = 20) -> None:
    """Wait for it."""
    async with asyncio.timeout(seconds):
        while not condition():
            await asyncio.sleep(0.01)


async def test_sessions_are_spread_and_answer(host: LocalProcesses) -> None:
    """One in each shard; commands, frames and refusals come back."""
    for name in ("s1", "s2"):
        await host.open(name, spec=SPEC)
    assert {0, 1} == set(host._homes.values())

    stepped = await host.ask("s1", {"type": "step", "unit": "batch"}, None)
    frame = msgpack.unpackb(await host.frame("s1", "c1", 1))

    assert (1, 1) == (stepped["cursor"]["step"], frame["cursor"]["step"])
    assert ["stepped"] == [event["type"] for event in ears(host).events]
    with pytest.raises(ProblemError) as refused:
        await host.ask("s1", {"type": "seek", "step": 10**8}, None)
    assert "history-gone" == refused.value.kind
    await host.close("s1")
    assert not host.holds("s1")


async def test_a_spec_that_cannot_be_built_leaves_nothing(host: LocalProcesses) -> None:
    """The problem comes back with its place."""
    with pytest.raises(ProblemError) as refused:
        await host.open("s1", spec={**SPEC, "layers": [{"type": "dense", "units": 100_000, "id": "big"}]})

    assert ("limit-exceeded", ("layers", 0, "units")) == (refused.value.kind, refused.value.flaws[0].loc)
    assert not host.holds("s1")


async def test_what_messagepack_cannot_carry_is_refused(host: LocalProcesses) -> None:
    """The shard never hears of it."""
    await host.open("s1", spec=SPEC)

    with pytest.raises(ProblemError) as refused:
        await host.ask("s1", {"type": "patch", "patch": {"seed": 2**80}}, None)

    assert "invalid-request" == refused.value.kind


async def test_a_killed_shard_is_replaced_and_its_sessions_can_go_on(host: LocalProcesses) -> None:
    """From the checkpoint, at the very step; the other shard is the same as before; who waited is told."""
    await host.open("s1", spec=SPEC)
    await host.ask("s1", {"type": "step", "unit": "batch", "count": 5}, None)
    saved = ears(host).checkpoints
    await until(lambda: "s1" in saved and saved["s1"].head["cursor"]["mark"][0] == 4)
    before, home = pids(host), host._homes["s1"]
    await host.frame("s1", "c1", 1)
    waiting = asyncio.create_task(host.frame("s1", "c1", 2))
    await asyncio.sleep(0)

    os.kill(before[home], signal.SIGKILL)

    with pytest.raises(ProblemError) as refused:
        await waiting
    assert "shard-restarted" == refused.value.kind
    await until(lambda: bool(ears(host).lost))
    assert [(["s1"], "its process was killed, perhaps for want of memory", None)] == ears(host).lost
    assert [number == home for number in (0, 1)] == [a != b for a, b in zip(before, pids(host), strict=True)]
    with pytest.raises(ProblemError):
        await host.ask("s1", {"type": "state"}, None)
    restored = await host.open("s1", checkpoint=ears(host).checkpoints["s1"])
    assert 5 == restored["cursor"]["step"]


async def test_a_shard_that_hangs_is_replaced(host: LocalProcesses) -> None:
    """Stopped, it shows no pulse; it is given up after a while."""
    vars(host)["_settings"] = Settings(shards=2, hang_seconds=0.1)
    await host.open("s1", spec=SPEC)

    os.kill(pids(host)[host._homes["s1"]], signal.SIGSTOP)

    await until(lambda: bool(ears(host).lost))
    assert "one operation took longer than 0.1 s" in ears(host).lost[0][1]


async def test_stopping_takes_the_last_checkpoints() -> None:
    """Even of what was changed a moment ago."""
    host = LocalProcesses(Settings(shards=1))
    host.listen(Ears())
    await host.start()
    await host.open("s1", spec=SPEC)
    await host.ask("s1", {"type": "step", "unit": "op", "count": 3}, None)

    await host.stop()

    head = ears(host).checkpoints["s1"].head
    assert [0, 3] == head["cursor"]["mark"]


async def test_an_answer_that_does_not_come_in_time_is_a_problem(host: LocalProcesses) -> None:
    """504; what was asked for stops where it stands, so that others need not wait for it."""
    await host.open("s1", spec=SPEC)
    shard = host._home("s1")

    with pytest.raises(ProblemError) as refused:
        await shard.ask(
            {"do": "command", "session": "s1", "command": {"type": "step", "unit": "epoch", "count": 10_000}}, 0.05
        )

    assert "timeout" == refused.value.kind
    here, later = [(await host.ask("s1", {"type": "state"}, None))["cursor"] for _ in range(2)]
    assert 0 < here["step"] == later["step"] < 10_000


async def test_a_session_that_opens_too_late_is_not_kept(host: LocalProcesses) -> None:
    """Nobody would ever close it."""
    host._settings = host._settings.model_copy(update={"answer_seconds": 1e-6})
    with pytest.raises(ProblemError) as late:
        await host.open("s1", spec=SPEC)

    with pytest.raises(ProblemError) as gone:
        await host._shard(0).ask({"do": "command", "session": "s1", "command": {"type": "state"}}, 20)

    assert ("timeout", "not-found") == (late.value.kind, gone.value.kind)


async def test_who_is_told_of_a_session_that_is_gone_says_nothing(host: LocalProcesses) -> None:
    """There is nothing to pause, to leave or to close."""
    host.pause("nobody", "idle", "")
    host.leave("nobody", "c1")
    await host.close("nobody")


@pytest.mark.parametrize(
    ("code", "words"), [(-9, "killed"), (-11, "crashed (SIGSEGV)"), (1, "ended unexpectedly (exit code 1)")]
)
def test_exit_codes_have_words(code: int, words: str) -> None:
    """For people."""
    assert words in exit_words(code)
