"""What a session says has happened: a closed union with the tag ``type``, in the past tense.

Every event says of which session it is, where that stands, and in which mode. Numbers that are not finite are written
as "NaN", "Infinity" and "-Infinity", because JSON has no words for them; null always means "not computed".
"""

from typing import Annotated, Any, Literal

from pydantic import Field, TypeAdapter

from app.protocol.base import Message
from app.protocol.commands import Unit
from app.protocol.edits import Deed, Undoable
from app.protocol.problems import Problem
from app.protocol.travel import BookmarkData
from engine.words import Text

ModeName = Literal["paused", "playing"]
PhaseName = Literal["forward", "loss", "backward", "update"]
Json = dict[str, Any]


class CursorData(Message):
    """Where the cursor stands: ``op`` calls of step ``step`` have run; ``phase`` is that of the next one."""

    step: int
    phase: PhaseName
    op: int
    epoch: int
    batch: int


class EventBase(Message):
    """What every event carries."""

    session: str
    cursor: CursorData
    mode: ModeName
    reply_to: str | None = Field(
        default=None, description="the id of the command that this answers, for its sender only"
    )


class Snapshot(EventBase):
    """Everything, once: the answer to "hello" and what a page starts from."""

    type: Literal["snapshot"] = "snapshot"
    id: str
    role: Literal["owner", "viewer"] = "viewer"
    spec: Json
    graph: Json
    calls: Json = Field(description="columns: see app/protocol/ribbon.py")
    dataset: Json
    metrics: Json
    history: Json
    parameter_count: int
    kept: list[tuple[int, int]]
    timeline: Json = Field(description="the run as a line of steps: see GET …/timeline")
    bookmarks: list[BookmarkData]
    warnings: list[str] = Field(default_factory=list)
    limits: Json
    diverged: Json | None = None
    sentence: str = ""
    undoable: Undoable = Undoable()


class Stepped(EventBase):
    """A step command has been carried out."""

    type: Literal["stepped"] = "stepped"
    ran: list[Json]
    count: int = Field(description="how many calls ran; ran lists the last 64 of them")
    sentence: str
    metrics: Json


class Missed(Message):
    """A point that was asked for and is not kept; ``seconds`` of computing would bring it back, null: nothing can."""

    step: int
    op: int
    seconds: float | None


class Sought(EventBase):
    """The cursor stands at another point of time."""

    type: Literal["sought"] = "sought"
    sentence: str
    metrics: Json
    missed: Missed | None = Field(default=None, description="if that point is not kept and this is the nearest that is")


class BookmarksChanged(EventBase):
    """One was set, renamed or taken away; these are all of them."""

    type: Literal["bookmarks_changed"] = "bookmarks_changed"
    bookmarks: list[BookmarkData]
    sentence: str


class WasReset(EventBase):
    """The session has begun again."""

    type: Literal["reset"] = "reset"
    seed: int
    dataset: Json | None = Field(default=None, description="only with another seed: it draws and splits the data")
    sentence: str
    metrics: Json
    undoable: Undoable


class Played(EventBase):
    """It runs on its own now."""

    type: Literal["played"] = "played"
    unit: Unit
    rate: float | None


class Paused(EventBase):
    """It has stopped running on its own, and why."""

    type: Literal["paused"] = "paused"
    reason: Literal["user", "until", "diverged", "idle", "error"]
    detail: str = ""


class Edited(EventBase):
    """Spec or parameters were changed."""

    type: Literal["edited"] = "edited"
    spec: Json
    graph: Json | None = Field(description="null if it is the same")
    calls: Json | None = Field(description="columns: see app/protocol/ribbon.py; null if they are the same")
    dataset: Json | None = Field(default=None, description="only if the data changed")
    kept: list[str]
    resized: list[str] = Field(description="of a layer with more or fewer units than before: those it still has stay")
    initialised: list[str]
    dropped: list[str]
    restarted: bool
    parameter_count: int
    sentence: str
    metrics: Json
    undoable: Undoable


class WasUndone(EventBase):
    """An edit was undone, or redone: everything stands as it stood there."""

    type: Literal["undone"] = "undone"
    deed: Deed
    redone: bool
    spec: Json
    graph: Json
    calls: Json = Field(description="columns: see app/protocol/ribbon.py")
    dataset: Json | None = Field(default=None, description="only if the data are others than before")
    parameter_count: int
    kept: list[tuple[int, int]]
    diverged: Json | None
    sentence: str
    metrics: Json
    undoable: Undoable


class HasDiverged(EventBase):
    """A number is not finite; the session stands right after the call that made it."""

    type: Literal["diverged"] = "diverged"
    call: int
    node: str
    reason: str
    advice: str


class Watched(EventBase):
    """The frames of this connection carry something else now."""

    type: Literal["watched"] = "watched"
    watch: Json


class Explained(EventBase):
    """A number with its derivation."""

    type: Literal["explained"] = "explained"
    explanation: Json


class GradientsChecked(EventBase):
    """Analytic gradients beside finite differences."""

    type: Literal["gradients_checked"] = "gradients_checked"
    report: Json


class Refused(EventBase):
    """A command was not carried out and nothing changed. The gateway says so, which does not know the cursor."""

    type: Literal["refused"] = "refused"
    cursor: CursorData | None = None  # type: ignore[assignment]  # the one event that may lack it
    command: str | None
    problem: Problem


class Expired(EventBase):
    """The session has ended: deleted, or not used for too long."""

    type: Literal["expired"] = "expired"
    cursor: CursorData | None = None  # type: ignore[assignment]  # … and this is the other
    reason: Literal["idle", "deleted"]


class Restored(EventBase):
    """The session's process had ended; the session goes on from its last checkpoint."""

    type: Literal["restored"] = "restored"
    reason: Text


Event = (
    Snapshot
    | Stepped
    | Sought
    | BookmarksChanged
    | WasReset
    | Played
    | Paused
    | Edited
    | WasUndone
    | HasDiverged
    | Watched
    | Explained
    | GradientsChecked
    | Refused
    | Expired
    | Restored
)
EVENTS: TypeAdapter[Event] = TypeAdapter(Annotated[Event, Field(discriminator="type")])
