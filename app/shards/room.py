"""A session as its shard holds it: the machine, who waits for it, who looks at it, and what was saved of it."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from app.protocol import commands as c
from app.protocol import events as e
from app.protocol.problems import ProblemError, not_found, problem_of
from app.shards.data import json_data
from app.shards.frames import Viewer
from app.shards.outcome import Outcome
from app.shards.queries import QUERIES
from app.shards.session import Session
from engine.words import say

MOST_WAITING = 64


@dataclass(frozen=True)
class Request:
    """A command and who waits for its answer."""

    number: int
    command: c.CommandBase
    connection: str | None


@dataclass
class Saved:
    """What was saved last."""

    version: int = -1
    step: int = 0
    at: float = 0.0
    cost: float = 0.0


#: What a question over a WebSocket is answered with.
TOLD: dict[type[c.CommandBase], tuple[type[e.EventBase], str]] = {
    c.Explain: (e.Explained, "explanation"),
}


class Room:
    """One session in its shard.

    Args:
        session: the state machine.
        viewer: makes what is kept for each connection.
        send: sends a message to the gateway.
    """

    def __init__(
        self, session: Session, *, viewer: Callable[[Session], Viewer], send: Callable[[dict[str, Any]], None]
    ) -> None:
        self.session = session
        self.saved = Saved()
        self._viewer = viewer
        self._send = send
        self._inbox: deque[Request] = deque()
        self._walking: Request | None = None
        self._viewers: dict[str, Viewer] = {}
        self._wanted: dict[str, tuple[int, int]] = {}

    # --------------------------------------------------------------------------------------------------- commands

    def receive(self, request: Request) -> None:
        """Carry out a command, or let it wait until the step command before it is done."""
        if isinstance(request.command, c.Pause) and self.session.busy:
            self.tell(self.session.interrupt())
        if len(self._inbox) >= MOST_WAITING:
            self._fail(request, ProblemError("too-many-requests", say("too many commands wait for this session")))
            return
        self._inbox.append(request)
        self.go_on()

    def go_on(self) -> None:
        """Carry out what waits, as far as that is possible now."""
        while self._inbox and not self.session.busy:
            request = self._inbox.popleft()
            try:
                outcome = self._carry_out(request)
            except Exception as error:
                self._fail(request, error)
                continue
            if outcome is None:
                self._walking = request
            else:
                self._answer(request, outcome)

    def _carry_out(self, request: Request) -> Outcome | None:
        command = request.command
        if isinstance(command, c.Hello):
            self._viewer_of(request.connection).start_anew()
            return Outcome([self.session.snapshot()], private=True)
        if isinstance(command, c.Watch):
            if command.example is not None:
                self.session.trainer.follow(command.example)  # or there is no such example, and nothing changes
            self._viewer_of(request.connection).look_at(command)
            watch = command.model_dump(mode="json", exclude={"id", "type"})
            return Outcome([self.session.event(e.Watched, watch=watch)], private=True)
        if isinstance(command, c.Explain) and command.language is None and request.connection:
            command = command.model_copy(update={"language": self._viewer_of(request.connection).language})
        question = QUERIES.get(type(command))
        if question is None:
            return self.session.handle(command)
        result = question(self.session, command)
        told = TOLD.get(type(command))
        events = [self.session.event(told[0], **{told[1]: json_data(result)})] if told and request.connection else []
        return Outcome(events, result=result, private=True)

    def advance(self, budget: float, timer: Callable[[], float]) -> None:
        """Compute for about this many seconds."""
        try:
            outcomes = self.session.advance(budget, timer)
        except Exception as error:
            outcomes = self.session.give_up()
            if self._walking:
                self._fail(self._walking, error)
                self._walking = None
        self.tell(outcomes)
        self.go_on()

    def tell(self, outcomes: list[Outcome]) -> None:
        """Pass on what time has brought about; the first may be the answer to a step command."""
        for outcome in outcomes:
            request, self._walking = self._walking, None
            if request:
                self._answer(request, outcome)
            else:
                self._send({"session": self.session.id, "events": outcome.events})

    def drop(self, number: int) -> None:
        """Nobody waits for this answer any more: what has not begun never will, a step command ends where it stands."""
        self._inbox = deque(request for request in self._inbox if request.number != number)
        if self._walking and self._walking.number == number:
            self.tell(self.session.interrupt())
            self.session.abandon()  # a question; a walk has ended where it stands
            self._walking = None
            self.go_on()

    def end(self) -> None:
        """The session is over: who still waits for an answer is told."""
        for request in (self._walking, *self._inbox):
            if request:
                self._fail(request, not_found())

    def _answer(self, request: Request, outcome: Outcome) -> None:
        self._send(
            {
                "n": request.number,
                "session": self.session.id,
                "result": outcome.answer,
                "events": outcome.events,
                "private": outcome.private,
                "connection": request.connection,
                "reply_to": request.command.id,
            }
        )

    def _fail(self, request: Request, error: Exception) -> None:
        self._send({"n": request.number, "error": problem_of(error).as_data()})

    # ----------------------------------------------------------------------------------------------------- frames

    def want_frame(self, number: int, connection: str, seq: int) -> None:
        """This connection is ready for a frame."""
        self._wanted[connection] = (number, seq)

    def send_frames(self) -> None:
        """Frames for those who want one and have not seen this state yet."""
        for connection, (number, seq) in list(self._wanted.items()):
            viewer = self._viewer_of(connection)
            if viewer.has_news():
                del self._wanted[connection]
                try:
                    self._send({"n": number, "frame": viewer.frame(seq)})
                except Exception as error:
                    self._send({"n": number, "error": problem_of(error).as_data()})

    def leave(self, connection: str) -> None:
        """This connection is gone."""
        self._viewers.pop(connection, None)
        self._wanted.pop(connection, None)

    def _viewer_of(self, connection: str | None) -> Viewer:
        name = connection or ""
        if name not in self._viewers:
            self._viewers[name] = self._viewer(self.session)
        return self._viewers[name]
