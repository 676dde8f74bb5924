"""Tables of people's own: read before they are used, so that what is wrong with them can be seen and corrected."""

from typing import Annotated

from fastapi import APIRouter, Path, Request, Response

from app.protocol.tables import TableReply, TableRequest
from app.routes.access import SessionsDep
from app.routes.answers import answer, problems
from app.routes.bodies import JsonRoute
from engine.spec import TableReading

router = APIRouter(prefix="/api/v1/tables", tags=["tables"], route_class=JsonRoute)

READ = ("invalid-request", "spec-error", "unknown-name", "limit-exceeded", "not-acceptable", "too-many-requests")
TableId = Annotated[str, Path(alias="id", description="as answered", examples=["0cd2cbc7a1a1ad0a7a4fd2ea2ce3e4a3"])]


@router.post("", status_code=201, response_model=TableReply, responses=problems(*READ))
async def keep_table(request: Request, body: TableRequest, sessions: SessionsDep) -> Response:
    """Keep a table and read it: delimiter, header, kinds of columns, target, and why rows cannot be used.

    It stays on this server, and is forgotten with the last session that uses it (or after a while, if none does).
    """
    sessions.tables.admit()
    key = await sessions.tables.put(body.csv)
    reply = await sessions.tables.read(key, body.reading)
    return answer(request, reply.model_dump(), 201)


@router.post("/{id}/read", response_model=TableReply, responses=problems(*READ))
async def read_table(request: Request, key: TableId, body: TableReading, sessions: SessionsDep) -> Response:
    """Read a kept table again, in another way."""
    sessions.tables.admit()
    reply = await sessions.tables.read(key, body)
    return answer(request, reply.model_dump())
