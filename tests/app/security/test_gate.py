"""The gate: hosts, origins, bodies, headers; for HTTP and WebSockets alike."""

from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient, WebSocketDenialResponse
from starlette.websockets import WebSocket

from app.security.gate import Gate
from app.security.headers import HEADERS, POLICY, csp
from app.security.rates import Bucket
from tests.app.fakes import FakeClock


async def echo(request: Request) -> JSONResponse:
    """Say how much came."""
    headers = {"Content-Security-Policy": "mine"} if "own" in request.query_params else {}
    return JSONResponse({"bytes": len(await request.body())}, headers=headers)


async def broken(request: Request) -> JSONResponse:
    """Fall over the body."""
    await request.body()
    raise RuntimeError("broken")


async def hello(socket: WebSocket) -> None:
    """Accept and say so."""
    await socket.accept()
    await socket.send_text("hello")
    await socket.close()


def client(base: str = "http://127.0.0.1:8000") -> TestClient:
    """A small application behind the gate."""
    routes = [
        Route("/", echo, methods=["GET", "POST", "DELETE"]),
        Route("/broken", broken, methods=["POST"]),
        WebSocketRoute("/ws", hello),
    ]
    gate = Gate(
        Starlette(routes=routes),
        hosts=["learn.example"],
        origins=["https://friend.example"],
        max_body_bytes=100,
        policy=csp(),
    )
    return TestClient(gate, base_url=base, raise_server_exceptions=True)


def websocket_status(headers: dict[str, str]) -> int:
    """101, or the status of the refusal, which is a problem document and carries the headers."""
    try:
        with client().websocket_connect("/ws", headers=headers) as socket:
            return 101 if socket.receive_text() == "hello" else 0
    except WebSocketDenialResponse as refusal:
        told = refusal.headers["content-type"], refusal.headers["x-content-type-options"]
        return int(refusal.status_code) if told == ("application/problem+json", "nosniff") else 0


HOSTS = {
    "127.0.0.1:8000": True,
    "localhost:8000": True,
    "[::1]:8000": True,
    "192.168.1.5": True,
    "learn.example": True,
    "LEARN.example:443": True,
    "evil.example": False,
    "learn.example.evil.example": False,
    "evil-learn.example": False,
    "": False,
    "[::1": False,
}
ORIGINS = {
    None: True,
    "http://127.0.0.1:8000": True,
    "https://friend.example": True,
    "http://friend.example": False,
    "https://127.0.0.1:8000": False,
    "http://127.0.0.1": False,
    "http://127.0.0.1:8000.evil.example": False,
    "https://friend.example.evil.example": False,
    "http://evil.example": False,
    "null": False,
    "": False,
}


@pytest.mark.parametrize(("host", "allowed"), HOSTS.items())
def test_only_known_hosts(host: str, allowed: bool) -> None:
    """Addresses cannot be rebound; names must be known. For WebSockets too."""
    response = client().get("/", headers={"Host": host})

    assert (200 if allowed else 400) == response.status_code
    assert (101 if allowed else 400) == websocket_status({"Host": host})


@pytest.mark.parametrize(("origin", "allowed"), ORIGINS.items())
@pytest.mark.parametrize("method", ["POST", "DELETE", "websocket"])
def test_only_own_origins_may_change_something(origin: str | None, allowed: bool, method: str) -> None:
    """Whole origins, compared for equality."""
    headers = {} if origin is None else {"Origin": origin}
    if method == "websocket":
        assert (101 if allowed else 403) == websocket_status({**headers, "Host": "127.0.0.1:8000"})
    else:
        assert (200 if allowed else 403) == client().request(method, "/", headers=headers).status_code


@pytest.mark.parametrize(
    ("site", "status"), [("same-origin", 200), ("none", 200), ("same-site", 403), ("cross-site", 403)]
)
def test_a_request_of_another_site_without_an_origin_is_refused(site: str, status: int) -> None:
    """Browsers say where a request comes from."""
    assert status == client().post("/", headers={"Sec-Fetch-Site": site}).status_code


def test_anybody_may_read() -> None:
    """GET with a foreign origin; what it reads needs a token elsewhere."""
    assert 200 == client().get("/", headers={"Origin": "http://evil.example"}).status_code


def test_behind_tls_the_origin_is_https() -> None:
    """The scheme is part of the origin."""
    secure = client("https://learn.example")

    assert 200 == secure.post("/", headers={"Origin": "https://learn.example"}).status_code
    assert 403 == secure.post("/", headers={"Origin": "http://learn.example"}).status_code


@pytest.mark.parametrize("chunked", [False, True])
@pytest.mark.parametrize("path", ["/", "/broken"])
def test_bodies_end_at_the_limit(chunked: bool, path: str) -> None:
    """Whether they announce their length or not, and whatever the app makes of it."""
    body: Any = iter([b"x" * 60, b"x" * 60]) if chunked else b"x" * 120

    response = client().post(path, content=body)

    assert (413, "/problems/too-large") == (response.status_code, response.json()["type"])


def test_a_body_within_the_limit_passes() -> None:
    """All of it."""
    assert {"bytes": 100} == client().post("/", content=b"x" * 100).json()


def test_an_error_of_the_app_is_not_hidden() -> None:
    """The gate answers for its own limit only."""
    with pytest.raises(RuntimeError, match="broken"):
        client().post("/broken", content=b"x")


@pytest.mark.parametrize("headers", [{}, {"Host": "evil.example"}])
def test_every_answer_carries_the_headers(headers: dict[str, str]) -> None:
    """Refusals included."""
    response = client().get("/", headers=headers)

    assert not [name for name, value in HEADERS if response.headers[name] != value]
    assert csp() == response.headers["content-security-policy"]


def test_an_answer_may_bring_its_own_policy() -> None:
    """It is not overwritten; one that does not say who may frame the answer lets nobody."""
    headers = client().get("/?own").headers

    assert ("mine", "DENY") == (headers["content-security-policy"], headers["x-frame-options"])


def test_the_policy_lets_nothing_in_that_is_not_ours() -> None:
    """Scripts by name or by hash; nothing inline, nothing evaluated."""
    policy = csp(["'sha256-abc'"])

    assert "script-src 'self' 'sha256-abc';" in policy
    assert "unsafe" not in policy
    assert "default-src" == POLICY[0][0]


def test_a_bucket_gives_what_it_has_and_fills_again() -> None:
    """A burst, then the rate."""
    clock = FakeClock()
    bucket = Bucket(10, 3, clock)
    assert [True, True, True, False] == [bucket.take() for _ in range(4)]

    clock.now += 0.2

    assert [True, True, False] == [bucket.take() for _ in range(3)]
