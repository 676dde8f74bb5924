"""Sessions are opened, looked at, changed, copied, shared and ended."""

from typing import Annotated, Any

from fastapi import APIRouter, Body, Path, Query, Request, Response

from app.protocol import commands as c
from app.protocol.edits import Gesture
from app.protocol.problems import ProblemError
from app.protocol.replies import ParametersReply, RecipeReply, SessionCreated, SessionState, Shared, Ticket, WasEdited
from app.protocol.requests import ParameterValue, SessionRequest
from app.routes.access import Owner, SessionsDep, Viewer
from app.routes.answers import answer, arrays, below, named_in_path, problems
from app.routes.bodies import OCTETS, JsonRoute
from app.sessions.record import Created
from app.sessions.registry import Sessions
from engine.presets import PRESETS
from engine.words import say

router = APIRouter(prefix="/api/v1/sessions", tags=["sessions"], route_class=JsonRoute)

LOOK = ("unauthorised", "not-found", "invalid-request", "not-acceptable", "shard-restarted", "timeout")
CHANGE = (*LOOK, "forbidden", "wrong-mode")
EDIT = (*CHANGE, "spec-error", "unknown-name", "shape-mismatch", "limit-exceeded")
OPEN = (
    *("invalid-request", "spec-error", "unknown-name", "shape-mismatch", "limit-exceeded"),
    *("not-acceptable", "too-many-sessions", "too-many-requests", "shard-restarted", "timeout"),
)
ParameterName = Annotated[str, Path(description="as in GET …/parameters", examples=["hidden1.W"])]
GestureName = Annotated[
    Gesture | None,
    Query(description="edits with the same, one after the other, are undone at once", examples=["drag 7"]),
]
Patch = Annotated[dict[str, Any], Body(description="an RFC 7396 merge patch on the spec: null removes")]


#: A body that is a file.
FILE = {
    "requestBody": {
        "content": {
            OCTETS: {
                "schema": {"type": "string", "format": "binary", "description": "the export as safetensors"},
                "examples": {"an exported file": {"summary": "GET …/export/safetensors", "value": "…"}},
            }
        }
    }
}


@router.post(
    "", status_code=201, response_model=SessionCreated, responses=problems(*OPEN, "not-found"), openapi_extra=FILE
)
async def create_session(request: Request, body: SessionRequest, sessions: SessionsDep) -> Response:
    """Build the network and open a session for it: from a spec, a preset, a share, or an exported file.

    The export as JSON is the very body: spec, parameters, and where the training stood, from which it goes on. The
    export as safetensors, sent as application/octet-stream, opens a session that begins with its weights.
    """
    if body.share is not None:
        created = await sessions.open_share(body.share)
    elif body.preset is not None:
        created = await _from_preset(sessions, body.preset)
    else:
        assert body.spec is not None  # the request's own validator says so
        with below("spec", but=("parameters", "cursor", "training")):
            created = await sessions.create(
                body.spec.model_dump(mode="json", exclude_unset=True),
                parameters=body.parameters,
                training=_training(body),
            )
    return answer(request, _created(request, created), 201)


def _training(body: SessionRequest) -> dict[str, Any] | None:
    """Where the training stood, as the engine takes it."""
    if body.cursor is None or body.training is None:
        return None
    return {**body.cursor.model_dump(exclude={"phase"}), **body.training.model_dump()}


async def _from_preset(sessions: Sessions, name: str) -> Created:
    preset = PRESETS.get(name)
    if preset is None:
        known = ", ".join(sorted(PRESETS))
        raise ProblemError(
            "unknown-name", say('there is no preset "{name}"; known: {known}', name=name, known=known), ("preset",)
        )
    spec = preset.spec.model_dump(mode="json", exclude_unset=True)
    return await sessions.create(spec, parameters=dict(preset.parameters) or None)


@router.get("/{id}", response_model=SessionState, responses=problems(*LOOK))
async def get_session(request: Request, session: Viewer) -> Response:
    """The session as it stands: spec, graph, cursor, metrics, and what can be gone back to."""
    state = await session.ask(c.State())
    said = {name: state[name] for name in SessionState.model_fields if name in state}
    return answer(request, {**said, "role": session.role, "running": state["mode"] == "playing"})


@router.delete("/{id}", status_code=204, response_class=Response, responses=problems(*LOOK, "forbidden"))
async def delete_session(session: Owner) -> Response:
    """End the session for good."""
    await session.end()
    return Response(status_code=204)


@router.patch("/{id}/spec", response_model=WasEdited, responses=problems(*EDIT))
async def edit_spec(request: Request, session: Owner, patch: Patch, gesture: GestureName = None) -> Response:
    """Change the spec by a merge patch (RFC 7396); weights that still fit are kept."""
    return answer(request, await session.ask(c.Patch(patch=patch, gesture=gesture)))


@router.get("/{id}/parameters", response_model=ParametersReply, responses=arrays("by name") | problems(*LOOK))
async def get_parameters(request: Request, session: Viewer) -> Response:
    """Every parameter, by name."""
    return answer(request, {"parameters": await session.ask(c.Parameters())})


@router.put("/{id}/parameters/{name}", response_model=WasEdited, responses=problems(*EDIT))
async def set_parameter(request: Request, session: Owner, name: ParameterName, body: ParameterValue) -> Response:
    """Set a parameter, or one entry of it, by hand; the current step begins again."""
    command = c.SetParameter(name=name, **body.model_dump())
    with named_in_path():
        return answer(request, await session.ask(command))


@router.post("/{id}/ticket", response_model=Ticket, responses=problems(*LOOK))
async def get_ticket(request: Request, session: Viewer) -> Response:
    """A ticket for one WebSocket, with the rights of the token that asks."""
    return answer(request, {"ticket": session.ticket()})


@router.post("/{id}/fork", status_code=201, response_model=SessionCreated, responses=problems(*LOOK, *OPEN))
async def fork_session(request: Request, session: Viewer, sessions: SessionsDep) -> Response:
    """A copy of one's own that goes on from the same point."""
    return answer(request, _created(request, await sessions.fork(session)), 201)


@router.get("/{id}/recipe", response_model=RecipeReply, responses=problems(*LOOK))
async def recipe(request: Request, session: Viewer) -> Response:
    """What has to be said to come back to this very point without its weights: what a link holds."""
    return answer(request, await session.ask(c.Recipe()))


@router.post("/{id}/share", status_code=201, response_model=Shared, responses=problems(*LOOK, "forbidden"))
async def share_session(request: Request, session: Owner, sessions: SessionsDep) -> Response:
    """Freeze the session as it is; whoever has the link opens a copy."""
    share = await sessions.share(session)
    return answer(request, {"id": share, "url": f"{request.base_url}#share={share}"}, 201)


def _created(request: Request, created: Created) -> dict[str, Any]:
    """What is told once: the tokens, and where a browser sees this session."""
    about = created.snapshot
    return {
        "id": created.id,
        "owner_token": created.owner_token,
        "viewer_token": created.viewer_token,
        "url": f"{request.base_url}#session={created.id}&token={created.owner_token}",
        **{name: about[name] for name in ("spec", "cursor", "mode", "parameter_count", "warnings")},
    }
