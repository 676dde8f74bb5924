"""The OpenAPI document, completed: FastAPI cannot know every problem that may come, nor an example of each answer.

The examples are a recorded session (``examples.json``, written by ``python -m tools.examples``; a test says that the
server still answers so).
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from app.protocol.problems import Problem
from app.routes.answers import problems

EXAMPLES = Path(__file__).with_name("examples.json")
METHODS = ("get", "put", "post", "patch", "delete")
MERGE_PATCH = "application/merge-patch+json"
JSON = "application/json"

#: What may come from every operation, from those that change something, from those that take a body.
ALWAYS = ("host-refused", "internal", "shutting-down")
UNSAFE = ("origin-refused",)
WITH_BODY = ("malformed", "too-large", "unsupported-media-type")

DESCRIPTION = """
Build a network, walk through its training one operation at a time, and ask why any number is what it is.

Create a session, and send its `owner_token` as `Authorization: Bearer …` (its `viewer_token` suffices to look).
Arrays are nested lists; with `Accept: application/msgpack` they are `{dtype, shape, data}`, little-endian. Numbers that
are not finite are the words `"NaN"`, `"Infinity"`, `"-Infinity"`; `null` means "not computed". Whatever is refused
changes nothing, and is answered by an RFC 9457 problem document.

Events and frames come over `WS /api/v1/sessions/{id}/stream`: see docs/reference/protocol.md.
""".strip()

TAGS = [
    {"name": "catalog", "description": "What there is to build with."},
    {"name": "tables", "description": "Tables of your own, read before they are used."},
    {"name": "sessions", "description": "Open, look at, change, copy, share and end a session."},
    {"name": "running", "description": "Walk, run, pause, go back in time, begin again."},
    {"name": "travel", "description": "The run as a line of steps, and its bookmarks."},
    {"name": "questions", "description": "What can be asked; nothing here changes a session."},
    {
        "name": "studies",
        "description": "Single examples, histograms over time, the learning rate; nothing here changes a session.",
    },
    {
        "name": "trials",
        "description": "Try it yourself: your own example, saliency, ascent on the input, texts, translations.",
    },
    {"name": "server", "description": "The server itself."},
]

Operation = dict[str, Any]


def describe(app: FastAPI) -> None:
    """Have this app serve the completed document as /openapi.json."""

    def document() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = complete(app)
        return app.openapi_schema

    app.openapi = document  # type: ignore[method-assign]  # FastAPI's documented way


def complete(app: FastAPI) -> dict[str, Any]:
    """The document."""
    document = get_openapi(title=app.title, version=app.version, description=DESCRIPTION, routes=app.routes, tags=TAGS)
    schemas = document["components"]["schemas"]
    problem = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
    schemas |= problem.pop("$defs") | {"Problem": problem}
    examples = json.loads(EXAMPLES.read_text())
    for name in ("HTTPValidationError", "ValidationError"):
        schemas.pop(name, None)
    for method, _, operation in operations(document):
        _drop_default(operation)
        _add_problems(method, operation)
        _add_examples(operation, examples.get(operation["operationId"], {}))
    return document


def operations(document: dict[str, Any]) -> Iterator[tuple[str, str, Operation]]:
    """(method, path, operation), all of them."""
    for path, item in document["paths"].items():
        for method in METHODS:
            if method in item:
                yield method, path, item[method]


def _drop_default(operation: Operation) -> None:
    """FastAPI announces an answer of its own wherever there is a parameter; ours are problems."""
    if JSON in operation["responses"].get("422", {}).get("content", {}):
        del operation["responses"]["422"]


def _add_problems(method: str, operation: Operation) -> None:
    """What may go wrong anywhere, beside what the operation itself says."""
    names = [*ALWAYS, *(UNSAFE if method != "get" else ()), *(WITH_BODY if "requestBody" in operation else ())]
    for status, entry in problems(*names).items():
        own = operation["responses"].setdefault(str(status), entry)
        if own is not entry:
            added = entry["description"]
            own["description"] += f"; {added[0].lower()}{added[1:]}"
            (ours,), (more,) = own["content"].values(), entry["content"].values()
            ours["examples"] |= more["examples"]


def _add_examples(operation: Operation, recorded: dict[str, Any]) -> None:
    if "requestBody" in operation:
        content = operation["requestBody"]["content"]
        content[JSON]["examples"] = {
            name: {"summary": name, "value": value} for name, value in recorded.get("requests", {}).items()
        }
        if operation["operationId"] == "edit_spec":
            content[MERGE_PATCH] = content[JSON]
    for status, response in operation["responses"].items():
        if response["description"] == "Successful Response":
            response["description"] = "Carried out"
        if status.startswith("2") and JSON in response.get("content", {}) and "response" in recorded:
            response["content"][JSON]["example"] = recorded["response"]
