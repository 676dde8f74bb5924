"""The conversation over one socket, with a socket that is a list."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from app.protocol.problems import ProblemError
from app.sessions import live
from app.sessions.live import Close, Live
from app.sessions.registry import Sessions
from app.sessions.tokens import Role
from app.settings import Settings
from app.store.memory import MemoryStore
from tests.app.fakes import FakeHost

pytestmark = pytest.mark.anyio

Script = Callable[["Talk"], Awaitable[None]]


class FakeSocket:
    """What is put in is heard; what is sent is kept."""

    def __init__(self) -> None:
        self.inbox: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self.texts: list[dict[str, Any]] = []
        self.frames: list[bytes] = []
        self.stalled = False

    async def receive(self) -> dict[str, Any]:
        """The next of what was put in."""
        return await self.inbox.get()

    async def send_text(self, data: str) -> None:
        """Keep it, unless nobody reads."""
        if self.stalled:
            await asyncio.sleep(60)
        self.texts.append(json.loads(data))

    async def send_bytes(self, data: bytes) -> None:
        """Keep it, unless nobody reads."""
        if self.stalled:
            await asyncio.sleep(60)
        self.frames.append(data)


class Talk:
    """A socket on a session."""

    def __init__(self, role: Role = "owner", **settings: Any) -> None:
        self.settings = Settings(**settings)
        self.host = FakeHost()
        self.sessions = Sessions(self.settings, self.host, MemoryStore())
        self.socket = FakeSocket()
        self.role = role

    async def run(self, script: Script) -> Close:
        """Talk as the script says; how it ended."""
        created = await self.sessions.create({})
        token = created.owner_token if self.role == "owner" else created.viewer_token
        self.handle = self.sessions.authorise(created.id, token)
        self.subscription = self.handle.subscribe()
        conversation = Live(self.socket, self.handle, self.subscription, self.settings)
        task = asyncio.create_task(conversation.run())
        try:
            await script(self)
            return await asyncio.wait_for(task, 5)
        finally:
            task.cancel()

    def say(self, text: str | None = None, **command: Any) -> None:
        """A message arrives."""
        message = {"bytes": b"\0"} if text is None and not command else {"text": text or json.dumps(command)}
        self.socket.inbox.put_nowait({"type": "websocket.receive", **message})

    def leave(self) -> None:
        """The page is closed."""
        self.socket.inbox.put_nowait({"type": "websocket.disconnect", "code": 1000})

    async def until(self, condition: Callable[[], bool]) -> None:
        """Wait for it, not for ever."""
        async with asyncio.timeout(5):
            while not condition():
                await asyncio.sleep(0.001)

    def refusals(self) -> list[str]:
        """Kinds of problem that were told."""
        refused = [text for text in self.socket.texts if text["type"] == "refused"]
        return [text["problem"]["type"].removeprefix("/problems/") for text in refused]


async def test_a_command_is_carried_out_and_answered() -> None:
    """With its id."""

    async def script(talk: Talk) -> None:
        talk.say(type="pause", id="7")
        await talk.until(lambda: bool(talk.socket.texts))
        talk.leave()

    talk = Talk()
    assert Close(0) == await talk.run(script)

    assert [("pause-done", "7")] == [(text["type"], text["reply_to"]) for text in talk.socket.texts]


async def test_frames_come_after_hello_and_against_credit() -> None:
    """Two, and no third before one of them was drawn."""

    async def script(talk: Talk) -> None:
        await asyncio.sleep(0.05)
        assert [] == talk.socket.frames
        talk.say(type="hello")
        await talk.until(lambda: len(talk.socket.frames) == 2)
        await asyncio.sleep(0.1)
        assert 2 == len(talk.socket.frames)
        talk.say(type="ack", seq=2)
        await talk.until(lambda: len(talk.socket.frames) == 4)
        talk.leave()

    talk = Talk()
    await talk.run(script)

    assert [b"frame 1", b"frame 2", b"frame 3", b"frame 4"] == talk.socket.frames


async def test_a_hidden_page_gets_no_frames() -> None:
    """Until it is seen again."""

    async def script(talk: Talk) -> None:
        talk.say(type="visible", visible=False)
        talk.say(type="hello")
        await asyncio.sleep(0.1)
        assert [] == talk.socket.frames
        talk.say(type="visible", visible=True)
        await talk.until(lambda: len(talk.socket.frames) == 2)
        talk.leave()

    await Talk().run(script)


async def test_ten_messages_that_make_no_sense_are_enough() -> None:
    """Each is refused with a problem, the tenth closes."""

    async def script(talk: Talk) -> None:
        for text in (
            "",
            "[",
            "[]",
            "{}",
            '{"type": 1}',
            '{"type": "fly", "id": "4"}',
            "[" * 60_000,
            '{"type": "step", "x": 1}',
        ):
            talk.say(text or " ")
        talk.say()
        await talk.until(lambda: len(talk.refusals()) == 9)
        talk.say("last")

    talk = Talk()
    assert 4400 == (await talk.run(script)).code

    assert {"invalid-request", "malformed"} == set(talk.refusals())
    assert ("fly", "4") in [(text["command"], text["reply_to"]) for text in talk.socket.texts]


async def test_a_viewer_may_only_look() -> None:
    """What changes something is refused, and asked of nobody."""

    async def script(talk: Talk) -> None:
        for command in ("step", "play", "pause", "reset", "gradcheck"):
            talk.say(type=command)
        talk.say(type="hello")
        talk.say(type="watch")
        await talk.until(lambda: len(talk.host.asked) == 2)
        await talk.until(lambda: len(talk.refusals()) == 5)
        talk.leave()

    talk = Talk("viewer")
    await talk.run(script)

    assert {"forbidden"} == set(talk.refusals())
    assert ["hello", "watch"] == [command["type"] for _, command, _ in talk.host.asked]


async def test_a_refusal_of_the_session_is_told() -> None:
    """As an event that names the command."""

    async def script(talk: Talk) -> None:
        async def refuse(*_: Any) -> dict[str, Any]:
            raise ProblemError("wrong-mode", "pause it first")

        vars(talk.host)["ask"] = refuse
        talk.say(type="step", id="1")
        await talk.until(lambda: bool(talk.refusals()))
        talk.leave()

    talk = Talk()
    await talk.run(script)

    [refused] = talk.socket.texts
    assert ("step", "1", None) == (refused["command"], refused["reply_to"], refused["cursor"])


async def test_a_message_that_is_too_long_closes() -> None:
    """1009."""

    async def script(talk: Talk) -> None:
        talk.say("x" * (64 * 2**10 + 1))

    assert 1009 == (await Talk().run(script)).code


async def test_too_many_messages_close() -> None:
    """4429; acknowledgements that are waited for do not count, others do."""

    async def script(talk: Talk) -> None:
        for seq in range(50):
            talk.say(type="ack", seq=1000 + seq)

    assert 4429 == (await Talk(messages_per_second=1, messages_burst=20).run(script)).code


async def test_too_many_commands_at_once_are_refused() -> None:
    """Those that wait already are carried out all the same."""

    async def script(talk: Talk) -> None:
        async def slow(*_: Any) -> dict[str, Any]:
            await asyncio.sleep(60)
            return {}

        vars(talk.host)["ask"] = slow
        for _ in range(live.MOST_ASKED + 3):
            talk.say(type="pause")
        await talk.until(lambda: len(talk.refusals()) == 3)
        talk.leave()

    talk = Talk()
    await talk.run(script)

    assert {"too-many-requests"} == set(talk.refusals())


async def test_a_page_that_draws_nothing_is_cut_off() -> None:
    """4408, after the time that the settings say."""

    async def script(talk: Talk) -> None:
        talk.say(type="hello")

    assert 4408 == (await Talk(dead_ack_seconds=0.2).run(script)).code


@pytest.mark.parametrize("command", ["hello", "pause"])
async def test_a_page_that_takes_nothing_is_cut_off(command: str) -> None:
    """Neither frames nor events."""

    async def script(talk: Talk) -> None:
        talk.socket.stalled = True
        talk.say(type=command)

    assert 4408 == (await Talk(send_seconds=0.1).run(script)).code


async def test_the_registry_can_end_it() -> None:
    """With its own code, after what was to be told."""

    async def script(talk: Talk) -> None:
        await talk.handle.end()

    talk = Talk()
    assert 4404 == (await talk.run(script)).code

    assert ["expired"] == [text["type"] for text in talk.socket.texts]


async def test_a_frame_that_is_not_there_yet_is_asked_for_again() -> None:
    """While the session is being restored."""

    async def script(talk: Talk) -> None:
        frame, failures = talk.host.frame, [ProblemError("shard-restarted", "soon")]

        async def at_first_not(*arguments: Any) -> bytes:
            if failures:
                raise failures.pop()
            return await frame(*arguments)

        vars(talk.host)["frame"] = at_first_not
        talk.say(type="hello")
        await talk.until(lambda: bool(talk.socket.frames))
        talk.leave()

    await Talk().run(script)


async def test_a_frame_that_cannot_be_made_closes() -> None:
    """1011: it would fail again."""

    async def script(talk: Talk) -> None:
        async def fail(*_: Any) -> bytes:
            raise ProblemError("internal", "no")

        vars(talk.host)["frame"] = fail
        talk.say(type="hello")

    assert 1011 == (await Talk().run(script)).code


@pytest.mark.parametrize(("error", "code"), [(RuntimeError("gone"), 0), (KeyError("bug"), 1011)])
async def test_a_send_that_fails_ends_it(error: Exception, code: int) -> None:
    """A peer that is gone needs no closing; a bug of ours is logged and closes."""

    async def script(talk: Talk) -> None:
        async def fail(_: str) -> None:
            raise error

        vars(talk.socket)["send_text"] = fail
        talk.say(type="pause")

    assert code == (await Talk().run(script)).code
