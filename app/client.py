"""The Python client: drive the very session that a browser shows.

``Deltaflow`` and ``Session`` are synchronous, ``AsyncDeltaflow`` and ``AsyncSession`` the same with ``await``. Answers
are maps whose keys are attributes too; arrays in them are numpy arrays. Imports nothing of the server.
"""

import json
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from typing import Any, Self
from urllib.parse import urlsplit

import httpx
import msgpack
import numpy as np
import websockets.asyncio.client
import websockets.sync.client

MSGPACK = "application/msgpack"
API = "/api/v1"
MAX_FRAME_BYTES = 2**20


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


@dataclass(frozen=True)
class _Call:
    """One request."""

    method: str
    path: str
    body: Any = None
    params: dict[str, Any] = field(default_factory=dict)

    def arguments(self, token: str | None = None) -> dict[str, Any]:
        headers = {"Accept": MSGPACK} | ({"Authorization": f"Bearer {token}"} if token else {})
        body = None if self.body is None else json.dumps(self.body, default=_as_list)
        typed = {"Content-Type": "application/json"} if body is not None else {}
        return {
            "method": self.method,
            "url": API + self.path,
            "content": body,
            "params": {key: value for key, value in self.params.items() if value is not None},
            "headers": headers | typed,
        }


def _as_list(value: Any) -> Any:
    """Numpy's arrays and numbers as JSON."""
    if isinstance(value, np.ndarray | np.generic):
        return value.tolist()
    raise TypeError(f"cannot send a {type(value).__name__}")


def _without_none(**fields: Any) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value is not None}


def _read(value: Any) -> Any:
    """Maps as answers, ``{dtype, shape, data}`` as arrays."""
    if isinstance(value, dict):
        if {"dtype", "shape", "data"} <= value.keys() and isinstance(value["data"], bytes):
            array = np.frombuffer(value["data"], value["dtype"]).reshape(value["shape"])
            return array if value.keys() == {"dtype", "shape", "data"} else Answer({**value, "data": array})
        return Answer({key: _read(item) for key, item in value.items()})
    return [_read(item) for item in value] if isinstance(value, list) else value


def _answer(response: httpx.Response) -> Any:
    if response.is_error:
        raise DeltaflowError(_problem(response))
    if not response.content:
        return None
    packed = response.headers.get("content-type", "").startswith(MSGPACK)
    return _read(msgpack.unpackb(response.content) if packed else response.json())


def _problem(response: httpx.Response) -> dict[str, Any]:
    try:
        problem: dict[str, Any] = response.json()
    except ValueError:
        problem = {"title": f"HTTP {response.status_code}", "status": response.status_code}
    return problem


class _Calls:
    """What can be asked of a session, as requests; both kinds of session send them."""

    def __init__(self, session_id: str) -> None:
        self._path = f"/sessions/{session_id}"

    def __call__(self, method: str, path: str = "", body: Any = None, **params: Any) -> _Call:
        return _Call(method, self._path + path, body, params)

    def step(self, unit: str, count: int, direction: str) -> _Call:
        return self("POST", "/step", {"unit": unit, "count": count, "direction": direction})

    def play(self, steps_per_second: float | None, unit: str, until: dict[str, Any] | None) -> _Call:
        return self("POST", "/play", _without_none(steps_per_second=steps_per_second, unit=unit, until=until))

    def explain(self, node: str, index: tuple[int, ...], quantity: str | None, level: str) -> _Call:
        place = ",".join(map(str, index)) or None
        return self("GET", f"/explain/{node}", index=place, quantity=quantity, level=level)


def _source(spec: Any, preset: str | None, share: str | None) -> dict[str, Any]:
    return _without_none(spec=spec, preset=preset, share=share)


def _stream_address(base_url: httpx.URL, session_id: str) -> str:
    parts = urlsplit(str(base_url))
    scheme = "wss" if parts.scheme == "https" else "ws"
    return f"{scheme}://{parts.netloc}{parts.path.rstrip('/')}{API}/sessions/{session_id}/stream"


def _stream_options(token: str) -> dict[str, Any]:
    return {
        "additional_headers": {"Authorization": f"Bearer {token}"},
        "subprotocols": ["deltaflow.v1"],
        "max_size": MAX_FRAME_BYTES,
        "compression": None,
    }


def _watch(wish: dict[str, Any]) -> list[str]:
    return [json.dumps({"type": "hello"}), json.dumps({"type": "watch", **wish})]


def _message(data: str | bytes) -> Answer:
    message: Answer = _read(msgpack.unpackb(data) if isinstance(data, bytes) else json.loads(data))
    return message


def _ack(message: Answer) -> str | None:
    return json.dumps({"type": "ack", "seq": message["seq"]}) if message["type"] == "frame" else None


class _SessionBase:
    """Who this session is."""

    def __init__(self, base_url: httpx.URL, session_id: str, token: str, about: dict[str, Any]) -> None:
        self.id = session_id
        self.token = token
        self.viewer_token: str | None = about.get("viewer_token")
        self.url = about.get("url") or f"{str(base_url).rstrip('/')}/#session={session_id}&token={token}"
        self._calls = _Calls(session_id)
        self._address = _stream_address(base_url, session_id)

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.id}>"


class Session(_SessionBase):
    """One session of the server."""

    def __init__(self, http: httpx.Client, session_id: str, token: str, about: dict[str, Any] | None = None) -> None:
        super().__init__(http.base_url, session_id, token, about or {})
        self._http = http

    def _ask(self, call: _Call) -> Answer:
        answer: Answer = _answer(self._http.request(**call.arguments(self.token)))
        return answer

    def state(self) -> Answer:
        """Spec, cursor, metrics, running or not."""
        return self._ask(self._calls("GET"))

    def step(self, unit: str = "op", count: int = 1, direction: str = "forward") -> Answer:
        """Walk: op, layer, batch or epoch; forward or back."""
        return self._ask(self._calls.step(unit, count, direction))

    def seek(self, step: int, op: int = 0) -> Answer:
        """Stand at any operation of the kept history."""
        return self._ask(self._calls("POST", "/seek", {"step": step, "op": op}))

    def reset(self, seed: int | None = None) -> Answer:
        """Begin again; the same seed gives the same weights."""
        return self._ask(self._calls("POST", "/reset", _without_none(seed=seed)))

    def play(
        self, steps_per_second: float | None = None, unit: str = "batch", until: dict[str, Any] | None = None
    ) -> Answer:
        """Run on its own; ``until`` may name loss_below, accuracy_above, epochs."""
        return self._ask(self._calls.play(steps_per_second, unit, until))

    def pause(self) -> Answer:
        """Stop."""
        return self._ask(self._calls("POST", "/pause"))

    def edit(self, patch: dict[str, Any]) -> Answer:
        """Change the spec by a merge patch (RFC 7396); weights that still fit are kept."""
        return self._ask(self._calls("PATCH", "/spec", patch))

    def parameters(self) -> Answer:
        """Every parameter, by name."""
        return self._ask(self._calls("GET", "/parameters"))

    def set_parameter(self, name: str, value: Any, index: tuple[int, ...] | None = None) -> Answer:
        """Set a parameter, or one entry of it, by hand."""
        return self._ask(self._calls("PUT", f"/parameters/{name}", _without_none(value=value, index=index)))

    def forward(self, inputs: Any) -> Answer:
        """Run inputs through the network; changes nothing."""
        return self._ask(self._calls("POST", "/forward", {"inputs": inputs}))

    def backward(self, inputs: Any, targets: Any) -> Answer:
        """Loss and every gradient for these examples; changes nothing."""
        return self._ask(self._calls("POST", "/backward", {"inputs": inputs, "targets": targets}))

    def tensor(self, node: str) -> Answer:
        """A node's activation and gradient at the present cursor; None where not computed."""
        return self._ask(self._calls("GET", f"/tensors/{node}"))

    def explain(
        self, node: str, index: tuple[int, ...] = (), quantity: str | None = None, level: str = "graduate"
    ) -> Answer:
        """Why is this number what it is?"""
        return self._ask(self._calls.explain(node, index, quantity, level))

    def gradcheck(self, parameter: str | None = None, index: tuple[int, ...] | None = None) -> Answer:
        """Backpropagation beside finite differences."""
        return self._ask(self._calls("POST", "/gradcheck", _without_none(parameter=parameter, index=index)))

    def history(self) -> Answer:
        """Metrics by step."""
        return self._ask(self._calls("GET", "/history"))

    def ledger(self, parameter: str) -> Answer:
        """Start, sum of deltas, current."""
        return self._ask(self._calls("GET", "/ledger", parameter=parameter))

    def confusion(self) -> Answer:
        """Confusion matrices of both parts."""
        return self._ask(self._calls("GET", "/confusion"))

    def dataset(self) -> Answer:
        """Columns, features and rows of the data."""
        return self._ask(self._calls("GET", "/dataset"))

    def share(self) -> Answer:
        """Freeze the session; whoever has the id opens a copy."""
        return self._ask(self._calls("POST", "/share"))

    def fork(self) -> "Session":
        """A copy of one's own that goes on from the same point."""
        about = self._ask(self._calls("POST", "/fork"))
        return Session(self._http, about.id, about.owner_token, about)

    def delete(self) -> None:
        """End the session for good."""
        self._ask(self._calls("DELETE"))

    def stream(self, **watch: Any) -> Iterator[Answer]:
        """Frames and events as they come, acknowledged when the next is asked for; ``watch`` as in the protocol."""
        with websockets.sync.client.connect(self._address, **_stream_options(self.token)) as socket:
            for command in _watch(watch):
                socket.send(command)
            for data in socket:
                message = _message(data)
                yield message
                if ack := _ack(message):
                    socket.send(ack)


class AsyncSession(_SessionBase):
    """One session of the server; every method is to be awaited."""

    def __init__(
        self, http: httpx.AsyncClient, session_id: str, token: str, about: dict[str, Any] | None = None
    ) -> None:
        super().__init__(http.base_url, session_id, token, about or {})
        self._http = http

    async def _ask(self, call: _Call) -> Answer:
        answer: Answer = _answer(await self._http.request(**call.arguments(self.token)))
        return answer

    async def state(self) -> Answer:
        """Spec, cursor, metrics, running or not."""
        return await self._ask(self._calls("GET"))

    async def step(self, unit: str = "op", count: int = 1, direction: str = "forward") -> Answer:
        """Walk: op, layer, batch or epoch; forward or back."""
        return await self._ask(self._calls.step(unit, count, direction))

    async def seek(self, step: int, op: int = 0) -> Answer:
        """Stand at any operation of the kept history."""
        return await self._ask(self._calls("POST", "/seek", {"step": step, "op": op}))

    async def reset(self, seed: int | None = None) -> Answer:
        """Begin again; the same seed gives the same weights."""
        return await self._ask(self._calls("POST", "/reset", _without_none(seed=seed)))

    async def play(
        self, steps_per_second: float | None = None, unit: str = "batch", until: dict[str, Any] | None = None
    ) -> Answer:
        """Run on its own; ``until`` may name loss_below, accuracy_above, epochs."""
        return await self._ask(self._calls.play(steps_per_second, unit, until))

    async def pause(self) -> Answer:
        """Stop."""
        return await self._ask(self._calls("POST", "/pause"))

    async def edit(self, patch: dict[str, Any]) -> Answer:
        """Change the spec by a merge patch (RFC 7396); weights that still fit are kept."""
        return await self._ask(self._calls("PATCH", "/spec", patch))

    async def parameters(self) -> Answer:
        """Every parameter, by name."""
        return await self._ask(self._calls("GET", "/parameters"))

    async def set_parameter(self, name: str, value: Any, index: tuple[int, ...] | None = None) -> Answer:
        """Set a parameter, or one entry of it, by hand."""
        return await self._ask(self._calls("PUT", f"/parameters/{name}", _without_none(value=value, index=index)))

    async def forward(self, inputs: Any) -> Answer:
        """Run inputs through the network; changes nothing."""
        return await self._ask(self._calls("POST", "/forward", {"inputs": inputs}))

    async def backward(self, inputs: Any, targets: Any) -> Answer:
        """Loss and every gradient for these examples; changes nothing."""
        return await self._ask(self._calls("POST", "/backward", {"inputs": inputs, "targets": targets}))

    async def tensor(self, node: str) -> Answer:
        """A node's activation and gradient at the present cursor; None where not computed."""
        return await self._ask(self._calls("GET", f"/tensors/{node}"))

    async def explain(
        self, node: str, index: tuple[int, ...] = (), quantity: str | None = None, level: str = "graduate"
    ) -> Answer:
        """Why is this number what it is?"""
        return await self._ask(self._calls.explain(node, index, quantity, level))

    async def gradcheck(self, parameter: str | None = None, index: tuple[int, ...] | None = None) -> Answer:
        """Backpropagation beside finite differences."""
        return await self._ask(self._calls("POST", "/gradcheck", _without_none(parameter=parameter, index=index)))

    async def history(self) -> Answer:
        """Metrics by step."""
        return await self._ask(self._calls("GET", "/history"))

    async def ledger(self, parameter: str) -> Answer:
        """Start, sum of deltas, current."""
        return await self._ask(self._calls("GET", "/ledger", parameter=parameter))

    async def confusion(self) -> Answer:
        """Confusion matrices of both parts."""
        return await self._ask(self._calls("GET", "/confusion"))

    async def dataset(self) -> Answer:
        """Columns, features and rows of the data."""
        return await self._ask(self._calls("GET", "/dataset"))

    async def share(self) -> Answer:
        """Freeze the session; whoever has the id opens a copy."""
        return await self._ask(self._calls("POST", "/share"))

    async def fork(self) -> "AsyncSession":
        """A copy of one's own that goes on from the same point."""
        about = await self._ask(self._calls("POST", "/fork"))
        return AsyncSession(self._http, about.id, about.owner_token, about)

    async def delete(self) -> None:
        """End the session for good."""
        await self._ask(self._calls("DELETE"))

    async def stream(self, **watch: Any) -> AsyncIterator[Answer]:
        """Frames and events as they come, acknowledged when the next is asked for; ``watch`` as in the protocol."""
        async with websockets.asyncio.client.connect(self._address, **_stream_options(self.token)) as socket:
            for command in _watch(watch):
                await socket.send(command)
            async for data in socket:
                message = _message(data)
                yield message
                if ack := _ack(message):
                    await socket.send(ack)


class Deltaflow:
    """A Deltaflow server.

    Args:
        base_url: where it is.
        timeout: seconds to wait for an answer.
        transport: for tests.
    """

    def __init__(
        self,
        base_url: str = "http://127.0.0.1:8000",
        *,
        timeout: float = 60.0,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        self._http = httpx.Client(base_url=base_url, timeout=timeout, transport=transport)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections; sessions live on."""
        self._http.close()

    def create(self, spec: Any = None, *, preset: str | None = None, share: str | None = None) -> Session:
        """Open a session from a spec, a preset's name or a share's id."""
        call = _Call("POST", "/sessions", _source(spec, preset, share))
        about = _answer(self._http.request(**call.arguments()))
        return Session(self._http, about.id, about.owner_token, about)

    def join(self, session_id: str, token: str) -> Session:
        """A session that exists, say the one a browser shows."""
        return Session(self._http, session_id, token)

    def catalog(self) -> Answer:
        """Every layer, activation, loss, optimizer, dataset, preset and limit."""
        answer: Answer = _answer(self._http.request(**_Call("GET", "/catalog").arguments()))
        return answer


class AsyncDeltaflow:
    """A Deltaflow server.

    Args:
        base_url: where it is.
        timeout: seconds to wait for an answer.
        transport: for tests.
    """

    def __init__(
        self,
        base_url: str = "http://127.0.0.1:8000",
        *,
        timeout: float = 60.0,
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        self._http = httpx.AsyncClient(base_url=base_url, timeout=timeout, transport=transport)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *error: object) -> None:
        await self.aclose()

    async def aclose(self) -> None:
        """Close the connections; sessions live on."""
        await self._http.aclose()

    async def create(self, spec: Any = None, *, preset: str | None = None, share: str | None = None) -> AsyncSession:
        """Open a session from a spec, a preset's name or a share's id."""
        call = _Call("POST", "/sessions", _source(spec, preset, share))
        about = _answer(await self._http.request(**call.arguments()))
        return AsyncSession(self._http, about.id, about.owner_token, about)

    def join(self, session_id: str, token: str) -> AsyncSession:
        """A session that exists, say the one a browser shows."""
        return AsyncSession(self._http, session_id, token)

    async def catalog(self) -> Answer:
        """Every layer, activation, loss, optimizer, dataset, preset and limit."""
        answer: Answer = _answer(await self._http.request(**_Call("GET", "/catalog").arguments()))
        return answer
