"""What can go wrong, as RFC 9457 problem documents: one list, one mapping from errors, for REST and WebSocket.

ProblemError carries one entry of KINDS, what exactly was wrong, and where (``loc``, the path in the request).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import Field, ValidationError

from app.protocol.base import Message
from app.protocol.framing import FramingError
from engine import errors as engine
from engine.patching import flaw_words
from engine.words import ENGLISH, Language, Said, Text, in_language, say

Loc = tuple[str | int, ...]


@dataclass(frozen=True)
class Kind:
    """One kind of problem: its status, its title, and when it happens."""

    status: int
    title: str
    summary: str


#: The last part of ``type`` -> what it means. docs/reference/errors.md lists the same (a test says so).
KINDS: dict[str, Kind] = {
    "invalid-request": Kind(422, "The request is not valid", "A field is missing, unknown, or of the wrong kind."),
    "malformed": Kind(400, "The request cannot be read", "The body is not JSON, or the message is not text."),
    "spec-error": Kind(422, "This network cannot be built", "The spec contradicts itself, or does not fit its data."),
    "unknown-name": Kind(422, "There is no such name", "A layer, node, parameter or dataset that does not exist."),
    "shape-mismatch": Kind(422, "An array has the wrong shape", "Expected and actual shape are in the detail."),
    "limit-exceeded": Kind(422, "Larger than this server allows", "The limits are in the catalog."),
    "not-computed": Kind(409, "Not computed yet", "The cursor has not reached the operation that computes this."),
    "history-gone": Kind(409, "This point of time is not kept", "The detail names the nearest step that is kept."),
    "nothing-to-undo": Kind(
        409, "Nothing to undo", "No edit that could be undone, or none undone that could be redone."
    ),
    "diverged": Kind(409, "Training has diverged", "A number is not finite; go back, or change what the detail says."),
    "wrong-mode": Kind(409, "Not while the session is in this mode", "E.g. a step while it plays: pause it first."),
    "unauthorised": Kind(401, "A token is needed", "No token, or one that cannot be read."),
    "forbidden": Kind(403, "This token may only look", "A viewer's token cannot change a session."),
    "origin-refused": Kind(403, "Not from this origin", "The page that asks is not one of this server's own."),
    "host-refused": Kind(400, "Not for this host", "The Host header names none of the allowed hosts."),
    "not-found": Kind(404, "There is nothing here", "No such session (or it is somebody else's), page or name."),
    "method-not-allowed": Kind(405, "Not this method", "The Allow header lists those that work."),
    "not-acceptable": Kind(406, "Not in this form", "The Accept header names no form that is offered."),
    "too-large": Kind(413, "The request is too large", "The limit is in the detail."),
    "unsupported-media-type": Kind(415, "Not this media type", "Send application/json."),
    "too-many-requests": Kind(429, "Too many requests", "Wait for the time in Retry-After."),
    "too-many-sessions": Kind(429, "The server is full", "Wait for the time in Retry-After, or end a session."),
    "internal": Kind(500, "Something broke on our side", "Nothing of it is the request's fault; it has been logged."),
    "shard-restarted": Kind(503, "The session is being restored", "Its process ended; repeat the request."),
    "shutting-down": Kind(503, "The server is stopping", "Sessions come back when it has started again."),
    "timeout": Kind(504, "It took too long", "The session's process did not answer in time."),
}

#: Nearest class first: an error takes the entry of the first class it is an instance of.
ENGINE_KINDS: tuple[tuple[type[engine.EngineError], str], ...] = (
    (engine.UnknownName, "unknown-name"),
    (engine.ShapeMismatch, "shape-mismatch"),
    (engine.LimitExceeded, "limit-exceeded"),
    (engine.SpecError, "spec-error"),
    (engine.NotComputed, "not-computed"),
    (engine.HistoryGone, "history-gone"),
    (engine.NothingToUndo, "nothing-to-undo"),
    (engine.NumericalError, "diverged"),
)


class Flaw(Message):
    """One thing that is wrong, and where."""

    loc: Loc = Field(description="path in the request", examples=[["layers", 0, "units"]])
    msg: Text


class Problem(Message):
    """An RFC 9457 problem document."""

    type: str = Field(examples=["/problems/spec-error"])
    title: str
    status: int = Field(ge=400, le=599)
    detail: str
    instance: str | None = None
    errors: tuple[Flaw, ...] = ()


class ProblemError(Exception):
    """A refusal on its way to the client."""

    def __init__(
        self,
        kind: str,
        detail: str,
        loc: Sequence[str | int] = (),
        *,
        flaws: Sequence[Flaw] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(detail)
        self.kind = kind
        self.detail = detail
        self.flaws = tuple(flaws) or ((Flaw(loc=tuple(loc), msg=detail),) if loc else ())
        self.headers = dict(headers or {})

    @property
    def status(self) -> int:
        """HTTP's status code."""
        return KINDS[self.kind].status

    def document(self, instance: str | None = None, language: Language = ENGLISH) -> Problem:
        """The problem document; ``instance`` is the path of the request."""
        return Problem(
            type=f"/problems/{self.kind}",
            title=in_language(say(KINDS[self.kind].title), language),
            status=self.status,
            detail=in_language(self.detail, language),
            instance=instance,
            errors=tuple(Flaw(loc=flaw.loc, msg=in_language(flaw.msg, language)) for flaw in self.flaws),
        )

    def as_data(self) -> dict[str, Any]:
        """Plain data for the way from shard to gateway; ``from_data`` is the way back."""
        return {
            "kind": self.kind,
            "detail": self.detail,
            "flaws": [{"loc": list(flaw.loc), "msg": flaw.msg} for flaw in self.flaws],
        }

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> "ProblemError":
        """Rebuild what a shard has sent."""
        return cls(data["kind"], data["detail"], flaws=[Flaw.model_validate(flaw) for flaw in data["flaws"]])


def problem_of(error: Exception) -> ProblemError:
    """The one mapping from an error to a problem. What is unknown is "internal", without its text."""
    if isinstance(error, ProblemError):
        return error
    if isinstance(error, ValidationError):
        return invalid(error.errors(include_url=False, include_input=False))
    for error_class, kind in ENGINE_KINDS:
        if isinstance(error, error_class):
            return ProblemError(kind, error.message, error.loc)
    if isinstance(error, FramingError):
        return ProblemError(
            "invalid-request", say("a number is beyond 64 bits, a text no Unicode, or lists are too deep")
        )
    if isinstance(error, MemoryError):
        return ProblemError("limit-exceeded", say("this needs more memory than a session may have"))
    return ProblemError("internal", say("An unexpected error happened; nothing was changed."))


def invalid(errors: Sequence[Mapping[str, Any]]) -> ProblemError:
    """Pydantic's errors as one problem, in our own validators' words."""
    flaws = [Flaw(loc=tuple(error["loc"]), msg=_words(error)) for error in errors[:32]]
    first = flaws[0]
    where = ".".join(map(str, first.loc))
    more = say(" (and {n} more)", n=len(errors) - 1) if len(errors) > 1 else ""
    template = "{place}: {msg}{more}" if where else "{msg}{more}"
    return ProblemError("invalid-request", say(template, place=where, msg=first.msg, more=more), flaws=flaws)


def _words(error: Mapping[str, Any]) -> str:
    words = flaw_words(error)
    return words if isinstance(words, Said) else words.removeprefix("Value error, ")


def not_found(what: str = "session") -> ProblemError:
    """What does not exist, or belongs to somebody else: the answer is the same."""
    return ProblemError("not-found", say(f"there is no such {what}"))
