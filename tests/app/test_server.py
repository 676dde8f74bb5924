"""A really started server: who gets in, what survives, how it ends."""

import json
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import httpx
import msgpack
import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import ClientConnection, connect

from benchmarks.server import started

SPEC = {
    "dataset": {"name": "xor", "size": 40},
    "layers": [
        {"type": "dense", "id": "hidden1", "units": 4, "activation": "tanh"},
        {"type": "dense", "id": "output", "units": 1, "activation": "sigmoid"},
    ],
    "loss": "binary_cross_entropy",
}


class Server:
    """One that runs, and what one does with it."""

    def __init__(self, base: str, process: subprocess.Popen[str]) -> None:
        self.base = base
        self.process = process

    def create(self, **body: Any) -> dict[str, Any]:
        """A new session."""
        response = httpx.post(f"{self.base}/api/v1/sessions", json=body or {"spec": SPEC}, timeout=30)
        assert 201 == response.status_code, response.text
        return dict(response.json())

    def ticket(self, session: dict[str, Any], role: str = "owner") -> str:
        """For a WebSocket."""
        response = httpx.post(f"{self.base}/api/v1/sessions/{session['id']}/ticket", headers=bearer(session, role))
        return str(response.json()["ticket"])

    def connect(
        self, session: dict[str, Any], headers: dict[str, str] | None = None, **options: Any
    ) -> ClientConnection:
        """A WebSocket on it, with the owner's token if nothing else is said."""
        url = f"{self.base.replace('http', 'ws', 1)}/api/v1/sessions/{session['id']}/stream"
        headers = bearer(session) if headers is None else headers
        made: ClientConnection = connect(url, additional_headers=headers, compression=None, proxy=None, **options)
        return made

    def shards(self) -> list[int]:
        """Their process ids."""
        return [
            int(pid) for pid in Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        ]

    def memory(self) -> int:
        """Resident bytes of the gateway."""
        return int(Path(f"/proc/{self.process.pid}/statm").read_text().split()[1]) * 4096


def bearer(session: dict[str, Any], role: str = "owner") -> dict[str, str]:
    """The header with its token."""
    return {"Authorization": f"Bearer {session[f'{role}_token']}"}


def say(connection: ClientConnection, **command: Any) -> None:
    """Send a command."""
    connection.send(json.dumps(command))


def hear(connection: ClientConnection, event_type: str, seconds: float = 20) -> dict[str, Any]:
    """The next event of this type, or frame; every frame on the way is acknowledged."""
    end = time.monotonic() + seconds
    while True:
        message = connection.recv(timeout=max(0.0, end - time.monotonic()))
        said: dict[str, Any] = json.loads(message) if isinstance(message, str) else msgpack.unpackb(message)
        if said["type"] == "frame":
            say(connection, type="ack", seq=said["seq"])
        if said["type"] == event_type:
            return said


def close_code(connection: ClientConnection, seconds: float = 20) -> int:
    """How the server closes, whatever it says before."""
    with pytest.raises(ConnectionClosed) as closed:
        hear(connection, "nothing", seconds)
    assert closed.value.rcvd
    return closed.value.rcvd.code


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    """One for all tests that leave it as it was."""
    with started("--shards", "1") as (base, process):
        yield Server(base, process)


def test_step_and_see_it(server: Server) -> None:
    """hello, snapshot, step, stepped, and a frame that shows what was computed."""
    with server.connect(server.create()) as connection:
        say(connection, type="hello", id="1")
        snapshot = hear(connection, "snapshot")
        assert ("1", "owner", 17) == tuple(snapshot[name] for name in ("reply_to", "role", "parameter_count"))
        hear(connection, "frame")

        say(connection, type="step", count=3, id="2")
        stepped, frame = hear(connection, "stepped"), hear(connection, "frame")

    assert ("2", 3) == (stepped["reply_to"], stepped["cursor"]["op"])
    assert frame["tensors"]["hidden1.a"]["data"] is not None
    assert frame["tensors"]["output.a"]["data"] is None


def test_two_people_see_the_same(server: Server) -> None:
    """What the owner does is told to the viewer, who may not do it."""
    session = server.create()
    with server.connect(session) as owner, server.connect(session, bearer(session, "viewer")) as viewer:
        for connection in (owner, viewer):
            say(connection, type="hello")
            hear(connection, "snapshot")
        say(viewer, type="step")
        assert "/problems/forbidden" == hear(viewer, "refused")["problem"]["type"]

        say(owner, type="play", rate=5)

        assert ["playing", "playing"] == [hear(connection, "played")["mode"] for connection in (owner, viewer)]
        httpx.post(f"{server.base}/api/v1/sessions/{session['id']}/pause", headers=bearer(session))
        assert "user" == hear(viewer, "paused")["reason"]


def credentials(server: Server, kind: str, mine: dict[str, Any], other: dict[str, Any]) -> dict[str, Any]:
    """What one may come with, as arguments of connect."""
    if kind == "a used ticket":
        ticket = server.ticket(mine)
        with server.connect(mine, {}, subprotocols=["deltaflow.v1", f"ticket.{ticket}"]):
            pass
        return {"headers": {}, "subprotocols": ["deltaflow.v1", f"ticket.{ticket}"]}
    tickets = {"a ticket": lambda: server.ticket(mine), "another's ticket": lambda: server.ticket(other)}
    if kind in tickets:
        return {"headers": {}, "subprotocols": ["deltaflow.v1", f"ticket.{tickets[kind]()}"]}
    headers = {
        "nothing": {},
        "a token": bearer(mine),
        "a viewer's token": bearer(mine, "viewer"),
        "a wrong token": {"Authorization": "Bearer wrong"},
        "another's token": bearer(other),
        "a basic password": {"Authorization": "Basic dTpw"},
    }
    return {"headers": headers[kind]}


CREDENTIALS = {
    "a token": 101,
    "a viewer's token": 101,
    "a ticket": 101,
    "nothing": 401,
    "a basic password": 401,
    "a used ticket": 401,
    "another's ticket": 401,
    "a wrong token": 404,
    "another's token": 404,
}
ORIGINS = {"same": 101, "missing": 101, "evil": 403, "suffix": 403, "null": 403}


@pytest.mark.parametrize(("kind", "expected"), CREDENTIALS.items())
@pytest.mark.parametrize(("origin", "allowed"), ORIGINS.items())
def test_who_gets_in(server: Server, kind: str, expected: int, origin: str, allowed: int) -> None:
    """Every credential from every origin: refused before anything is accepted, as HTTP, with a problem document."""
    mine, other = server.create(), server.create()
    values = {
        "same": server.base,
        "missing": None,
        "evil": "http://evil.example",
        "suffix": f"{server.base}.evil.example",
        "null": "null",
    }
    status = 101
    try:
        with server.connect(mine, **credentials(server, kind, mine, other), origin=values[origin]):
            pass
    except InvalidStatus as refusal:
        status = refusal.response.status_code
        document = json.loads(refusal.response.body or b"{}")
        told = (document["status"], refusal.response.headers["Content-Type"])
        if told != (status, "application/problem+json"):
            status = 0

    assert (expected if allowed == 101 else 403) == status


def test_a_browsers_subprotocol_is_chosen(server: Server) -> None:
    """Never the ticket, which would be told to everybody who reads along."""
    session = server.create()

    with server.connect(session, {}, subprotocols=["deltaflow.v1", f"ticket.{server.ticket(session)}"]) as connection:
        assert "deltaflow.v1" == connection.subprotocol


def test_it_lives(server: Server) -> None:
    """Health, and what kinds of problem mean."""
    health = httpx.get(f"{server.base}/healthz").json()
    kind = httpx.get(f"{server.base}/problems/not-found").json()

    assert ("ok", 1) == (health["status"], health["shards"])
    assert 404 == kind["status"]
    assert 404 == httpx.get(f"{server.base}/problems/nonsense").status_code


def test_an_ended_session_closes_its_sockets(server: Server) -> None:
    """expired, then 4404."""
    session = server.create()
    with server.connect(session) as connection:
        httpx.delete(f"{server.base}/api/v1/sessions/{session['id']}", headers=bearer(session))
        assert "deleted" == hear(connection, "expired")["reason"]
        assert 4404 == close_code(connection)


def test_a_killed_shard_is_replaced_while_people_look_on(server: Server) -> None:
    """The session says why, stands where it stood, and goes on; so does another one that nobody looked at."""
    session, other = server.create(), server.create()
    with server.connect(session) as connection:
        say(connection, type="hello")
        say(connection, type="watch", gradients=False)
        say(connection, type="step", unit="batch", count=7)
        hear(connection, "stepped")
        time.sleep(1)
        [shard] = server.shards()

        subprocess.run(["kill", "-9", str(shard)], check=True)

        restored = hear(connection, "restored")
        assert (7, "its process was killed, perhaps for want of memory") == (
            restored["cursor"]["step"],
            restored["reason"],
        )
        frame = hear(connection, "frame")
        assert "hidden1.W:gradient" not in frame["tensors"]
        say(connection, type="step", unit="batch")
        assert 8 == hear(connection, "stepped")["cursor"]["step"]
    state = httpx.get(f"{server.base}/api/v1/sessions/{other['id']}", headers=bearer(other))
    assert (200, 0) == (state.status_code, state.json()["cursor"]["step"])


def test_sigterm_ends_it_soon_and_sessions_come_back(tmp_path: Path) -> None:
    """Sockets get 1012, checkpoints are written, shards are gone; afterwards the same tokens open the same step."""
    database = ("--database", str(tmp_path / "store.sqlite3"), "--shards", "1")
    with started(*database) as (base, process), ExitStack() as sockets:
        server = Server(base, process)
        session = server.create()
        connections = [sockets.enter_context(server.connect(session)) for _ in range(20)]
        say(connections[0], type="step", unit="batch", count=9)
        hear(connections[0], "stepped")
        shards = server.shards()

        start = time.monotonic()
        process.send_signal(signal.SIGTERM)
        assert {1012} == {close_code(connection) for connection in connections}
        process.wait(10)

        assert time.monotonic() - start < 5
        assert not [pid for pid in shards if Path(f"/proc/{pid}").exists()]
    with started(*database) as (base, process):
        state = httpx.get(f"{base}/api/v1/sessions/{session['id']}", headers=bearer(session), timeout=20)
        assert 9 == state.json()["cursor"]["step"]
