"""A session in the hand of somebody who may use it: ask it, watch it."""

from typing import TYPE_CHECKING, Any, Literal

from app.protocol.commands import CommandBase
from app.protocol.events import Refused
from app.protocol.problems import ProblemError
from app.sessions.record import Record
from app.sessions.subscription import Subscription
from app.sessions.tokens import Role
from engine.words import ENGLISH, Language

if TYPE_CHECKING:
    from app.sessions.registry import Sessions


class Handle:
    """One session, with the rights of ``role``."""

    def __init__(self, sessions: "Sessions", record: Record, role: Role) -> None:
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

    def refused(self, problem: ProblemError, command: str | None, language: Language = ENGLISH) -> dict[str, Any]:
        """The event that says that a command of this connection was not carried out."""
        document = problem.document(language=language)
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
