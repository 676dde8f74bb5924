"""What the Python client says and hears: requests as HTTP has them, answers, problems, and the messages of the stream.

Knows no connection; ``app.client`` has those. Imports nothing of the server.
"""

import json
from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar
from urllib.parse import quote, urlsplit

import httpx
import msgpack
import numpy as np

MSGPACK = "application/msgpack"
API = "/api/v1"
MAX_FRAME_BYTES = 2**20

#: What a method of the client returns: the answer, or something to await for it.
T = TypeVar("T")
Index = tuple[int, ...]


class DeltaflowError(Exception):
    """The server refused, and says why.

    Args:
        problem: the RFC 9457 problem document.
    """

    def __init__(self, problem: dict[str, Any]) -> None:
        super().__init__(problem.get("detail") or problem.get("title") or "the server refused")
        self.problem = problem
        self.status: int = problem.get("status", 0)
        self.errors: list[dict[str, Any]] = problem.get("errors", [])


class Answer(dict[str, Any]):
    """A map whose keys are attributes too: ``answer.text`` is ``answer["text"]``."""

    def __getattr__(self, name: str) -> Any:
        try:
            return self[name]
        except KeyError:
            raise AttributeError(f"this answer has no {name!r}; it has {', '.join(self)}") from None


# --------------------------------------------------------------------------------------------------------- requests


@dataclass(frozen=True)
class Call:
    """One request."""

    method: str
    path: str
    body: Any = None
    params: dict[str, Any] = field(default_factory=dict)

    def arguments(self, token: str | None = None) -> dict[str, Any]:
        """What httpx's ``request`` takes."""
        headers = {"Accept": MSGPACK} | ({"Authorization": f"Bearer {token}"} if token else {})
        is_file = isinstance(self.body, bytes)
        body = self.body if is_file or self.body is None else json.dumps(self.body, default=_as_list)
        kind = "application/octet-stream" if is_file else "application/json"
        typed = {"Content-Type": kind} if body is not None else {}
        return {
            "method": self.method,
            "url": API + self.path,
            "content": body,
            "params": without_none(**self.params),
            "headers": headers | typed,
        }


def _as_list(value: Any) -> Any:
    """Numpy's arrays and numbers as JSON."""
    if isinstance(value, np.ndarray | np.generic):
        return value.tolist()
    raise TypeError(f"cannot send a {type(value).__name__}")


def without_none(**fields: Any) -> dict[str, Any]:
    """Leave out what was not said."""
    return {name: value for name, value in fields.items() if value is not None}


def create_call(spec: Any, preset: str | None, share: str | None) -> Call:
    """Open a session."""
    return Call("POST", "/sessions", without_none(spec=spec, preset=preset, share=share))


def import_call(exported: Any) -> Call:
    """Open a session from what was exported: the map of json, or the bytes of safetensors (or of json)."""
    if isinstance(exported, bytes) and not exported.lstrip().startswith(b"{"):
        return Call("POST", "/sessions", exported)
    return Call("POST", "/sessions", json.loads(exported) if isinstance(exported, bytes | str) else exported)


def table_call(csv: str | bytes, reading: dict[str, Any]) -> Call:
    """Keep a table and read it; bytes that are no UTF-8 are taken for Windows's Western letters."""
    return Call("POST", "/tables", without_none(csv=csv if isinstance(csv, str) else _decoded(csv), reading=reading))


def _decoded(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def session_call(session_id: str, method: str, path: str = "", body: Any = None, **params: Any) -> Call:
    """Something about one session; ``path`` follows its id."""
    return Call(method, f"/sessions/{quote(session_id, safe='')}{path}", body, params)


class Asks(ABC, Generic[T]):
    """What the parts of a session's client have in common: they ask the server about one session."""

    @abstractmethod
    def _ask(self, method: str, path: str = "", body: Any = None, **params: Any) -> T:
        """Send a request about this session, and read its answer."""


def path_part(name: str) -> str:
    """A name as one part of a path."""
    return quote(name, safe="")


def index_text(index: Index) -> str | None:
    """``(0, 2)`` as "0,2"; nothing for all of it."""
    return ",".join(map(str, index)) or None


# ---------------------------------------------------------------------------------------------------------- answers


def read(value: Any) -> Any:
    """Maps as answers, ``{dtype, shape, data}`` as arrays; a frame's keep what stands beside them (range, summary)."""
    if isinstance(value, dict):
        if {"dtype", "shape", "data"} <= value.keys() and isinstance(value["data"], bytes):
            array = np.frombuffer(value["data"], value["dtype"]).reshape(value["shape"])
            return array if len(value) == len(("dtype", "shape", "data")) else Answer({**value, "data": array})
        return Answer({key: read(item) for key, item in value.items()})
    return [read(item) for item in value] if isinstance(value, list) else value


def read_response(response: httpx.Response) -> Any:
    """The answer.

    Raises:
        DeltaflowError: it is a refusal.
    """
    if response.is_error:
        raise DeltaflowError(_problem(response))
    kind = response.headers.get("content-type", "")
    if kind.startswith(MSGPACK):
        return read(msgpack.unpackb(response.content))
    if kind.startswith("application/json"):
        return read(response.json())
    return response.content or None  # a file; or nothing, when something was ended


def _problem(response: httpx.Response) -> dict[str, Any]:
    try:
        problem = response.json()
    except ValueError:
        problem = None
    if isinstance(problem, dict):
        return problem
    return {"title": f"HTTP {response.status_code}", "status": response.status_code}


# ----------------------------------------------------------------------------------------------------------- stream


def stream_address(base_url: httpx.URL, session_id: str) -> str:
    """Where the session's WebSocket is."""
    parts = urlsplit(str(base_url))
    scheme = "wss" if parts.scheme == "https" else "ws"
    return f"{scheme}://{parts.netloc}{parts.path.rstrip('/')}{API}/sessions/{quote(session_id, safe='')}/stream"


def stream_options(token: str, language: str) -> dict[str, Any]:
    """What websockets' ``connect`` takes."""
    return {
        "additional_headers": {"Authorization": f"Bearer {token}", "Accept-Language": language},
        "subprotocols": ["deltaflow.v1"],
        "max_size": MAX_FRAME_BYTES,
        "compression": None,
    }


def opening(watch: dict[str, Any]) -> list[str]:
    """What is said first: hello, and what the frames shall carry."""
    return [json.dumps({"type": "hello"}), json.dumps({"type": "watch", **watch})]


def read_message(data: str | bytes) -> Answer:
    """An event (JSON) or a frame (MessagePack)."""
    message: Answer = read(msgpack.unpackb(data) if isinstance(data, bytes) else json.loads(data))
    return message


def ack(message: Answer) -> str | None:
    """The word that a frame has been used, so that the next may come; nothing after an event."""
    return json.dumps({"type": "ack", "seq": message["seq"]}) if message["type"] == "frame" else None
