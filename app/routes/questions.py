"""What can be asked of a session; nothing here changes it."""

from typing import Annotated

from fastapi import APIRouter, Path, Query, Request, Response

from app.protocol import commands as c
from app.protocol.findings import (
    BackwardReply,
    ConfusionReply,
    DatasetReply,
    ForwardReply,
    GradcheckReply,
    HistoryReply,
    LedgerReply,
    ProjectionReply,
    TensorReply,
)
from app.protocol.requests import EffectRequest, GradcheckRequest, Inputs, InputsAndTargets, WhatIfRequest
from app.protocol.whatif import EffectReply, WhatIfReply
from app.routes.access import Viewer
from app.routes.answers import answer, arrays, language_of, named_in_path, problems
from app.routes.bodies import JsonRoute
from app.routes.sessions import LOOK
from engine.explain.explanation import Explanation

router = APIRouter(prefix="/api/v1/sessions/{id}", tags=["questions"], route_class=JsonRoute)

COMPUTE = (*LOOK, "spec-error", "shape-mismatch", "limit-exceeded")
NodeName = Annotated[
    str,
    Path(min_length=1, max_length=80, description="a node or parameter of the session's graph", examples=["hidden1.W"]),
]
IndexText = Annotated[
    str, Query(pattern=r"^(\d{1,7}(,\d{1,7}){0,3})?$", examples=["0,2"], description="comma-separated, counted from 0")
]
ParameterQuery = Annotated[str, Query(min_length=1, max_length=80, examples=["hidden1.W"])]
LevelQuery = Annotated[c.Level, Query(description="for whom it is written")]
LanguageQuery = Annotated[
    c.Language | None,
    Query(description="of the words; what the Accept-Language header prefers, if left out", examples=["fr"]),
]
QuantityQuery = Annotated[
    c.Quantity | None,
    Query(description="of a parameter the gradient, of any other node the value, if left out", examples=["gradient"]),
]


@router.post("/forward", response_model=ForwardReply, responses=arrays("What comes out") | problems(*COMPUTE))
async def forward(request: Request, session: Viewer, body: Inputs) -> Response:
    """Run these inputs through the network as it is."""
    return answer(request, await session.ask(c.Forward(inputs=body.inputs)))


@router.post("/backward", response_model=BackwardReply, responses=arrays("Every gradient") | problems(*COMPUTE))
async def backward(request: Request, session: Viewer, body: InputsAndTargets) -> Response:
    """The loss of these examples and every gradient, the penalty's included."""
    return answer(request, await session.ask(c.Backward(inputs=body.inputs, targets=body.targets)))


@router.get("/tensors/{node}", response_model=TensorReply, responses=arrays("As far as computed") | problems(*LOOK))
async def tensor(request: Request, session: Viewer, node: NodeName) -> Response:
    """One node's activation and gradient (and a parameter's delta) at the present cursor; null where not computed."""
    with named_in_path():
        view = await session.ask(c.Tensor(node=node))
    return answer(request, {"activation" if name == "value" else name: value for name, value in view.items()})


@router.get("/explain/{node}", response_model=Explanation, responses=problems(*LOOK, "spec-error", "shape-mismatch"))
async def explain(
    request: Request,
    session: Viewer,
    node: NodeName,
    index: IndexText = "",
    quantity: QuantityQuery = None,
    level: LevelQuery = "graduate",
    language: LanguageQuery = None,
) -> Response:
    """Why is this number what it is? The formula, the numbers in it, its terms, and words at five levels."""
    place = tuple(int(i) for i in index.split(",")) if index else ()
    asked = c.Explain(node=node, quantity=quantity, index=place, level=level, language=language or language_of(request))
    with named_in_path():
        return answer(request, await session.ask(asked))


@router.post("/gradcheck", response_model=GradcheckReply, responses=problems(*COMPUTE, "unknown-name", "not-computed"))
async def gradcheck(request: Request, session: Viewer, body: GradcheckRequest | None = None) -> Response:
    """Backpropagation's gradients beside finite differences of the loss, in float64, of the step that is shown."""
    return answer(request, await session.ask(c.Gradcheck(**(body or GradcheckRequest()).model_dump())))


@router.post(
    "/what-if",
    response_model=WhatIfReply,
    responses=arrays("As they are and as they would be") | problems(*COMPUTE, "unknown-name"),
)
async def what_if(request: Request, session: Viewer, body: WhatIfRequest) -> Response:
    """The followed example's values and the losses with some numbers changed, beside what they are; changes nothing."""
    return answer(request, await session.ask(c.WhatIf(**body.model_dump())))


@router.post("/effect", response_model=EffectReply, responses=problems(*COMPUTE, "unknown-name"))
async def effect(request: Request, session: Viewer, body: EffectRequest) -> Response:
    """What a weight's gradient says of the loss beside what is measured, and the loss along that weight."""
    return answer(request, await session.ask(c.Effect(**body.model_dump())))


@router.get("/history", response_model=HistoryReply, responses=problems(*LOOK))
async def history(request: Request, session: Viewer) -> Response:
    """Metrics by step."""
    return answer(request, await session.ask(c.History()))


@router.get("/ledger", response_model=LedgerReply, responses=arrays("Its book") | problems(*LOOK, "unknown-name"))
async def ledger(request: Request, session: Viewer, parameter: ParameterQuery) -> Response:
    """A parameter's start, the sum of its deltas, and what it is now: they must agree."""
    return answer(request, await session.ask(c.Ledger(parameter=parameter)))


@router.get(
    "/projection/{parameter}",
    response_model=ProjectionReply,
    responses=arrays("Where its rows stand") | problems(*LOOK, "unknown-name", "spec-error"),
)
async def projection(request: Request, session: Viewer, parameter: NodeName) -> Response:
    """The rows of a matrix, say an embedding's tokens, in the plane in which they differ most."""
    with named_in_path():
        return answer(request, await session.ask(c.Projection(parameter=parameter)))


@router.get("/confusion", response_model=ConfusionReply, responses=problems(*LOOK))
async def confusion(request: Request, session: Viewer) -> Response:
    """Counts of true against answered classes, for the training and the test part."""
    return answer(request, await session.ask(c.Confusion()))


@router.get("/dataset", response_model=DatasetReply, responses=problems(*LOOK))
async def dataset(request: Request, session: Viewer) -> Response:
    """The session's data: columns, features, scale and (at most 2,000) examples of both parts."""
    return answer(request, (await session.ask(c.State()))["dataset"])
