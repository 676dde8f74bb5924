"""A session walks, runs, pauses, goes back in time, begins again."""

from fastapi import APIRouter, Request, Response

from app.protocol import commands as c
from app.protocol.replies import Moved, RunningState
from app.protocol.requests import PlayRequest, ResetRequest, SeekRequest, StepRequest
from app.routes.access import Owner
from app.routes.answers import answer, problems
from app.routes.bodies import JsonRoute
from app.routes.sessions import CHANGE

router = APIRouter(prefix="/api/v1/sessions/{id}", tags=["running"], route_class=JsonRoute)


@router.post("/step", response_model=Moved, responses=problems(*CHANGE, "diverged", "history-gone"))
async def step(request: Request, session: Owner, body: StepRequest | None = None) -> Response:
    """Walk: operations, layers, batches or epochs, forward or back."""
    command = c.Step(**(body or StepRequest()).model_dump())
    return answer(request, await session.ask(command))


@router.post("/seek", response_model=Moved, responses=problems(*CHANGE, "history-gone", "spec-error"))
async def seek(request: Request, session: Owner, body: SeekRequest) -> Response:
    """Stand at any operation of the history; what is no longer kept is refused, approached, or computed again."""
    return answer(request, await session.ask(c.Seek(**body.model_dump())))


@router.post("/reset", response_model=Moved, responses=problems(*CHANGE))
async def reset(request: Request, session: Owner, body: ResetRequest | None = None) -> Response:
    """Begin again; the same seed gives the same weights."""
    command = c.Reset(**(body or ResetRequest()).model_dump())
    return answer(request, await session.ask(command))


@router.post("/play", response_model=RunningState, responses=problems(*CHANGE, "diverged"))
async def play(request: Request, session: Owner, body: PlayRequest | None = None) -> Response:
    """Run on its own, until it is paused or a condition holds."""
    wish = body or PlayRequest()
    return answer(request, await session.ask(c.Play(unit=wish.unit, rate=wish.steps_per_second, until=wish.until)))


@router.post("/pause", response_model=RunningState, responses=problems(*CHANGE))
async def pause(request: Request, session: Owner) -> Response:
    """Stop at the next boundary."""
    return answer(request, await session.ask(c.Pause()))
