"""A session in the hand of somebody who may use it: ask it, watch it."""

import asyncio
import json
from typing import TYPE_CHECKING, Any, Literal

from app.protocol.commands import CommandBase
from app.protocol.events import Refused
from app.protocol.problems import ProblemError
from app.sessions.tokens import Role

if TYPE_CHECKING:
    from app.sessions.registry import Record, Sessions


class Subscription:
    """What one socket is told: a small queue of events, never of frames.

    When the queue is full, ``overflowed`` is set and nothing is added any more: who does not read is cut off.
    """

    def __init__(self, connection: str, role: Role, size: int) -> None:
        self.connection = connection
        self.role: Role = role
        self.overflowed = False
        self.ended: tuple[int, str] | None = None
        self._queue: asyncio.Queue[str | None] = asyncio.Queue(size)

    def put(self, event: dict[str, Any], reply_to: str | None = None) -> None:
        """Add an event as JSON text."""
        text = json.dumps(event | {"reply_to": reply_to} if reply_to else event, separators=(",", ":"), allow_nan=False)
        try:
            self._queue.put_nowait(text)
        except asyncio.QueueFull:
            self.overflowed = True
            self.end(4408, "events are not being read")

    def end(self, code: int, reason: str) -> None:
        """Ask the socket to close, after what is in the queue."""
        if self.ended is None:
            self.ended = (code, reason)
            if not self._queue.full():
                self._queue.put_nowait(None)

    async def get(self) -> str | None:
        """The next event; None when the socket is to be closed (``ended`` says how)."""
        if self.ended and (self.overflowed or self._queue.empty()):
            return None
        return await self._queue.get()


class Handle:
    """One session, with the rights of ``role``."""

    def __init__(self, sessions: "Sessions", record: "Record", role: Role) -> None:
        self.id = record.id
        self.role: Role = role
        self._sessions = sessions
        self._record = record

    @property
    def spec(self) -> dict[str, Any]:
        """The spec as it was when the session was created or last edited."""
        return self._record.spec

    async def ask(self, command: CommandBase, *, connection: str | None = None) -> dict[str, Any]:
        """Have the session carry out a command, and return its answer as plain data.

        For a command that changes the session the answer is the event that everybody is told (``stepped``, …), for
        ``Hello`` the snapshot, for a question its answer. Arrays are ``{dtype, shape, data: bytes}``: see
        ``app.protocol.arrays.plain`` for JSON.

        Raises:
            ProblemError: everything that can go wrong, with its status.
        """
        return await self._sessions.ask(self._record, command, connection)

    async def frame(self, connection: str, seq: int) -> bytes:
        """The next frame for this connection, as MessagePack; waits until there is something new to show."""
        return await self._sessions.frame(self._record, connection, seq)

    def refused(self, problem: ProblemError, command: str | None) -> dict[str, Any]:
        """The event that says that a command of this connection was not carried out."""
        document = problem.document()
        mode = self._record.mode
        return Refused(session=self.id, mode=mode, command=command, problem=document).model_dump(mode="json")

    def subscribe(self) -> Subscription:
        """Be told what happens; ``unsubscribe`` when the socket closes.

        Raises:
            ProblemError: too-many-requests, when the session has too many sockets.
        """
        return self._sessions.subscribe(self._record, self.role)

    def unsubscribe(self, subscription: Subscription) -> None:
        """Be told no more."""
        self._sessions.unsubscribe(self._record, subscription)

    def ticket(self) -> str:
        """A single-use ticket for a WebSocket with the rights of this handle."""
        return self._sessions.ticket(self)

    async def end(self, reason: Literal["idle", "deleted"] = "deleted") -> None:
        """End the session for good."""
        await self._sessions.end(self._record, reason)
