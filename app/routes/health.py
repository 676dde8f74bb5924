"""Is it alive? And what does this kind of problem mean?"""

from fastapi import APIRouter, Request

from app.protocol.base import Message
from app.protocol.problems import KINDS, not_found
from app.routes.answers import problems

router = APIRouter(tags=["server"])


class Health(Message):
    """It answers, so it lives."""

    status: str = "ok"
    sessions: int
    shards: int


class KindOfProblem(Message):
    """What a problem document's ``type`` stands for."""

    status: int
    title: str
    summary: str


@router.get("/healthz")
async def healthz(request: Request) -> Health:
    """For whoever watches over the process."""
    state = request.app.state
    return Health(sessions=len(state.sessions), shards=state.settings.shards)


@router.get("/problems/{kind}", responses=problems("not-found"))
async def kind_of_problem(kind: str) -> KindOfProblem:
    """What the ``type`` of a problem document means."""
    if kind not in KINDS:
        raise not_found("kind of problem")
    return KindOfProblem(status=KINDS[kind].status, title=KINDS[kind].title, summary=KINDS[kind].summary)
