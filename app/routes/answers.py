"""How answers leave: JSON or MessagePack as asked for, problems as problem documents, and both in the OpenAPI document."""

import logging
from collections.abc import Mapping
from typing import Any

import msgpack
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import ValidationError
from starlette.exceptions import HTTPException

from app.protocol.arrays import plain
from app.protocol.problems import KINDS, Problem, ProblemError, invalid, problem_of

log = logging.getLogger(__name__)

MSGPACK = "application/msgpack"
PROBLEM = "application/problem+json"
BY_STATUS = {404: "not-found", 405: "method-not-allowed", 406: "not-acceptable", 413: "too-large"}

#: kinds of problem -> the OpenAPI entry of their status
Responses = dict[int | str, dict[str, Any]]


def answer(request: Request, data: Mapping[str, Any], status: int = 200) -> Response:
    """This data in the form that the Accept header names; arrays in it are ``{dtype, shape, data}``."""
    if MSGPACK in request.headers.get("accept", ""):
        return Response(msgpack.packb(data), status, media_type=MSGPACK)
    return JSONResponse(plain(data), status)


def problems(*kinds: str) -> Responses:
    """The OpenAPI entries for these kinds of problem, each with an example."""
    entries: Responses = {}
    for name in kinds:
        kind = KINDS[name]
        entry = entries.setdefault(
            kind.status, {"model": Problem, "description": "", "content": {PROBLEM: {"examples": {}}}}
        )
        entry["description"] = "; ".join(filter(None, [entry["description"], kind.title]))
        example = ProblemError(name, kind.summary, ("layers", 0) if kind.status == 422 else ()).document("/api/v1/…")
        entry["content"][PROBLEM]["examples"][name] = {"value": example.model_dump(mode="json")}
    return entries


def binary(description: str, **example: Any) -> Responses:
    """The OpenAPI entry of a 200 that may also be had as MessagePack."""
    content: dict[str, Any] = {MSGPACK: {"schema": {"type": "string", "format": "binary"}}}
    if example:
        content["application/json"] = {"example": example}
    return {200: {"description": description, "content": content}}


def answer_problems(app: FastAPI) -> None:
    """Every error leaves as a problem document."""

    def send(request: Request, problem: ProblemError) -> Response:
        document = problem.document(request.url.path).model_dump(mode="json")
        return JSONResponse(document, problem.status, problem.headers, media_type=PROBLEM)

    @app.exception_handler(ProblemError)
    async def refused(request: Request, error: ProblemError) -> Response:
        return send(request, error)

    @app.exception_handler(RequestValidationError)
    async def not_valid(request: Request, error: RequestValidationError) -> Response:
        return send(request, _invalid_request(error))

    @app.exception_handler(ValidationError)
    async def command_not_valid(request: Request, error: ValidationError) -> Response:
        return send(request, problem_of(error))

    @app.exception_handler(HTTPException)
    async def http(request: Request, error: HTTPException) -> Response:
        kind = BY_STATUS.get(error.status_code, "malformed")
        return send(request, ProblemError(kind, str(error.detail), headers=error.headers))

    @app.exception_handler(Exception)
    async def broken(request: Request, error: Exception) -> Response:
        log.exception("unexpected error", exc_info=error)
        return send(request, problem_of(error))


def _invalid_request(error: RequestValidationError) -> ProblemError:
    """FastAPI's errors, their paths without "body"; a body that is no JSON at all is malformed."""
    errors = error.errors()
    if any(one["type"] == "json_invalid" for one in errors):
        reason = errors[0].get("ctx", {}).get("error", "it cannot be parsed")
        return ProblemError("malformed", f"the body is not JSON: {reason}")
    return invalid([{**one, "loc": _without_body(one["loc"])} for one in errors])


def _without_body(loc: tuple[str | int, ...]) -> tuple[str | int, ...]:
    return loc[1:] if loc[:1] == ("body",) else loc
