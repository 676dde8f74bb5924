"""Travelling in time: the run as a line of steps, and its bookmarks."""

from typing import Annotated

from fastapi import APIRouter, Path, Request, Response

from app.protocol import commands as c
from app.protocol.replies import BookmarksReply, TimelineReply, Visited
from app.protocol.requests import BookmarkName
from app.routes.access import Owner, Viewer
from app.routes.answers import answer, named_in_path, problems
from app.routes.bodies import JsonRoute
from app.routes.sessions import CHANGE, LOOK

router = APIRouter(prefix="/api/v1/sessions/{id}", tags=["travel"], route_class=JsonRoute)

Number = Annotated[int, Path(ge=1, lt=2**53, description="as in GET …/timeline", examples=[1])]


@router.get("/timeline", response_model=TimelineReply, responses=problems(*LOOK))
async def timeline(request: Request, session: Viewer) -> Response:
    """The run as a line of steps: what is at hand, what can be computed again, where something was changed."""
    return answer(request, await session.ask(c.Timeline()))


@router.post(
    "/bookmarks", status_code=201, response_model=BookmarksReply, responses=problems(*CHANGE, "limit-exceeded")
)
async def add_bookmark(request: Request, session: Owner, body: BookmarkName | None = None) -> Response:
    """Name the present point of time; it can be reached whatever becomes of the run."""
    return answer(request, await session.ask(c.AddBookmark(name=body.name if body else "")), 201)


@router.patch("/bookmarks/{number}", response_model=BookmarksReply, responses=problems(*CHANGE))
async def rename_bookmark(request: Request, session: Owner, number: Number, body: BookmarkName) -> Response:
    """Give a bookmark another name."""
    with named_in_path():
        return answer(request, await session.ask(c.RenameBookmark(bookmark=number, name=body.name)))


@router.delete("/bookmarks/{number}", response_model=BookmarksReply, responses=problems(*CHANGE))
async def remove_bookmark(request: Request, session: Owner, number: Number) -> Response:
    """Take a bookmark away."""
    with named_in_path():
        return answer(request, await session.ask(c.RemoveBookmark(bookmark=number)))


@router.post("/bookmarks/{number}/visit", response_model=Visited, responses=problems(*CHANGE, "spec-error"))
async def visit(request: Request, session: Owner, number: Number) -> Response:
    """Stand at a bookmark; if the spec was changed since it was set, its run is the present one from then on."""
    with named_in_path():
        return answer(request, await session.ask(c.Visit(bookmark=number)))
