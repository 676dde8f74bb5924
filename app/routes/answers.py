"""How answers leave: JSON or MessagePack as asked for, and every error as a problem document."""

import asyncio
import logging
from collections.abc import Coroutine, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import msgpack
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import ValidationError
from starlette.exceptions import HTTPException

from app.protocol.arrays import plain
from app.protocol.problems import KINDS, Flaw, ProblemError, invalid, problem_of
from app.protocol.ribbon import unpack_calls
from engine.patching import request_path
from engine.words import Language, in_language, preferred, say

log = logging.getLogger(__name__)

MSGPACK = "application/msgpack"
PROBLEM = "application/problem+json"
BY_STATUS = {404: "not-found", 405: "method-not-allowed", 413: "too-large", 415: "unsupported-media-type"}

#: A request that can be read, and asks for what cannot be; only this says where.
UNPROCESSABLE = 422
#: Status -> OpenAPI entry.
Responses = dict[int | str, dict[str, Any]]


def answer(request: Request, data: Mapping[str, Any], status: int = 200) -> Response:
    """This data in the form that the Accept header names; arrays in it are ``{dtype, shape, data}``."""
    language = language_of(request)
    data = {name: value for name, value in data.items() if name != "reply_to"}  # that is for sockets
    if data.get("calls"):
        data["calls"] = unpack_calls(data["calls"])
    data = in_language(data, language)
    headers = {"Content-Language": language, "Vary": "Accept, Accept-Language"}
    if MSGPACK in request.headers.get("accept", ""):
        return Response(msgpack.packb(data), status, headers, media_type=MSGPACK)
    return JSONResponse(plain(data), status, headers)


def language_of(request: Request) -> Language:
    """The one that the Accept-Language header prefers of those that are spoken."""
    return preferred(request.headers.get("accept-language", ""))


async def unless_gone(request: Request, asking: Coroutine[Any, Any, dict[str, Any]]) -> dict[str, Any]:
    """The answer; who hangs up before it is there has it computed no further."""
    task, gone = asyncio.create_task(asking), asyncio.create_task(_hung_up(request))
    try:
        await asyncio.wait((task, gone), return_when=asyncio.FIRST_COMPLETED)
        return await task if task.done() else {}
    finally:
        task.cancel()
        gone.cancel()


async def _hung_up(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass


# --------------------------------------------------------------------------------------------------- what may go wrong


def problems(*names: str) -> Responses:
    """The OpenAPI entries of these kinds of problem, each with an example."""
    entries: Responses = {}
    for name in dict.fromkeys(names):
        kind = KINDS[name]
        if kind.status not in entries:
            media = {"schema": {"$ref": "#/components/schemas/Problem"}, "examples": {}}
            entries[kind.status] = {"description": kind.title, "content": {PROBLEM: media}}
        else:
            entries[kind.status]["description"] += f"; {kind.title[0].lower()}{kind.title[1:]}"
        example = ProblemError(
            name, kind.summary, ("spec", "layers", 0, "units") if kind.status == UNPROCESSABLE else ()
        )
        document = example.document("/api/v1/sessions").model_dump(mode="json")
        entries[kind.status]["content"][PROBLEM]["examples"][name] = {"summary": kind.title, "value": document}
    return entries


def arrays(description: str) -> Responses:
    """The OpenAPI entry of a 200 whose arrays may also be had as MessagePack."""
    schema = {"type": "string", "format": "binary", "description": "the same map; arrays are {dtype, shape, data: bin}"}
    return {200: {"description": description, "content": {MSGPACK: {"schema": schema}}}}


@contextmanager
def below(*where: str, but: tuple[str, ...] = ()) -> Iterator[None]:
    """What goes wrong in here is about this part of the request, unless it is about one of those."""
    try:
        yield
    except ProblemError as problem:
        flaws = [
            flaw if flaw.loc[:1] and flaw.loc[0] in but else Flaw(loc=(*where, *flaw.loc), msg=flaw.msg)
            for flaw in problem.flaws
        ]
        raise ProblemError(problem.kind, problem.detail, flaws=flaws, headers=problem.headers) from problem


@contextmanager
def named_in_path() -> Iterator[None]:
    """A name that does not exist stands in the path, so there is nothing at this address."""
    try:
        yield
    except ProblemError as problem:
        if problem.kind != "unknown-name":
            raise
        raise ProblemError("not-found", problem.detail) from problem


# ----------------------------------------------------------------------------------------------- errors as documents


def answer_problems(app: FastAPI) -> None:
    """Every error leaves as a problem document."""

    @app.exception_handler(ProblemError)
    async def refused(request: Request, error: ProblemError) -> Response:
        return _document(request, error)

    @app.exception_handler(RequestValidationError)
    async def not_valid(request: Request, error: RequestValidationError) -> Response:
        return _document(request, _invalid_request(error))

    @app.exception_handler(ValidationError)
    async def command_not_valid(request: Request, error: ValidationError) -> Response:
        return _document(request, problem_of(error))

    @app.exception_handler(HTTPException)
    async def http(request: Request, error: HTTPException) -> Response:
        return _document(request, _http_problem(error))

    @app.exception_handler(Exception)
    async def broken(request: Request, error: Exception) -> Response:
        log.exception("unexpected error", exc_info=error)
        return _document(request, problem_of(error))


def _document(request: Request, problem: ProblemError) -> Response:
    language = language_of(request)
    document = problem.document(request.url.path, language).model_dump(mode="json")
    headers = {"Content-Language": language, "Vary": "Accept-Language", **problem.headers}
    return JSONResponse(document, problem.status, headers, media_type=PROBLEM)


def _http_problem(error: HTTPException) -> ProblemError:
    """Starlette's own errors: no such page, not this method."""
    kind = BY_STATUS.get(error.status_code, "malformed")
    return ProblemError(
        kind,
        say("{title}. {summary}", title=say(error.detail), summary=say(KINDS[kind].summary)),
        headers=error.headers,
    )


def _invalid_request(error: RequestValidationError) -> ProblemError:
    """FastAPI's errors. Their paths begin with "body", "path" or "query", and hold the tags of pydantic's unions."""
    flaws = [{**flaw, "loc": _place(flaw["loc"], error.body), "msg": flaw["msg"]} for flaw in error.errors()]
    return invalid(flaws)


def _place(loc: tuple[str | int, ...], body: Any) -> tuple[str | int, ...]:
    return request_path(loc[1:], body) if loc[0] == "body" else loc
