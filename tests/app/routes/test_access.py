"""Every route, with every token: who may look, who may change, and who is told nothing."""

import pytest
from fastapi.routing import APIRoute
from fastapi.testclient import TestClient
from starlette.testclient import WebSocketDenialResponse

from app.main import ROUTERS
from tests.app.routes.gateway import Api, Create
from tools.examples import OTHERS, STORY

PREFIX = "/api/v1/sessions/{id}"
#: What changes a session, or speaks for its owner.
OWNERS_ONLY = {
    *("delete_session", "edit_spec", "set_parameter", "share_session"),
    *("step", "seek", "reset", "undo", "redo", "rename_layer", "play", "pause", "set_own", "forget_own"),
    *("add_bookmark", "rename_bookmark", "remove_bookmark", "visit"),
}
#: What the small session has no data for.
SPECS = {ask.operation: spec for spec, ask in OTHERS}
#: What must have been done before, so that there is something to undo or to redo, or a bookmark.
READY = {"undo": ("reset",), "redo": ("reset", "undo")} | dict.fromkeys(
    ("rename_bookmark", "remove_bookmark", "visit"), ("bookmarks",)
)
ASKED = (*STORY, *(ask for _, ask in OTHERS))
OPEN_TO_ALL = {"create_session", "get_catalog", "healthz", "kind_of_problem", "keep_table", "read_table"}
CALLS = {ask.operation: (ask.method, ask.path.removeprefix("/sessions/{id}"), ask.body) for ask in ASKED} | {
    "delete_session": ("DELETE", "", None)
}
ROUTES = sorted(
    route.name
    for router in ROUTERS
    for route in router.routes
    if isinstance(route, APIRoute) and route.include_in_schema and route.name not in OPEN_TO_ALL
)
WHO = ("nobody", "a stranger", "another's owner", "the viewer", "the owner")


def token_of(who: str, api: Api, other: Api) -> str | None:
    """What this person sends."""
    tokens: dict[str, str | None] = {
        "nobody": None,
        "a stranger": "AAAAAAAAAAAAAAAAAAAAAA",
        "another's owner": other.about["owner_token"],
        "the viewer": api.about["viewer_token"],
        "the owner": api.about["owner_token"],
    }
    return tokens[who]


def expected_status(who: str, route: str) -> int | None:
    """None: it is carried out."""
    if who == "nobody":
        return 401
    if who in {"a stranger", "another's owner"}:
        return 404
    return 403 if who == "the viewer" and route in OWNERS_ONLY else None


@pytest.mark.parametrize("who", WHO)
@pytest.mark.parametrize("route", ROUTES)
def test_every_route_asks_who_you_are(create: Create, route: str, who: str) -> None:
    """401 without a token, 404 with another's, 403 where a viewer would change something; else it is carried out."""
    api, other = create(**SPECS.get(route, {})), create()
    for made_ready in READY.get(route, ()):
        api.post(f"/{made_ready}")
    before = api.everything()
    method, path, body = CALLS[route]
    token = token_of(who, api, other)
    expected = expected_status(who, route)

    response = api.http.request(
        method, api.path + path, json=body, headers={"Authorization": f"Bearer {token}"} if token else {}
    )

    if expected is None:
        assert response.is_success, response.text
    else:
        assert expected == response.status_code
        assert "application/problem+json" == response.headers["content-type"]
        assert before == api.everything()


def test_a_session_that_does_not_exist_looks_like_somebody_elses(create: Create) -> None:
    """From the answer nobody learns whether a session exists."""
    api, other = create(), create()
    headers = {"Authorization": f"Bearer {other.about['owner_token']}"}

    somebody_elses = api.http.get(api.path, headers=headers).json()
    nobodys = api.http.get("/api/v1/sessions/AAAAAAAAAAAAAAAAAAAAAA", headers=headers).json()

    assert somebody_elses | {"instance": ""} == nobodys | {"instance": ""}


@pytest.mark.parametrize("header", ["", "Bearer", "Basic b3duZXI6dG9rZW4=", "Bearer a b", "bearer\u00a0x"])
def test_a_header_that_is_no_token_is_none(api: Api, header: str) -> None:
    """Whatever cannot be read as a token is answered by 401 or, read as a wrong one, by 404."""
    response = api.http.get(api.path, headers={"Authorization": header.encode("latin-1")})

    assert response.status_code in {401, 404}
    assert 404 == response.status_code or "Bearer" == response.headers["www-authenticate"]


@pytest.mark.parametrize("who", ["nobody", "a stranger", "another's owner"])
def test_the_stream_is_refused_before_it_is_accepted(create: Create, who: str) -> None:
    """A WebSocket without the right token gets an HTTP answer, never an open socket."""
    api, other = create(), create()
    token = token_of(who, api, other)
    headers = {"Host": "127.0.0.1:8000"} | ({"Authorization": f"Bearer {token}"} if token else {})
    socket = api.http.websocket_connect(api.path + "/stream", headers=headers)

    with pytest.raises(WebSocketDenialResponse) as refused, socket:
        pytest.fail("it was accepted")

    assert expected_status(who, "stream") == refused.value.status_code


@pytest.mark.parametrize("path", ["/api/v1/catalog", "/healthz", "/problems/spec-error", "/openapi.json", "/docs"])
def test_what_is_everybodys_needs_no_token(http: TestClient, path: str) -> None:
    """The catalog, the health check and the reference are open."""
    assert 200 == http.get(path).status_code


@pytest.mark.parametrize(
    ("method", "path", "status", "kind"),
    [
        ("PUT", "/api/v1/catalog", 405, "method-not-allowed"),
        ("POST", PREFIX.replace("{id}", "x"), 405, "method-not-allowed"),
        ("BREW", "/api/v1/sessions", 405, "method-not-allowed"),
        ("GET", "/api/v1/nothing", 404, "not-found"),
        ("GET", "/problems/nothing", 404, "not-found"),
        ("GET", "/api/v1/sessions/" + "x" * 65, 401, "unauthorised"),
    ],
)
def test_an_address_that_does_not_work_is_a_problem(
    http: TestClient, method: str, path: str, status: int, kind: str
) -> None:
    """Unknown pages and methods are answered by problem documents as well."""
    response = http.request(method, path)

    assert (status, f"/problems/{kind}") == (response.status_code, response.json()["type"])
    assert status != 405 or response.headers["allow"]
