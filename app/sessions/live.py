"""One socket of one session: four tasks, none of which can make another wait for ever.

``read`` hears the page, ``tell`` sends it events, ``show`` sends it frames against credit, ``watch`` looks at the
clock. The first that ends decides how the socket is closed.
"""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, NamedTuple, Protocol

from pydantic import ValidationError

from app.protocol import commands as c
from app.protocol import strict_json
from app.protocol.problems import ProblemError, problem_of
from app.security.rates import Bucket
from app.sessions.credit import Credit
from app.sessions.handle import Handle
from app.sessions.subscription import Subscription
from app.settings import Settings
from engine.words import say

log = logging.getLogger(__name__)

RETRY_SECONDS = 0.2
WATCH_SECONDS = 0.5
MOST_ASKED = 64


class Socket(Protocol):
    """What is needed of Starlette's WebSocket."""

    async def receive(self) -> Mapping[str, Any]:
        """The next ASGI message."""

    async def send_text(self, data: str) -> None:
        """Send JSON."""

    async def send_bytes(self, data: bytes) -> None:
        """Send a frame."""


class Close(NamedTuple):
    """How to close; code 0: the peer has closed already."""

    code: int
    reason: str = ""


GONE = Close(0)


class Live:
    """The conversation.

    Args:
        socket: accepted already.
        handle: the session, with the rights of who speaks.
        subscription: what the session tells.
        settings: limits and times.
        clock: seconds.
    """

    def __init__(
        self,
        socket: Socket,
        handle: Handle,
        subscription: Subscription,
        settings: Settings,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._socket = socket
        self._handle = handle
        self._subscription = subscription
        self._settings = settings
        self._clock = clock
        self._credit = Credit(settings.frames_in_flight, 1 / settings.frames_per_second, settings.slow_ack_seconds)
        self._bucket = Bucket(settings.messages_per_second, settings.messages_burst, clock)
        self._sending = asyncio.Lock()
        self._asked: set[asyncio.Task[None]] = set()
        self._errors = 0

    async def run(self) -> Close:
        """Talk until one side has had enough; returns how to close."""
        tasks = [asyncio.create_task(work) for work in (self._read(), self._tell(), self._show(), self._watch())]
        try:
            done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in (*tasks, *self._asked):
                task.cancel()
            await asyncio.gather(*tasks, *self._asked, return_exceptions=True)
        return _verdict(done)

    # ----------------------------------------------------------------------------------------------------- inbound

    async def _read(self) -> Close:
        while True:
            message = await self._socket.receive()
            if message["type"] == "websocket.disconnect":
                return GONE
            text = message.get("text")
            if text is not None and len(text) > self._settings.max_message_bytes:
                return Close(1009, f"at most {self._settings.max_message_bytes:,} bytes in a message")
            try:
                counts = self._hear(text)
            except (ProblemError, ValidationError) as error:
                counts = True
                self._errors += 1
                self._refuse(problem_of(error), _type_of(text), _id_of(text))
                if self._errors >= self._settings.max_errors:
                    return Close(4400, "too many messages that make no sense")
            if counts and not self._bucket.take():
                return Close(4429, "too many messages; retry after 5 s")

    def _hear(self, text: str | None) -> bool:
        """Take one message; whether it counts: acknowledgements that are waited for are as many as our frames."""
        if text is None:
            raise ProblemError("malformed", say("commands are JSON text; bytes came"))
        command = c.parse_command(text)
        if isinstance(command, c.Ack):
            return not self._credit.ack(command.seq, self._clock())
        if isinstance(command, c.Watch | c.Hello):
            command = self._in_its_language(command)
        if isinstance(command, c.Visible):
            self._credit.show(command.visible, self._clock())
        elif self._handle.role != "owner" and not isinstance(command, c.VIEWER_COMMANDS):
            self._refuse(ProblemError("forbidden", say("a viewer may only look")), command.type, command.id)
        elif len(self._asked) >= MOST_ASKED:
            self._refuse(ProblemError("too-many-requests", say("too many commands wait")), command.type, command.id)
        else:
            self._ask(command)
        return True

    def _in_its_language(self, command: c.Watch | c.Hello) -> c.Watch | c.Hello:
        """From now on the language that is asked for; where none is, the one that was."""
        self._subscription.language = command.language or self._subscription.language
        return command.model_copy(update={"language": self._subscription.language})

    def _ask(self, command: c.StreamCommand) -> None:
        task = asyncio.create_task(self._carry_out(command))
        self._asked.add(task)
        task.add_done_callback(self._asked.discard)
        if isinstance(command, c.Hello):
            self._credit.greet()

    async def _carry_out(self, command: c.StreamCommand) -> None:
        """The answer comes as an event, by the subscription; only a refusal has to be told here."""
        try:
            await self._handle.ask(command, connection=self._subscription.connection)
        except ProblemError as problem:
            self._refuse(problem, command.type, command.id)

    def _refuse(self, problem: ProblemError, command: str | None, command_id: str | None) -> None:
        language = self._subscription.language
        self._subscription.put(self._handle.refused(problem, command, language), command_id)

    # ---------------------------------------------------------------------------------------------------- outbound

    async def _tell(self) -> Close:
        while (text := await self._subscription.get()) is not None:
            if not await self._send(self._socket.send_text(text)):
                return Close(4408, "events are not being read")
        return Close(*(self._subscription.ended or (1011, "")))

    async def _show(self) -> Close:
        seq = 0
        while True:
            await self._credit.free()
            started = self._clock()
            seq += 1
            try:
                frame = await self._handle.frame(self._subscription.connection, seq)
            except ProblemError as problem:
                if problem.kind == "internal":
                    log.error("a frame could not be made: %s", problem)
                    return Close(1011, "a frame could not be made")
                await asyncio.sleep(RETRY_SECONDS)
                continue
            await self._credit.free()
            self._credit.sent(seq, self._clock())
            if not await self._send(self._socket.send_bytes(frame)):
                return Close(4408, "frames are not being read")
            await asyncio.sleep(max(0.0, started + self._credit.interval() - self._clock()))

    async def _send(self, sending: Awaitable[None]) -> bool:
        """Whether it could be sent in time."""
        async with self._sending:
            try:
                async with asyncio.timeout(self._settings.send_seconds):
                    await sending
            except TimeoutError:
                return False
        return True

    async def _watch(self) -> Close:
        while self._credit.waiting(self._clock()) <= self._settings.dead_ack_seconds:
            await asyncio.sleep(WATCH_SECONDS)
        return Close(4408, "frames are not being drawn")


def _verdict(done: set[asyncio.Task[Close]]) -> Close:
    """How the first that ended wants to close; whoever finds the peer gone has nothing to close."""
    for task in done:
        error = task.exception()
        if error is None:
            return task.result()
        if type(error).__name__ not in {"WebSocketDisconnect", "ClientDisconnected", "RuntimeError"}:
            log.error("a socket's task failed", exc_info=error)
            return Close(1011, "something unexpected happened")
    return GONE


def _field(text: str | None, name: str) -> str | None:
    """A field of a message that could not be read as a command."""
    try:
        value = strict_json.read(text or "")[name]
    except (ValueError, TypeError, KeyError, IndexError):
        return None
    return value[:64] if isinstance(value, str) else None


def _type_of(text: str | None) -> str | None:
    return _field(text, "type")


def _id_of(text: str | None) -> str | None:
    return _field(text, "id")
