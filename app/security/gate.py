"""The gate: every HTTP request and every WebSocket passes it, before routes and before anything is accepted.

Host: an address, localhost, or a name that was configured; a page elsewhere that rebinds its own name to this address
is refused. Origin: whole origins compared for equality, for WebSockets and for every method that changes something;
who sends none is no browser, and needs a token all the same. Bodies end at the limit, wherever they say they end.
"""

import ipaddress
from collections.abc import Iterable
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.protocol.problems import ProblemError
from app.security.headers import HEADERS, may_be_framed
from engine.words import say

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
PROBLEM_TYPE = "application/problem+json"


def problem_response(problem: ProblemError, instance: str | None = None) -> Response:
    """A problem document as a response."""
    body = problem.document(instance).model_dump_json(exclude_none=True)
    return Response(body, problem.status, headers=problem.headers, media_type=PROBLEM_TYPE)


class Gate:
    """Pure ASGI, so that it sees WebSockets as well.

    Args:
        app: what lies behind.
        hosts: names under which this server may be asked, besides addresses and localhost.
        origins: whole origins whose pages may use it, besides its own.
        max_body_bytes: of a request.
        policy: the content security policy of answers that bring none of their own.
    """

    def __init__(
        self, app: ASGIApp, *, hosts: Iterable[str], origins: Iterable[str], max_body_bytes: int, policy: str
    ) -> None:
        self._app = app
        self._hosts = frozenset(host.lower() for host in hosts)
        self._origins = frozenset(origins)
        self._max_body_bytes = max_body_bytes
        self._headers = (*HEADERS, ("Content-Security-Policy", policy))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let it in, or answer with a problem."""
        if scope["type"] not in {"http", "websocket"}:
            await self._app(scope, receive, send)
            return
        send = self._with_headers(send)
        try:
            self._check(scope)
        except ProblemError as problem:
            await problem_response(problem, scope["path"])(scope, receive, send)
            return
        if scope["type"] == "websocket":
            await self._app(scope, receive, send)
        else:
            await self._limited(scope, receive, send)

    def _check(self, scope: Scope) -> None:
        headers = Headers(scope=scope)
        hosts = headers.getlist("host")
        if len(hosts) != 1 or not self.knows_host(hosts[0]):
            raise ProblemError(
                "host-refused", say("this server does not answer under that name (DELTAFLOW_ALLOWED_HOSTS)")
            )
        if scope["type"] == "http" and scope["method"] in SAFE_METHODS:
            return
        if not self.knows_origin(scope["scheme"], hosts[0], headers.getlist("origin")):
            raise ProblemError("origin-refused", say("pages of that origin may not use this server"))
        if "origin" not in headers and headers.get("sec-fetch-site", "none") not in {"same-origin", "none"}:
            raise ProblemError("origin-refused", say("pages of other sites may not use this server"))

    def knows_host(self, host: str) -> bool:
        """Whether this Host header names us: an address cannot be rebound, a name must be known."""
        try:
            name = urlsplit(f"//{host}").hostname or ""
        except ValueError:
            return False
        if name == "localhost" or name in self._hosts:
            return True
        try:
            ipaddress.ip_address(name)
        except ValueError:
            return False
        return True

    def knows_origin(self, scheme: str, host: str, origins: list[str]) -> bool:
        """Whether the page that asks is one of ours; no Origin at all is left to the tokens."""
        if not origins:
            return True
        secure = scheme in {"https", "wss"}
        own = f"{'https' if secure else 'http'}://{host.lower()}"
        return len(origins) == 1 and (origins[0] == own or origins[0] in self._origins)

    async def _limited(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Count the body; beyond the limit the answer is 413, whatever the app says to a body that broke off."""
        limit, seen, over, started = self._max_body_bytes, 0, False, False
        announced = Headers(scope=scope).get("content-length", "0")
        problem = ProblemError("too-large", say("at most {limit:,} bytes are allowed in a request", limit=limit))
        if announced.isdigit() and int(announced) > limit:
            await problem_response(problem, scope["path"])(scope, receive, send)
            return

        async def counted() -> Message:
            nonlocal seen, over
            message = await receive()
            seen += len(message.get("body", b""))
            over = over or seen > limit
            return {"type": "http.disconnect"} if over else message

        async def answered(message: Message) -> None:
            nonlocal started
            if over and not started:
                return
            started = True
            await send(message)

        try:
            await self._app(scope, counted, answered)
        except Exception:
            if not over:
                raise
        if over and not started:
            await problem_response(problem, scope["path"])(scope, receive, send)

    def _with_headers(self, send: Send) -> Send:
        """Every answer, refusals of WebSockets included, carries the headers."""

        async def with_headers(message: Message) -> None:
            if message["type"] in {"http.response.start", "websocket.http.response.start"}:
                message["headers"] = list(message.get("headers", []))
                headers = MutableHeaders(raw=message["headers"])
                framed = may_be_framed(headers.get("Content-Security-Policy"))
                for name, value in self._headers:
                    if not (framed and name == "X-Frame-Options"):
                        headers.setdefault(name, value)
            await send(message)

        return with_headers
