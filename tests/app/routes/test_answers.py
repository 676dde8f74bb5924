"""Every error leaves as a problem document, and nothing of the inside leaves with it."""

import logging

import pytest
from fastapi.testclient import TestClient

from app.main import create_app
from app.protocol.problems import KINDS, ProblemError
from app.routes.answers import below, named_in_path, problems
from app.security.headers import HEADERS
from app.settings import Settings
from tests.app.routes.gateway import Api


def test_what_breaks_on_our_side_is_told_without_its_text(caplog: pytest.LogCaptureFixture) -> None:
    """An unexpected error is a 500 that says so, behind the headers of every answer; what it says itself is logged."""
    app = create_app(Settings(database=":memory:"))

    @app.get("/broken")
    async def broken() -> None:
        raise RuntimeError("a secret")

    with caplog.at_level(logging.CRITICAL, "app.routes.answers"):
        response = TestClient(app, "http://127.0.0.1", raise_server_exceptions=False).get("/broken")

    assert (500, "/problems/internal") == (response.status_code, response.json()["type"])
    assert "secret" not in response.text
    assert {"content-security-policy", *(name.lower() for name, _ in HEADERS)} <= response.headers.keys()


def test_a_name_that_no_command_can_carry_is_refused(api: Api) -> None:
    """A parameter's name of any length in the path is no server error."""
    response = api("PUT", "/parameters/" + "x" * 300, {"value": 1})

    assert (422, ["name"]) == (response.status_code, response.json()["errors"][0]["loc"])


def test_a_flaw_is_placed_below_where_it_was_found() -> None:
    """What the engine says of a spec is said of the spec in the request."""
    with pytest.raises(ProblemError) as refused, below("spec"):
        raise ProblemError("spec-error", "too few", ("layers", 0), headers={"X": "y"})

    assert [("spec", "layers", 0)] == [flaw.loc for flaw in refused.value.flaws]
    assert {"X": "y"} == refused.value.headers


@pytest.mark.parametrize(("kind", "expected"), [("unknown-name", "not-found"), ("shape-mismatch", "shape-mismatch")])
def test_only_unknown_names_make_an_address_unknown(kind: str, expected: str) -> None:
    """A name in the path that does not exist is a 404; all else stays what it is."""
    with pytest.raises(ProblemError) as refused, named_in_path():
        raise ProblemError(kind, "no")

    assert expected == refused.value.kind


def test_problems_of_one_status_are_described_together() -> None:
    """OpenAPI has one entry for each status, with an example of each kind."""
    entries = problems("spec-error", "unknown-name", "not-found")

    assert {422, 404} == entries.keys()
    assert KINDS["spec-error"].title in entries[422]["description"]
    assert {"spec-error", "unknown-name"} == entries[422]["content"]["application/problem+json"]["examples"].keys()
