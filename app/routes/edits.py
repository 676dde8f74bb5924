"""What was edited is undone and done again; a layer gets another name."""

from fastapi import APIRouter, Request, Response

from app.protocol import commands as c
from app.protocol.replies import Turned, WasEdited
from app.protocol.requests import RenameRequest
from app.routes.access import Owner
from app.routes.answers import answer, problems
from app.routes.bodies import JsonRoute
from app.routes.sessions import CHANGE, EDIT

router = APIRouter(prefix="/api/v1/sessions/{id}", tags=["sessions"], route_class=JsonRoute)


@router.post("/rename", response_model=WasEdited, responses=problems(*EDIT))
async def rename_layer(request: Request, session: Owner, body: RenameRequest) -> Response:
    """Give a layer another name; its weights and whatever reads it follow."""
    return answer(request, await session.ask(c.Rename(layer=body.layer, name=body.name)))


@router.post("/undo", response_model=Turned, responses=problems(*CHANGE, "nothing-to-undo"))
async def undo(request: Request, session: Owner) -> Response:
    """Take back the last edit and what was trained since: spec, weights and place are as before it, bit for bit."""
    return answer(request, await session.ask(c.Undo()))


@router.post("/redo", response_model=Turned, responses=problems(*CHANGE, "nothing-to-undo"))
async def redo(request: Request, session: Owner) -> Response:
    """Return to where undo was asked for, with what was trained there."""
    return answer(request, await session.ask(c.Redo()))
