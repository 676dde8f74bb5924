"""What one socket is told."""

import asyncio
import json
from typing import Any

from app.sessions.tokens import Role
from engine.words import ENGLISH, Language, in_language


class Subscription:
    """What one socket is told: a small queue of events, never of frames.

    When the queue is full, ``overflowed`` is set and nothing is added any more: who does not read is cut off.
    """

    def __init__(self, connection: str, role: Role, size: int) -> None:
        self.connection = connection
        self.role: Role = role
        self.language: Language = ENGLISH
        self.overflowed = False
        self.ended: tuple[int, str] | None = None
        self._queue: asyncio.Queue[str | None] = asyncio.Queue(size)

    def put(self, event: dict[str, Any], reply_to: str | None = None) -> None:
        """Add an event as JSON text, in the language of this socket."""
        event = in_language(event, self.language)
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
