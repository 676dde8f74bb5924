"""Who asks, for which session, with which rights."""

from typing import Annotated, cast

from fastapi import Depends, Path, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from app.sessions.handle import Handle
from app.sessions.registry import Sessions

bearer = HTTPBearer(
    scheme_name="token",
    auto_error=False,
    description="The session's owner_token; to look at it, its viewer_token suffices.",
)
SessionId = Annotated[str, Path(alias="id", description="the session's id", examples=["wBJx0aT6TbVQ8O4pYqg5Lw"])]
Credentials = Annotated[HTTPAuthorizationCredentials | None, Depends(bearer)]


def sessions_of(request: Request) -> Sessions:
    """The gateway's registry."""
    return cast(Sessions, request.app.state.sessions)


SessionsDep = Annotated[Sessions, Depends(sessions_of)]


def _token(credentials: HTTPAuthorizationCredentials | None) -> str | None:
    return credentials.credentials if credentials else None


def owner(sessions: SessionsDep, session_id: SessionId, credentials: Credentials) -> Handle:
    """The session, for who may change it."""
    return sessions.authorise(session_id, _token(credentials), "owner")


def viewer(sessions: SessionsDep, session_id: SessionId, credentials: Credentials) -> Handle:
    """The session, for who may look at it."""
    return sessions.authorise(session_id, _token(credentials), "viewer")


Owner = Annotated[Handle, Depends(owner)]
Viewer = Annotated[Handle, Depends(viewer)]
