"""Trying it oneself: an example of one's own, what it is told by, what would excite the network, what it writes."""

from fastapi import APIRouter, Request, Response

from app.protocol import commands as c
from app.protocol.findings import AscendReply, GenerateReply, OwnReply, SaliencyReply, TranslateReply
from app.protocol.requests import AscendRequest, GenerateRequest, OwnRequest, SaliencyRequest, TranslateRequest
from app.routes.access import Owner, Viewer
from app.routes.answers import answer, arrays, problems
from app.routes.bodies import JsonRoute
from app.routes.questions import COMPUTE
from app.routes.sessions import CHANGE

router = APIRouter(prefix="/api/v1/sessions/{id}", tags=["trials"], route_class=JsonRoute)

ASK = (*COMPUTE, "unknown-name")
SET = (*CHANGE, "spec-error", "shape-mismatch", "unknown-name")


@router.put("/own", response_model=OwnReply, responses=arrays("What the network makes of it") | problems(*SET))
async def set_own(request: Request, session: Owner, body: OwnRequest) -> Response:
    """Set an example of one's own; whoever watches "own" sees its values (and gradients, if a target says what is
    right) on the stage, though it is part of no batch. It is kept until another is set or the session is restored.
    """
    return answer(request, await session.ask(c.SetOwn(**body.model_dump())))


@router.delete("/own", response_model=OwnReply, responses=problems(*CHANGE))
async def forget_own(request: Request, session: Owner) -> Response:
    """Take it away again."""
    return answer(request, await session.ask(c.SetOwn()))


@router.post("/saliency", response_model=SaliencyReply, responses=arrays("The gradient") | problems(*ASK))
async def saliency(request: Request, session: Viewer, body: SaliencyRequest) -> Response:
    """The gradient of one number of the network (or of the loss) with respect to an example's input."""
    return answer(request, await session.ask(c.Saliency(**body.model_dump())))


@router.post("/ascend", response_model=AscendReply, responses=arrays("What was found") | problems(*ASK))
async def ascend(request: Request, session: Viewer, body: AscendRequest) -> Response:
    """The input that excites a unit, a feature map or a class: gradient ascent on the input, the weights stay."""
    return answer(request, await session.ask(c.Ascend(**body.model_dump())))


@router.post("/generate", response_model=GenerateReply, responses=problems(*ASK))
async def generate(request: Request, session: Viewer, body: GenerateRequest | None = None) -> Response:
    """Write a text, one token after the other; of a tune in ABC notation also its notes, and which bars fit."""
    return answer(request, await session.ask(c.Generate(**(body or GenerateRequest()).model_dump())))


@router.post("/translate", response_model=TranslateReply, responses=problems(*ASK))
async def translate(request: Request, session: Viewer, body: TranslateRequest) -> Response:
    """Have a decoder write what it makes of a text, symbol by symbol, and say where its attention looked."""
    return answer(request, await session.ask(c.Translate(**body.model_dump())))
