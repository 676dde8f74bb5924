"""Who asks, for which session, with which rights."""

from typing import Annotated, cast

from fastapi import Depends, Path, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from app.protocol.problems import ProblemError
from app.sessions.handle import Handle
from app.sessions.registry import Sessions
from app.sessions.tokens import Role

bearer = HTTPBearer(auto_error=False, description="the owner_token of the session; to look, its viewer_token suffices")
SessionId = Annotated[str, Path(alias="id", max_length=64, description="the session's id")]
Credentials = Annotated[HTTPAuthorizationCredentials | None, Depends(bearer)]


def sessions_of(request: Request) -> Sessions:
    """The gateway's registry."""
    return cast(Sessions, request.app.state.sessions)


SessionsDep = Annotated[Sessions, Depends(sessions_of)]


def _authorised(
    sessions: Sessions, session_id: str, credentials: HTTPAuthorizationCredentials | None, need: Role
) -> Handle:
    if credentials is None:
        raise ProblemError(
            "unauthorised",
            "send the session's token as 'Authorization: Bearer <token>'",
            headers={"WWW-Authenticate": "Bearer"},
        )
    return sessions.authorise(session_id, credentials.credentials, need)


def owner(sessions: SessionsDep, session_id: SessionId, credentials: Credentials) -> Handle:
    """The session, for who may change it."""
    return _authorised(sessions, session_id, credentials, "owner")


def viewer(sessions: SessionsDep, session_id: SessionId, credentials: Credentials) -> Handle:
    """The session, for who may look at it."""
    return _authorised(sessions, session_id, credentials, "viewer")


Owner = Annotated[Handle, Depends(owner)]
Viewer = Annotated[Handle, Depends(viewer)]
