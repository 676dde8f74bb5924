"""The reference of the REST API for people: the OpenAPI document as one page that needs no script."""

import json
import re
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response
from markupsafe import Markup, escape

from app.assets import Assets
from app.routes.openapi import JSON, operations
from app.templates import environment

router = APIRouter(include_in_schema=False)

Schema = dict[str, Any]
#: Of an example, more than this many characters are left to /openapi.json.
LONGEST_EXAMPLE = 4000


@router.api_route("/docs", methods=["GET", "HEAD"], response_class=HTMLResponse)
async def docs(request: Request) -> Response:
    """Every call, what it takes, what it answers, what may go wrong."""
    state = request.app.state
    if not hasattr(state, "reference"):
        state.reference = render(request.app.openapi(), state.assets)
    return HTMLResponse(state.reference, headers={"Cache-Control": "no-cache"})


def render(document: Schema, assets: Assets) -> str:
    """The page for this OpenAPI document."""
    templates = environment()
    templates.filters |= {"pretty": pretty, "words": type_words, "paragraphs": paragraphs, "code": code}
    template = templates.get_template("docs.html")
    schemas = {name: fields_of(schema) for name, schema in sorted(document["components"]["schemas"].items())}
    return template.render(assets=assets, info=document["info"], groups=groups(document), schemas=schemas)


def groups(document: Schema) -> list[Schema]:
    """The operations by tag, in the order of the tags."""
    told: dict[str, list[Schema]] = {tag["name"]: [] for tag in document["tags"]}
    for method, path, operation in operations(document):
        told[operation["tags"][0]].append(about(method, path, operation))
    return [{**tag, "operations": told[tag["name"]]} for tag in document["tags"] if told[tag["name"]]]


def about(method: str, path: str, operation: Schema) -> Schema:
    """What the page says of one operation."""
    body = operation.get("requestBody", {}).get("content", {}).get(JSON)
    answers = sorted(operation["responses"].items())
    return {
        "id": operation["operationId"],
        "method": method.upper(),
        "path": path,
        "description": operation.get("description", operation["summary"]),
        "token": _token(operation),
        "parameters": operation.get("parameters", []),
        "body": body,
        "good": [_answer(status, entry) for status, entry in answers if status.startswith("2")],
        "bad": [_answer(status, entry) for status, entry in answers if not status.startswith("2")],
    }


def _token(operation: Schema) -> str:
    """Whose token it needs."""
    if "security" not in operation:
        return "no token"
    refused = operation["responses"].get("403", {"content": {}})["content"]
    needs_owner = any("forbidden" in media["examples"] for media in refused.values())
    return "owner's token" if needs_owner else "viewer's token"


def _answer(status: str, entry: Schema) -> Schema:
    content = entry.get("content", {})
    return {
        "status": status,
        "description": entry["description"],
        "media": list(content),
        "schema": content.get(JSON, {}).get("schema"),
        "example": content.get(JSON, {}).get("example"),
        "problems": [name for media in content.values() for name in media.get("examples", {})],
    }


def fields_of(schema: Schema) -> Schema:
    """What the page says of one schema: its words, and its fields."""
    required = schema.get("required", [])
    fields = [
        {"name": name, "schema": field, "required": name in required}
        for name, field in schema.get("properties", {}).items()
    ]
    return {"description": schema.get("description", ""), "fields": fields, "schema": schema}


def type_words(schema: Schema) -> list[tuple[str, str | None]]:
    """A schema's type in words, in pieces: (text, name of the schema it links to)."""
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        return [(name, name)]
    for several in ("anyOf", "oneOf"):
        if several in schema:
            return _joined([type_words(each) for each in schema[several]])
    if "const" in schema:
        return [(json.dumps(schema["const"]), None)]
    if "enum" in schema:
        return [(" | ".join(json.dumps(value) for value in schema["enum"]), None)]
    if schema.get("type") == "array":
        return [("list of ", None), *type_words(schema.get("items", {}))]
    if schema.get("type") == "object" and isinstance(schema.get("additionalProperties"), dict):
        return [("map to ", None), *type_words(schema["additionalProperties"])]
    return [(schema.get("type", "anything") + _bounds(schema), None)]


def _joined(choices: list[list[tuple[str, str | None]]]) -> list[tuple[str, str | None]]:
    pieces = choices[0]
    for choice in choices[1:]:
        pieces = [*pieces, (" or ", None), *choice]
    return pieces


def _bounds(schema: Schema) -> str:
    """≥ 1, ≤ 10000 and the like."""
    signs = {"minimum": "≥", "exclusiveMinimum": ">", "maximum": "≤", "exclusiveMaximum": "<"}
    bounds = [f"{sign} {schema[name]:g}" for name, sign in signs.items() if name in schema]
    return f" {', '.join(bounds)}" if bounds else ""


def pretty(value: Any) -> str:
    """A value as indented JSON, short lists on one line."""
    text = _laid_out(value, "")
    return text if len(text) <= LONGEST_EXAMPLE else f"{text[:LONGEST_EXAMPLE]}\n… (all of it in /openapi.json)"


def _laid_out(value: Any, indent: str, width: int = 96) -> str:
    flat = json.dumps(value, ensure_ascii=False)
    if len(indent) + len(flat) <= width or not isinstance(value, dict | list):
        return flat
    inner = indent + "  "
    if isinstance(value, dict):
        lines = [f"{inner}{json.dumps(name)}: {_laid_out(item, inner)}" for name, item in value.items()]
        return "{\n" + ",\n".join(lines) + f"\n{indent}}}"
    return "[\n" + ",\n".join(inner + _laid_out(item, inner) for item in value) + f"\n{indent}]"


def paragraphs(text: str) -> list[str]:
    """What empty lines separate."""
    return [" ".join(part.split()) for part in text.split("\n\n")]


def code(text: str) -> Markup:
    """What stands between backticks as code; all of it is escaped."""
    return Markup(re.sub(r"(`+)(.+?)\1", r"<code>\2</code>", str(escape(text))))  # noqa: S704  # escaped before
