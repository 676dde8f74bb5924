"""A session as a file for other programs."""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Path, Response

from app.protocol import commands as c
from app.protocol.arrays import plain
from app.protocol.files import npz, safetensors
from app.protocol.problems import ProblemError
from app.protocol.replies import Exported
from app.routes.access import SessionsDep, Viewer
from app.routes.answers import Responses, problems
from app.routes.bodies import JsonRoute
from app.routes.sessions import LOOK
from engine import export as engine_export
from engine.words import say

router = APIRouter(prefix="/api/v1/sessions/{id}", tags=["sessions"], route_class=JsonRoute)


def _json(session: Mapping[str, Any]) -> bytes:
    """Everything as JSON."""
    return json.dumps(plain(session), indent=1, allow_nan=False).encode()


def _safetensors(session: Mapping[str, Any]) -> bytes:
    """The parameters, with spec and cursor in the metadata."""
    words = {name: json.dumps(plain(session[name])) for name in ("spec", "cursor")}
    return safetensors(session["parameters"], words)


def _npz(session: Mapping[str, Any]) -> bytes:
    """The parameters for numpy.load."""
    return npz(session["parameters"])


def _content(session: Mapping[str, Any]) -> bytes:
    """What the engine has written."""
    content: bytes = session["content"]
    return content


@dataclass(frozen=True)
class Format:
    """How a session becomes a file.

    Args:
        suffix: of the file.
        media_type: of the file.
        encode: what the shard has answered -> the file's bytes.
        command: what the shard is asked.
    """

    suffix: str
    media_type: str
    encode: Callable[[Mapping[str, Any]], bytes]
    command: c.Export = c.Export()  # noqa: RUF009  # frozen


#: By the last part of the address.
FORMATS = {
    "json": Format("json", "application/json", _json),
    "safetensors": Format("safetensors", "application/octet-stream", _safetensors),
    "npz": Format("npz", "application/zip", _npz),
    **{
        name: Format(each.suffix, each.media_type, _content, c.Export(format=name))
        for name, each in engine_export.FORMATS.items()
    },
}
FormatName = Annotated[str, Path(alias="format", description=", ".join(FORMATS), examples=["json"])]
BINARY = {"schema": {"type": "string", "format": "binary"}}
FILES: Responses = {
    200: {
        "description": "The file",
        "content": {each.media_type: BINARY for name, each in FORMATS.items() if name != "json"},
        "headers": {"Content-Disposition": {"schema": {"type": "string"}, "description": "names the file"}},
    }
}


@router.get("/export/{format}", response_model=Exported, responses=FILES | problems(*LOOK))
async def export(session: Viewer, format_name: FormatName, sessions: SessionsDep) -> Response:
    """The session as a file: whole (json), weights (safetensors, npz), a script (numpy, pytorch), a network (onnx)."""
    chosen = FORMATS.get(format_name)
    if chosen is None:
        raise ProblemError(
            "not-found",
            say(
                'there is no export to "{value}"; there are {value_2}',
                value=format_name[:40],
                value_2=", ".join(FORMATS),
            ),
        )
    asked = await session.ask(chosen.command)
    asked = {**asked, "spec": await sessions.tables.whole(asked["spec"])}
    disposition = f'attachment; filename="{file_stem(asked["spec"]["name"])}.{chosen.suffix}"'
    return Response(chosen.encode(asked), media_type=chosen.media_type, headers={"Content-Disposition": disposition})


def file_stem(name: str) -> str:
    """A session's name as a file may be called anywhere: "Apples vs oranges" -> "apples-vs-oranges"."""
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:60] or "session"
