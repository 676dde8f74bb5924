"""What comes in as JSON: the media type must say so, and it is read strictly."""

from collections.abc import Callable, Coroutine
from email.message import Message
from typing import Any

from fastapi import Request, Response
from fastapi.routing import APIRoute

from app.protocol import strict_json
from app.protocol.problems import ProblemError

#: What Accept must name one of.
ACCEPTED = ("*/*", "application/")


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
        return strict_json.read(body.decode())
    except UnicodeError as error:
        raise ProblemError("malformed", "the body is not JSON: it is not UTF-8") from error
    except ValueError as error:
        raise ProblemError("malformed", f"the body is not JSON: {error}") from error


def _is_json(media_type: str | None) -> bool:
    message = Message()
    message["content-type"] = media_type or "text/plain"
    main, sub = message.get_content_maintype(), message.get_content_subtype()
    return main == "application" and (sub == "json" or sub.endswith("+json"))
