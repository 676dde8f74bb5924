"""What can be studied of a session: single examples, weights over time, learning rates; nothing here changes it."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from app.protocol import commands as c
from app.protocol.studies import WhichPredictions, WhichRates
from app.protocol.study_replies import HistogramsReply, PredictionsReply, RatesReply
from app.routes.access import Viewer
from app.routes.answers import answer, arrays, problems, unless_gone
from app.routes.bodies import JsonRoute
from app.routes.questions import COMPUTE
from app.routes.sessions import LOOK

router = APIRouter(prefix="/api/v1/sessions/{id}", tags=["studies"], route_class=JsonRoute)

BY_COMMAS = r"^[^,]{1,80}(,[^,]{1,80}){0,15}$"
ParameterNames = Annotated[
    str | None,
    Query(pattern=BY_COMMAS, examples=["hidden1.W"], description="at most 16, commas between; the first if left out"),
]
SWEEP = (*COMPUTE, "diverged")


@router.get("/predictions", response_model=PredictionsReply, responses=arrays("A page") | problems(*COMPUTE))
async def predictions(request: Request, session: Viewer, which: Annotated[WhichPredictions, Query()]) -> Response:
    """Single examples: target, prediction, probability and the loss of each alone; the worst first."""
    return answer(request, await session.ask(c.Predictions(**which.model_dump())))


@router.get("/histograms", response_model=HistogramsReply, responses=arrays("Counts") | problems(*LOOK, "unknown-name"))
async def histograms(request: Request, session: Viewer, parameters: ParameterNames = None) -> Response:
    """How the weights of parameters, and their updates, are spread: 32 bins at up to 64 steps, and now."""
    names = tuple(parameters.split(",")) if parameters else ()
    return answer(request, await session.ask(c.Histograms(parameters=names)))


@router.post("/learning-rate", response_model=RatesReply, responses=arrays("The curve") | problems(*SWEEP))
async def find_learning_rate(request: Request, session: Viewer, body: WhichRates | None = None) -> Response:
    """Which learning rate? The loss of a short training on a copy while the rate grows; who hangs up, ends it."""
    wish = c.FindRate(**(body or WhichRates()).model_dump())
    return answer(request, await unless_gone(request, session.ask(wish)))
