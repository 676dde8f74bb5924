"""Sessions are opened, looked at, changed, copied, shared and ended."""

from typing import Any

from fastapi import APIRouter, Request, Response

from app.protocol import commands as c
from app.protocol.problems import ProblemError
from app.protocol.replies import (
    ParametersReply,
    ParameterValue,
    SessionCreated,
    SessionRequest,
    SessionState,
    Shared,
    Ticket,
    WasEdited,
)
from app.routes.access import Owner, SessionsDep, Viewer
from app.routes.answers import answer, binary, problems
from app.sessions.registry import Created
from engine.presets import PRESETS

router = APIRouter(prefix="/api/v1/sessions", tags=["sessions"])

LOOK = problems("unauthorised", "not-found", "invalid-request", "shard-restarted", "timeout")
CHANGE = LOOK | problems("forbidden", "wrong-mode")
EDIT = CHANGE | problems("invalid-request", "spec-error", "unknown-name", "shape-mismatch", "limit-exceeded")
OPEN = problems("malformed", "spec-error", "invalid-request", "unknown-name", "shape-mismatch", "limit-exceeded",
                "not-found", "too-large", "too-many-sessions", "too-many-requests", "shard-restarted", "timeout")  # fmt: skip


@router.post("", status_code=201, response_model=SessionCreated, responses=OPEN)
async def create_session(request: Request, body: SessionRequest, sessions: SessionsDep) -> Response:
    """Build the network and open a session for it."""
    if body.share is not None:
        created = await sessions.open_share(body.share)
    elif body.preset is not None:
        preset = PRESETS.get(body.preset)
        if preset is None:
            known = ", ".join(sorted(PRESETS))
            raise ProblemError("unknown-name", f'there is no preset "{body.preset}"; known: {known}', ("preset",))
        spec = preset.spec.model_dump(mode="json", exclude_unset=True)
        created = await sessions.create(spec, parameters=dict(preset.parameters) or None)
    else:
        assert body.spec is not None  # the request's own validator says so
        created = await sessions.create(body.spec.model_dump(mode="json", exclude_unset=True))
    return answer(request, _created(request, created), 201)


@router.get("/{id}", response_model=SessionState, responses=LOOK)
async def get_session(request: Request, session: Viewer) -> Response:
    """The session as it stands."""
    state = await session.ask(c.State())
    running = state["mode"] == "playing"
    return answer(request, {**state, "role": session.role, "running": running})


@router.delete("/{id}", status_code=204, responses=LOOK | problems("forbidden"))
async def delete_session(session: Owner) -> None:
    """End the session for good."""
    await session.end()


@router.patch("/{id}/spec", response_model=WasEdited, responses=EDIT)
async def edit_spec(request: Request, session: Owner, patch: dict[str, Any]) -> Response:
    """Change the spec by an RFC 7396 merge patch; weights that still fit are kept."""
    return answer(request, await session.ask(c.Patch(patch=patch)))


@router.get("/{id}/parameters", response_model=ParametersReply, responses=LOOK | binary("Every parameter, by name"))
async def get_parameters(request: Request, session: Viewer) -> Response:
    """Every parameter, by name."""
    return answer(request, {"parameters": await session.ask(c.Parameters())})


@router.put("/{id}/parameters/{name}", response_model=WasEdited, responses=EDIT)
async def set_parameter(request: Request, session: Owner, name: str, body: ParameterValue) -> Response:
    """Set a parameter, or one entry of it, by hand; the current step begins again."""
    return answer(request, await session.ask(c.SetParameter(name=name, value=body.value, index=body.index)))


@router.post("/{id}/ticket", response_model=Ticket, responses=LOOK)
async def get_ticket(session: Viewer) -> Ticket:
    """A ticket for one WebSocket, with the rights of the token that asks."""
    return Ticket(ticket=session.ticket())


@router.post("/{id}/fork", status_code=201, response_model=SessionCreated, responses=OPEN | LOOK)
async def fork_session(request: Request, session: Viewer, sessions: SessionsDep) -> Response:
    """A copy of one's own that goes on from the same point."""
    return answer(request, _created(request, await sessions.fork(session)), 201)


@router.post("/{id}/share", status_code=201, response_model=Shared, responses=CHANGE)
async def share_session(request: Request, session: Owner, sessions: SessionsDep) -> Shared:
    """Freeze the session as it is; whoever has the link opens a copy."""
    share = await sessions.share(session)
    return Shared(id=share, url=f"{request.base_url}#share={share}")


def _created(request: Request, created: Created) -> dict[str, Any]:
    about = created.snapshot
    return {
        "id": created.id,
        "owner_token": created.owner_token,
        "viewer_token": created.viewer_token,
        "url": f"{request.base_url}#session={created.id}&token={created.owner_token}",
        **{name: about[name] for name in ("spec", "cursor", "mode", "parameter_count", "warnings")},
    }
