"""The OpenAPI document is complete, its examples are true, and the server keeps to it."""

import json
import math
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.routing import APIRoute
from fastapi.testclient import TestClient
from pydantic import BaseModel

from app.main import ROUTERS, create_app
from app.protocol.problems import KINDS, Problem
from app.routes.openapi import EXAMPLES, JSON, TAGS, complete, operations
from app.settings import Settings
from app.store.memory import MemoryStore
from tests.app.routes.gateway import InProcessHost
from tools import examples

PROBLEM = "application/problem+json"
MODELS = {
    route.name: route.response_model
    for router in ROUTERS
    for route in router.routes
    if isinstance(route, APIRoute) and route.include_in_schema and route.response_model is not None
}
SETTINGS = Settings(database=":memory:")


@pytest.fixture(scope="module")
def app() -> FastAPI:
    """The application, computing in this process."""
    return create_app(SETTINGS, host=InProcessHost(SETTINGS.engine_limits()), store=MemoryStore())


@pytest.fixture(scope="module")
def document(app: FastAPI) -> dict[str, Any]:
    """Its OpenAPI document."""
    return complete(app)


@pytest.fixture(scope="module")
def recorded(app: FastAPI) -> Iterator[dict[str, Any]]:
    """What the server answers to the examples' story today."""
    with TestClient(app, base_url="http://127.0.0.1:8000") as http:
        yield examples.record(http)


def about(document: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """(name, operation), all of them."""
    for _, _, operation in operations(document):
        yield operation["operationId"], operation


def test_the_document_is_served(app: FastAPI, document: dict[str, Any]) -> None:
    """/openapi.json is the completed document, in OpenAPI 3.1."""
    served = TestClient(app, base_url="http://127.0.0.1:8000").get("/openapi.json").json()

    assert document == served
    assert served["openapi"].startswith("3.1")


def test_every_operation_has_words(document: dict[str, Any]) -> None:
    """A described tag, a summary, and a description that says what it does."""
    described = {tag["name"] for tag in TAGS}
    for name, operation in about(document):
        assert set(operation["tags"]) <= described, name
        assert operation["summary"], name
        assert operation["description"], name


def test_every_answer_has_a_schema_and_an_example(document: dict[str, Any]) -> None:
    """What is answered as JSON, good or bad, is described and shown."""
    for name, operation in about(document):
        for status, response in operation["responses"].items():
            if status == "204":
                continue
            kind = JSON if status.startswith("2") else PROBLEM
            media = response["content"][kind]
            assert media["schema"], (name, status)
            assert media.get("example") or media.get("examples"), (name, status)


def test_every_body_has_a_schema_and_an_example(document: dict[str, Any]) -> None:
    """What is taken is described and shown."""
    for name, operation in about(document):
        for media in operation.get("requestBody", {}).get("content", {}).values():
            assert media["schema"], name
            assert media["examples"], name


def test_every_operation_says_what_may_go_wrong(document: dict[str, Any]) -> None:
    """The problems that any operation can meet, and those of its kind: tokens, bodies."""
    for name, operation in about(document):
        statuses = operation["responses"].keys()
        assert {"400", "500", "503"} <= statuses, name
        assert "security" not in operation or {"401", "404"} <= statuses, name
        assert "requestBody" not in operation or {"413", "415", "422"} <= statuses, name


def test_problems_are_examples_of_their_schema(document: dict[str, Any]) -> None:
    """Each example of a problem is a problem document of a kind that exists, under its own status."""
    for name, operation in about(document):
        for status, response in operation["responses"].items():
            for kind, example in response.get("content", {}).get(PROBLEM, {}).get("examples", {}).items():
                problem = Problem.model_validate(example["value"])
                assert (int(status), KINDS[kind].status) == (problem.status, problem.status), (name, kind)


def test_every_reference_leads_somewhere(document: dict[str, Any]) -> None:
    """No $ref points to a schema that is not there."""
    text = json.dumps(document)
    named = {part.split('"')[0] for part in text.split("#/components/schemas/")[1:]}

    assert set() == named - document["components"]["schemas"].keys()


def test_every_route_of_the_api_is_in_the_document(document: dict[str, Any]) -> None:
    """Nothing is served under /api that the document does not know."""
    routes = {
        (method.lower(), route.path)
        for router in ROUTERS
        for route in router.routes
        if isinstance(route, APIRoute) and route.path.startswith("/api")
        for method in route.methods or ()
    }

    assert set() == routes - {(method, path) for method, path, _ in operations(document)}


def test_every_operation_with_an_answer_has_been_recorded(document: dict[str, Any]) -> None:
    """The story that makes the examples leaves no operation out."""
    answering = {name for name, operation in about(document) if "204" not in operation["responses"]}

    assert answering == json.loads(EXAMPLES.read_text()).keys()


@pytest.mark.parametrize("name", MODELS)
def test_answers_are_what_their_schema_says(recorded: dict[str, Any], name: str) -> None:
    """What the server answers fits its schema, and holds nothing that the schema does not name."""
    model = MODELS[name]
    if name == "delete_session":
        pytest.skip("it answers nothing")
    answer = recorded[name]["response"]
    assert issubclass(model, BaseModel)

    assert "" == difference(answer, model.model_validate(answer).model_dump(mode="json", exclude_unset=True))


@pytest.mark.parametrize("name", [*json.loads(EXAMPLES.read_text())])
def test_examples_are_what_the_server_answers(recorded: dict[str, Any], name: str) -> None:
    """The examples were recorded, and are still true (``python -m tools.examples`` records them anew)."""
    written = json.loads(EXAMPLES.read_text())[name]
    if name == "healthz":
        written["response"] |= {key: recorded[name]["response"][key] for key in ("sessions", "shards")}

    assert "" == difference(written, recorded[name])


def difference(one: Any, other: Any, where: str = "") -> str:
    """Where two answers differ first, but for the rounding of floats; empty if nowhere."""
    if isinstance(one, dict) and isinstance(other, dict):
        if one.keys() != other.keys():
            return f"{where}: {sorted(one.keys() ^ other.keys())} on one side only"
        return next(filter(None, (difference(one[key], other[key], f"{where}.{key}") for key in one)), "")
    if isinstance(one, list) and isinstance(other, list):
        if len(one) != len(other):
            return f"{where}: {len(one)} items and {len(other)}"
        pairs = enumerate(zip(one, other, strict=True))
        return next(filter(None, (difference(a, b, f"{where}[{n}]") for n, (a, b) in pairs)), "")
    if (
        isinstance(one, float)
        and isinstance(other, int | float)
        and math.isclose(one, other, rel_tol=1e-4, abs_tol=1e-6)
    ):
        return ""
    return "" if one == other else f"{where}: {one!r} and {other!r}"
