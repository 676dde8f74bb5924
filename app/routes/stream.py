"""The WebSocket: who asks is looked at before anything is accepted; then a Live talks."""

from typing import cast

from fastapi import APIRouter, WebSocket
from starlette.websockets import WebSocketState

from app.protocol.problems import ProblemError
from app.security.gate import problem_response
from app.sessions.handle import Handle
from app.sessions.live import Live
from app.sessions.registry import Sessions
from app.settings import Settings
from engine.words import preferred

router = APIRouter()

SUBPROTOCOL = "deltaflow.v1"
TICKET = "ticket."


@router.websocket("/api/v1/sessions/{session_id}/stream")
async def stream(socket: WebSocket, session_id: str) -> None:
    """Commands up, events and frames down."""
    try:
        handle = authorised(socket, session_id)
        subscription = handle.subscribe()
        subscription.language = preferred(socket.headers.get("accept-language", ""))
    except ProblemError as problem:
        await socket.send_denial_response(problem_response(problem, socket.url.path))
        return
    try:
        await socket.accept(SUBPROTOCOL if SUBPROTOCOL in socket.scope["subprotocols"] else None)
        settings = cast(Settings, socket.app.state.settings)
        code, reason = await Live(socket, handle, subscription, settings).run()
    finally:
        handle.unsubscribe(subscription)
    if code and socket.application_state is WebSocketState.CONNECTED:
        await socket.close(code, reason)


def authorised(socket: WebSocket, session_id: str) -> Handle:
    """The session, by a ticket among the subprotocols (browsers) or by the Authorization header.

    Raises:
        ProblemError: unauthorised, not-found.
    """
    sessions = cast(Sessions, socket.app.state.sessions)
    tickets = [name.removeprefix(TICKET) for name in socket.scope["subprotocols"] if name.startswith(TICKET)]
    if tickets:
        return sessions.redeem(session_id, tickets[0])
    scheme, _, token = socket.headers.get("authorization", "").partition(" ")
    return sessions.authorise(session_id, token.strip() if scheme.lower() == "bearer" else None)
