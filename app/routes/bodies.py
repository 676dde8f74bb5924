"""What comes in as JSON: the media type must say so, and it is read strictly."""

from collections.abc import Callable, Coroutine
from email.message import Message
from typing import Any

from fastapi import Request, Response
from fastapi.routing import APIRoute

from app.protocol import strict_json
from app.protocol.files import read_safetensors
from app.protocol.problems import ProblemError
from engine.words import say

#: The media type of files without one of their own.
OCTETS = "application/octet-stream"
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
                request = _Read(request, self._read(await request.body(), request.headers.get("content-type")))
            return await handle(request)

        return read_first

    def _read(self, body: bytes, media_type: str | None) -> Any:
        """JSON; or a file, where the route's description says that it takes one."""
        taken = (self.openapi_extra or {}).get("requestBody", {}).get("content", {})
        if media_type in taken and media_type == OCTETS:
            return read_file(body)
        return read_json(body, media_type)


class _Read(Request):
    """A request whose JSON has been read."""

    def __init__(self, request: Request, value: Any) -> None:
        headers = [(name, text) for name, text in request.scope["headers"] if name != b"content-type"]
        typed = [*headers, (b"content-type", b"application/json")]
        super().__init__({**request.scope, "headers": typed}, request.receive)
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
        raise ProblemError("not-acceptable", say("answers are application/json or application/msgpack"))


def read_file(body: bytes) -> dict[str, Any]:
    """What an exported safetensors file asks for: its spec and its arrays.

    Raises:
        ProblemError: malformed: it is no such file, or has no spec.
    """
    try:
        arrays, metadata = read_safetensors(body)
        if not isinstance(metadata.get("spec"), str):
            raise ValueError("its metadata has no spec: only a file that was exported here tells of its network")
        return {"spec": strict_json.read(metadata["spec"]), "parameters": arrays}
    except UnicodeError as error:
        raise ProblemError("malformed", say("the file cannot be read: its header is not UTF-8")) from error
    except ValueError as error:
        raise ProblemError("malformed", say("the file cannot be read: {error}", error=error)) from error


def read_json(body: bytes, media_type: str | None) -> Any:
    """The value of a body.

    Raises:
        ProblemError: unsupported-media-type (it does not say that it is JSON), malformed (it is none).
    """
    if not _is_json(media_type):
        said = say("got {type}", type=media_type[:150]) if media_type else say("the Content-Type header is missing")
        raise ProblemError("unsupported-media-type", say("send application/json; {said}", said=said))
    try:
        return strict_json.read(body.decode())
    except UnicodeError as error:
        raise ProblemError("malformed", say("the body is not JSON: it is not UTF-8")) from error
    except ValueError as error:
        raise ProblemError("malformed", say("the body is not JSON: {error}", error=error)) from error


def _is_json(media_type: str | None) -> bool:
    message = Message()
    message["content-type"] = media_type or "text/plain"
    main, sub = message.get_content_maintype(), message.get_content_subtype()
    return main == "application" and (sub == "json" or sub.endswith("+json"))
