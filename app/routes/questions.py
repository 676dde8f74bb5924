"""What can be asked of a session; nothing here changes it."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from app.protocol import commands as c
from app.protocol.replies import (
    BackwardReply,
    ConfusionReply,
    ForwardReply,
    GradcheckReply,
    GradcheckRequest,
    HistoryReply,
    Inputs,
    InputsAndTargets,
    LedgerReply,
    TensorReply,
)
from app.routes.access import Viewer
from app.routes.answers import answer, binary, problems
from app.routes.sessions import LOOK
from engine.explain.explanation import Explanation

router = APIRouter(prefix="/api/v1/sessions/{id}", tags=["questions"])

ASK = LOOK | problems("invalid-request", "unknown-name", "shape-mismatch", "spec-error")
IndexText = Annotated[
    str, Query(pattern=r"^(\d{1,7}(,\d{1,7}){0,3})?$", examples=["0,2"], description="comma-separated, counted from 0")
]


@router.post("/forward", response_model=ForwardReply, responses=ASK | binary("Outputs and activations"))
async def forward(request: Request, session: Viewer, body: Inputs) -> Response:
    """Run these inputs through the network as it is."""
    return answer(request, await session.ask(c.Forward(inputs=body.inputs)))


@router.post("/backward", response_model=BackwardReply, responses=ASK | binary("Loss and every gradient"))
async def backward(request: Request, session: Viewer, body: InputsAndTargets) -> Response:
    """The loss of these examples and every gradient, the penalty's included."""
    return answer(request, await session.ask(c.Backward(inputs=body.inputs, targets=body.targets)))


@router.get("/tensors/{node}", response_model=TensorReply, responses=ASK | binary("One node, at the present cursor"))
async def tensor(request: Request, session: Viewer, node: str) -> Response:
    """One node's activation and gradient (and a parameter's delta) at the present cursor."""
    view = await session.ask(c.Tensor(node=node))
    view["activation"] = view.pop("value")
    return answer(request, view)


@router.get("/explain/{node}", response_model=Explanation, responses=ASK)
async def explain(
    request: Request,
    session: Viewer,
    node: str,
    index: IndexText = "",
    quantity: c.Quantity | None = None,
    level: c.Level = "graduate",
) -> Response:
    """Why is this number what it is? The formula, the numbers in it, its terms, and words at five levels."""
    place = tuple(int(i) for i in index.split(",")) if index else ()
    return answer(request, await session.ask(c.Explain(node=node, quantity=quantity, index=place, level=level)))


@router.post("/gradcheck", response_model=GradcheckReply, responses=ASK | problems("not-computed"))
async def gradcheck(request: Request, session: Viewer, body: GradcheckRequest | None = None) -> Response:
    """Backpropagation's gradients beside finite differences of the loss, in float64, on the present batch."""
    return answer(request, await session.ask(c.Gradcheck(**(body or GradcheckRequest()).model_dump())))


@router.get("/history", response_model=HistoryReply, responses=LOOK)
async def history(request: Request, session: Viewer) -> Response:
    """Metrics by step."""
    return answer(request, await session.ask(c.History()))


@router.get("/ledger", response_model=LedgerReply, responses=ASK | binary("A parameter's book"))
async def ledger(request: Request, session: Viewer, parameter: str) -> Response:
    """A parameter's start, the sum of its deltas, and what it is now: they must agree."""
    return answer(request, await session.ask(c.Ledger(parameter=parameter)))


@router.get("/confusion", response_model=ConfusionReply, responses=LOOK)
async def confusion(request: Request, session: Viewer) -> Response:
    """Counts of true against answered classes, for the training and the test part."""
    return answer(request, await session.ask(c.Confusion()))


@router.get("/dataset", responses=LOOK)
async def dataset(request: Request, session: Viewer) -> Response:
    """The session's data: columns, features, scale and (at most 2,000) rows of both parts."""
    return answer(request, (await session.ask(c.State()))["dataset"])
