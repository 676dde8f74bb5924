"""What comes in as JSON, read strictly: the media type must say so, and every number must be one.

``NaN``, ``Infinity`` and numbers too large for a float, or for 64 bits, are not taken (Python's reader takes them);
neither is half of a surrogate pair, which could never be sent back.
"""

import json
import math
from collections.abc import Callable, Coroutine
from email.message import Message
from typing import Any

from fastapi import Request, Response
from fastapi.routing import APIRoute

from app.protocol.problems import ProblemError

#: What Accept must name one of.
ACCEPTED = ("*/*", "application/")
#: Nothing that we take is nested deeper than this (MessagePack's limit is 511, and shards speak it).
MOST_DEPTH = 64
#: Integers are those of MessagePack and of every language that reads it.
INT64 = 2**63
MOST_DIGITS = 20


class JsonRoute(APIRoute):
    """A route whose body, if it takes one, has been read by ``read_json``; refusals come before anything happens."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """See APIRoute."""
        handle = super().get_route_handler()

        async def read_first(request: Request) -> Response:
            check_accept(request.headers.get("accept", ""))
            if self.body_field is not None and await request.body():
                request = _Read(request, read_json(await request.body(), request.headers.get("content-type")))
            return await handle(request)

        return read_first


class _Read(Request):
    """A request whose JSON has been read."""

    def __init__(self, request: Request, value: Any) -> None:
        super().__init__(request.scope, request.receive)
        self._body = request._body
        self._value = value

    async def json(self) -> Any:
        return self._value


def check_accept(accept: str) -> None:
    """Answers are JSON, MessagePack, or files.

    Raises:
        ProblemError: not-acceptable.
    """
    if accept and not any(name in accept for name in ACCEPTED):
        raise ProblemError("not-acceptable", "answers are application/json or application/msgpack")


def read_json(body: bytes, media_type: str | None) -> Any:
    """The value of a body.

    Raises:
        ProblemError: unsupported-media-type (it does not say that it is JSON), malformed (it is none).
    """
    if not _is_json(media_type):
        said = f"got {media_type}" if media_type else "the Content-Type header is missing"
        raise ProblemError("unsupported-media-type", f"send application/json; {said}"[:200])
    try:
        value = json.loads(body.decode(), parse_constant=_no_number, parse_float=_finite, parse_int=_bounded)
        if b"\\u" in body:
            json.dumps(value, ensure_ascii=False).encode()
    except (ValueError, RecursionError) as error:
        raise ProblemError("malformed", f"the body is not JSON: {_reason(error)}") from error
    if body.count(b"[") + body.count(b"{") > MOST_DEPTH and _deeper_than(MOST_DEPTH, value):
        raise ProblemError("malformed", f"the body is nested more than {MOST_DEPTH} deep")
    return value


def _deeper_than(depth: int, value: Any) -> bool:
    """Whether the containers in this value are nested deeper than that."""
    level = [value] if isinstance(value, dict | list) else []
    for _ in range(depth):
        items = (item.values() if isinstance(item, dict) else item for item in level)
        level = [inner for each in items for inner in each if isinstance(inner, dict | list)]
        if not level:
            return False
    return True


def _is_json(media_type: str | None) -> bool:
    message = Message()
    message["content-type"] = media_type or "text/plain"
    main, sub = message.get_content_maintype(), message.get_content_subtype()
    return main == "application" and (sub == "json" or sub.endswith("+json"))


def _reason(error: Exception) -> str:
    if isinstance(error, RecursionError):
        return "it is nested too deeply"
    return "it is not UTF-8" if isinstance(error, UnicodeError) else str(error)


def _no_number(word: str) -> float:
    raise ValueError(f"{word} is not a number")


def _finite(text: str) -> float:
    value = float(text)
    if not math.isfinite(value):
        raise ValueError(f"{text[:40]} is too large for a number")
    return value


def _bounded(text: str) -> int:
    value = int(text) if len(text) <= MOST_DIGITS else INT64
    if not -INT64 <= value < INT64:
        raise ValueError(f"{text[:40]} is too large for an integer; 64 bits are allowed")
    return value
