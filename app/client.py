"""The Python client: drive the very session that a browser shows.

``Deltaflow`` and ``Session`` are synchronous; of ``AsyncDeltaflow`` and ``AsyncSession`` every method is to be awaited
(and ``stream`` to be iterated with ``async for``). Answers are maps whose keys are attributes too; arrays in them are
numpy arrays. Imports nothing of the server.
"""

from abc import abstractmethod
from collections.abc import AsyncIterator, Awaitable, Iterator
from typing import Any, Generic, Self

import httpx
import websockets.asyncio.client
import websockets.sync.client

from app.client_edits import Edits
from app.client_questions import Questions
from app.client_travel import Travel
from app.client_trials import Trials
from app.client_wire import (
    Answer,
    Call,
    DeltaflowError,
    T,
    ack,
    create_call,
    import_call,
    opening,
    path_part,
    read_message,
    read_response,
    session_call,
    stream_address,
    stream_options,
    table_call,
    without_none,
)

__all__ = ["Answer", "AsyncDeltaflow", "AsyncSession", "Deltaflow", "DeltaflowError", "Session"]

CATALOG = Call("GET", "/catalog")


class _Session(Edits[T], Travel[T], Questions[T], Trials[T], Generic[T]):
    """Everything that can be asked of a session, for both kinds.

    Every method raises DeltaflowError if the server refuses; its ``problem`` says what was expected, what came, where.
    """

    def __init__(self, base_url: httpx.URL, session_id: str, token: str, about: dict[str, Any]) -> None:
        self.id = session_id
        self.token = token
        self.viewer_token: str | None = about.get("viewer_token")
        self.url: str = about.get("url") or f"{str(base_url).rstrip('/')}/#session={session_id}&token={token}"
        self._address = stream_address(base_url, session_id)

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.id}>"

    @abstractmethod
    def _send(self, call: Call) -> T:
        """Send a request and read its answer."""

    def _ask(self, method: str, path: str = "", body: Any = None, **params: Any) -> T:
        return self._send(session_call(self.id, method, path, body, **params))

    def state(self) -> T:
        """Spec, cursor, metrics, running or not."""
        return self._ask("GET")

    def step(self, unit: str = "op", count: int = 1, direction: str = "forward") -> T:
        """Walk ``count`` units (op, layer, batch or epoch), forward or back."""
        return self._ask("POST", "/step", {"unit": unit, "count": count, "direction": direction})

    def play(
        self, steps_per_second: float | None = None, unit: str = "batch", until: dict[str, Any] | None = None
    ) -> T:
        """Run on its own; ``until`` may name loss_below, accuracy_above, epochs."""
        return self._ask("POST", "/play", without_none(steps_per_second=steps_per_second, unit=unit, until=until))

    def pause(self) -> T:
        """Stop at the next boundary."""
        return self._ask("POST", "/pause")

    def parameters(self) -> T:
        """Every parameter, by name."""
        return self._ask("GET", "/parameters")

    def export(self, format_name: str = "json") -> T:
        """The session as a file: a map for json, the file's bytes for every other format."""
        return self._ask("GET", f"/export/{path_part(format_name)}")

    def share(self) -> T:
        """Freeze the session; whoever has the id opens a copy."""
        return self._ask("POST", "/share")

    def delete(self) -> T:
        """End the session for good."""
        return self._ask("DELETE")


class Session(_Session[Any]):
    """One session of the server."""

    def __init__(self, http: httpx.Client, session_id: str, token: str, about: dict[str, Any] | None = None) -> None:
        super().__init__(http.base_url, session_id, token, about or {})
        self._http = http

    def _send(self, call: Call) -> Any:
        return read_response(self._http.request(**call.arguments(self.token)))

    def fork(self) -> "Session":
        """A copy of one's own that goes on from the same point."""
        about = self._ask("POST", "/fork")
        return Session(self._http, about.id, about.owner_token, about)

    def stream(self, **watch: Any) -> Iterator[Answer]:
        """Frames and events as they come, acknowledged when the next is asked for; ``watch`` as in the protocol."""
        with websockets.sync.client.connect(
            self._address, **stream_options(self.token, self._http.headers["accept-language"])
        ) as socket:
            for command in opening(watch):
                socket.send(command)
            for data in socket:
                message = read_message(data)
                yield message
                if word := ack(message):
                    socket.send(word)


class AsyncSession(_Session[Awaitable[Any]]):
    """One session of the server; every method is to be awaited."""

    def __init__(
        self, http: httpx.AsyncClient, session_id: str, token: str, about: dict[str, Any] | None = None
    ) -> None:
        super().__init__(http.base_url, session_id, token, about or {})
        self._http = http

    async def _send(self, call: Call) -> Any:
        return read_response(await self._http.request(**call.arguments(self.token)))

    async def fork(self) -> "AsyncSession":
        """A copy of one's own that goes on from the same point."""
        about = await self._ask("POST", "/fork")
        return AsyncSession(self._http, about.id, about.owner_token, about)

    async def stream(self, **watch: Any) -> AsyncIterator[Answer]:
        """Frames and events as they come, acknowledged when the next is asked for; ``watch`` as in the protocol."""
        async with websockets.asyncio.client.connect(
            self._address, **stream_options(self.token, self._http.headers["accept-language"])
        ) as socket:
            for command in opening(watch):
                await socket.send(command)
            async for data in socket:
                message = read_message(data)
                yield message
                if word := ack(message):
                    await socket.send(word)


class Deltaflow:
    """A Deltaflow server.

    Args:
        base_url: where it is.
        timeout: seconds to wait for an answer.
        language: of what the server says: en or fr.
        transport: for tests.
    """

    def __init__(
        self,
        base_url: str = "http://127.0.0.1:8000",
        *,
        timeout: float = 60.0,
        language: str = "en",
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        headers = {"Accept-Language": language}
        self._http = httpx.Client(base_url=base_url, timeout=timeout, headers=headers, transport=transport)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections; sessions live on."""
        self._http.close()

    def create(self, spec: Any = None, *, preset: str | None = None, share: str | None = None) -> Session:
        """Open a session from a spec, a preset's name or a share's id."""
        about = read_response(self._http.request(**create_call(spec, preset, share).arguments()))
        return Session(self._http, about.id, about.owner_token, about)

    def load(self, exported: Any) -> Session:
        """Open a session from what ``export`` gave as json or safetensors."""
        about = read_response(self._http.request(**import_call(exported).arguments()))
        return Session(self._http, about.id, about.owner_token, about)

    def join(self, session_id: str, token: str) -> Session:
        """A session that exists, say the one a browser shows."""
        return Session(self._http, session_id, token)

    def read_table(self, csv: str | bytes, **reading: Any) -> Answer:
        """Keep a table and say how it is read, and which rows cannot be used; options: those of a spec's dataset."""
        answer: Answer = read_response(self._http.request(**table_call(csv, reading).arguments()))
        return answer

    def catalog(self) -> Answer:
        """Every layer, activation, loss, optimizer, dataset, preset and limit."""
        answer: Answer = read_response(self._http.request(**CATALOG.arguments()))
        return answer


class AsyncDeltaflow:
    """A Deltaflow server; every method is to be awaited, but for ``join``.

    Args:
        base_url: where it is.
        timeout: seconds to wait for an answer.
        language: of what the server says: en or fr.
        transport: for tests.
    """

    def __init__(
        self,
        base_url: str = "http://127.0.0.1:8000",
        *,
        timeout: float = 60.0,
        language: str = "en",
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        headers = {"Accept-Language": language}
        self._http = httpx.AsyncClient(base_url=base_url, timeout=timeout, headers=headers, transport=transport)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *error: object) -> None:
        await self.aclose()

    async def aclose(self) -> None:
        """Close the connections; sessions live on."""
        await self._http.aclose()

    async def create(self, spec: Any = None, *, preset: str | None = None, share: str | None = None) -> AsyncSession:
        """Open a session from a spec, a preset's name or a share's id."""
        about = read_response(await self._http.request(**create_call(spec, preset, share).arguments()))
        return AsyncSession(self._http, about.id, about.owner_token, about)

    async def load(self, exported: Any) -> AsyncSession:
        """Open a session from what ``export`` gave as json or safetensors."""
        about = read_response(await self._http.request(**import_call(exported).arguments()))
        return AsyncSession(self._http, about.id, about.owner_token, about)

    def join(self, session_id: str, token: str) -> AsyncSession:
        """A session that exists, say the one a browser shows."""
        return AsyncSession(self._http, session_id, token)

    async def read_table(self, csv: str | bytes, **reading: Any) -> Answer:
        """Keep a table and say how it is read, and which rows cannot be used; options: those of a spec's dataset."""
        answer: Answer = read_response(await self._http.request(**table_call(csv, reading).arguments()))
        return answer

    async def catalog(self) -> Answer:
        """Every layer, activation, loss, optimizer, dataset, preset and limit."""
        answer: Answer = read_response(await self._http.request(**CATALOG.arguments()))
        return answer
