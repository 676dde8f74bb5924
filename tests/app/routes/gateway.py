"""The whole gateway over the real engine, without processes: sessions are computed where the test runs."""

from collections.abc import Callable
from typing import Any

from fastapi.testclient import TestClient

from app.protocol.commands import COMMANDS
from app.protocol.framing import HEADER, pack, unpack
from app.protocol.problems import ProblemError, not_found, problem_of
from app.shards import engine_port
from app.shards.queries import QUERIES
from app.shards.session import Session
from app.store.base import Checkpoint

#: Enough for any step that a test takes.
SECONDS = 60.0


class InProcessHost:
    """A shard host that computes at once. What it answers has been MessagePack, as between processes."""

    def __init__(self, limits: dict[str, float]) -> None:
        self.limits = limits
        self.sessions: dict[str, Session] = {}

    def listen(self, listener: Any) -> None:
        """Nobody listens: these tests have no sockets."""

    async def start(self) -> None:
        """Nothing to start."""

    async def stop(self) -> None:
        """Nothing to stop."""

    def holds(self, session_id: str) -> bool:
        """Whether it was opened."""
        return session_id in self.sessions

    async def open(
        self,
        session_id: str,
        *,
        spec: dict[str, Any] | None = None,
        parameters: dict[str, Any] | None = None,
        training: dict[str, Any] | None = None,
        checkpoint: Checkpoint | None = None,
        paused: bool = False,
    ) -> dict[str, Any]:
        """Open a session."""

        def build() -> dict[str, Any]:
            if checkpoint:
                trainer = engine_port.restore_cursor(checkpoint.head, checkpoint.tensors, self.limits)
            else:
                trainer = engine_port.open_cursor(spec or {}, parameters, self.limits, training)
            self.sessions[session_id] = Session(session_id, trainer, engine_port.describe)
            return self.sessions[session_id].snapshot()

        return _over_the_wire(build)

    async def ask(self, session_id: str, command: dict[str, Any], connection: str | None) -> dict[str, Any]:
        """Carry out a command to its end."""
        session = self.sessions.get(session_id)
        if session is None:
            raise not_found()
        return _over_the_wire(lambda: _carried_out(session, command))

    async def frame(self, session_id: str, connection: str, seq: int) -> bytes:
        """Nobody asks: these tests have no sockets."""
        raise AssertionError("a frame was asked for without a socket")

    def pause(self, session_id: str, reason: str, detail: str) -> None:
        """Stop its run."""
        self.sessions[session_id].pause(reason, detail)

    def leave(self, session_id: str, connection: str) -> None:
        """No connections here."""

    async def close(self, session_id: str) -> None:
        """End it."""
        self.sessions.pop(session_id, None)


def _carried_out(session: Session, command: dict[str, Any]) -> dict[str, Any]:
    told = COMMANDS.validate_python(unpack(pack(command)[HEADER.size :]))
    query = QUERIES.get(type(told))
    if query is not None:
        return query(session, told)
    outcome = session.handle(told)
    while outcome is None:
        outcome = next(iter(session.advance(SECONDS, lambda: 0.0)), None)
    return outcome.answer


def _over_the_wire(work: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """The answer as bytes and back; an error as its problem."""
    try:
        return unpack(pack(work())[HEADER.size :])
    except Exception as error:
        problem = problem_of(error)
        if problem.kind == "internal":
            raise
        raise ProblemError.from_data(problem.as_data()) from error


class Api:
    """One session, asked with one token."""

    def __init__(self, http: TestClient, about: dict[str, Any]) -> None:
        self.http = http
        self.about = about
        self.path = f"/api/v1/sessions/{about['id']}"
        self.headers = {"Authorization": f"Bearer {about['owner_token']}"}

    def __call__(self, method: str, path: str = "", body: Any = None, **options: Any) -> Any:
        """The response."""
        headers = self.headers | options.pop("headers", {})
        return self.http.request(method, self.path + path, json=body, headers=headers, **options)

    def get(self, path: str = "", **options: Any) -> Any:
        """The answer's JSON, which must be good."""
        return self("GET", path, **options).raise_for_status().json()

    def post(self, path: str, body: Any = None) -> Any:
        """The answer's JSON, which must be good."""
        return self("POST", path, body).raise_for_status().json()

    def everything(self) -> Any:
        """All that a refused request must not change."""
        return self.get(), self.get("/parameters"), self.get("/history")


Create = Callable[..., Api]
