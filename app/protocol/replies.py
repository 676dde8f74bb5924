"""What REST answers.

Arrays are nested lists in JSON; with ``Accept: application/msgpack`` they are ``{dtype, shape, data}``. Numbers that
are not finite are the words "NaN", "Infinity", "-Infinity"; null always means "not computed".
"""

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from app.protocol.edits import Deed, Undoable
from app.protocol.events import CursorData, Json, Missed, ModeName, PhaseName
from app.protocol.travel import BookmarkData

#: An array as nested lists, or one number.
Nested = Any
Number = float | Literal["NaN", "Infinity", "-Infinity"]
Column = list[Number | None]


class Reply(BaseModel):
    """An answer; later versions may add fields."""

    model_config = ConfigDict(frozen=True)


# ------------------------------------------------------------------------------------------------------------ parts


class CallData(Reply):
    """One operation of a step."""

    index: int = Field(description="its number in the step")
    phase: PhaseName
    layer: str | None
    node: str
    op: str
    label: str
    formula: str = Field(description="TeX")
    kind: str


class MetricsData(Reply):
    """The network as it stands; null is what is not computed, or does not exist."""

    loss: Number | None = Field(description="data loss of the batch that is shown")
    penalty: Number | None
    train_loss: Number | None = Field(description="over the whole training part")
    test_loss: Number | None
    train_accuracy: Number | None
    test_accuracy: Number | None
    train_rows: int = Field(description="examples that were evaluated: all, unless the network is very large")
    test_rows: int
    learning_rate: Number
    gradient_norms: dict[str, Number | None] = Field(description="by layer: of its parameters")
    signal_norms: dict[str, Number | None] = Field(description="by layer: of what arrives where they are used, dz")
    activation_norms: dict[str, Number | None]
    dead_units: dict[str, int | None]
    saturated: dict[str, Number | None] = Field(
        description="by layer: the share of its sigmoid and tanh numbers whose local derivative is nearly 0"
    )
    update_ratio: dict[str, Number | None]


class DivergedData(Reply):
    """Which operation made a number that is not finite, why, and what to change."""

    cursor: CursorData
    call: int = Field(description="its number in the step")
    node: str
    reason: str
    advice: str


# --------------------------------------------------------------------------------------------------------- sessions


class SessionCreated(Reply):
    """A new session. The tokens are told only here."""

    id: str
    owner_token: str = Field(description="for what changes the session")
    viewer_token: str = Field(description="suffices to look")
    url: str = Field(description="open it in a browser to see this very session")
    spec: Json
    cursor: CursorData
    mode: ModeName
    parameter_count: int
    warnings: list[str]


class SessionState(Reply):
    """A session as it stands."""

    id: str
    role: Literal["owner", "viewer"] = Field(description="of the token that asks")
    spec: Json
    cursor: CursorData
    mode: ModeName
    running: bool
    metrics: MetricsData
    parameter_count: int
    graph: Json = Field(description="layers, nodes, shapes, formulas")
    calls: list[CallData] = Field(description="the operations of one step, in order")
    kept: list[tuple[int, int]] = Field(
        description="the steps that can be gone back to: first and last of each stretch"
    )
    timeline: Json = Field(description="the run as a line of steps: see GET …/timeline")
    bookmarks: list[BookmarkData]
    warnings: list[str]
    diverged: DivergedData | None
    sentence: str = Field(description="what the last operation did, in words")
    undoable: Undoable = Field(description="what undo and redo would do")


class Told(Reply):
    """What every event tells: of which session it is, and where that stands now."""

    type: str
    session: str
    cursor: CursorData
    mode: ModeName


class Moved(Told):
    """The session stands elsewhere."""

    sentence: str
    metrics: MetricsData
    ran: list[CallData] = Field(default=[], description="of a step: the last 64 operations that ran")
    count: int = Field(default=0, description="of a step: how many operations ran")
    seed: int | None = Field(default=None, description="of a reset: the seed")
    undoable: Undoable | None = Field(default=None, description="of a reset: what undo and redo would do")
    dataset: Json | None = Field(default=None, description="of a reset with another seed: it draws and splits the data")
    missed: Missed | None = Field(default=None, description="of a seek to the nearest: where it was asked to be")


class BookmarksReply(Told):
    """The bookmarks after one was set, renamed or taken away."""

    bookmarks: list[BookmarkData]
    sentence: str


class Visited(Told):
    """The session stands at a bookmark; where that lies in another run, its spec came along (type "edited")."""

    sentence: str
    metrics: MetricsData
    missed: None = Field(default=None, description="a bookmark is never missed")
    spec: Json | None = Field(default=None, description="of type edited, as are the fields that follow")
    graph: Json | None = None
    calls: list[CallData] = []
    dataset: Json | None = None
    kept: list[str] = []
    initialised: list[str] = []
    dropped: list[str] = []
    resized: list[str] = []
    restarted: bool = False
    parameter_count: int | None = None
    undoable: Undoable | None = None


class EpochsData(Reply):
    """Epoch ``epoch`` begins with step ``step``, and every ``batches`` steps another one."""

    step: int
    epoch: int
    batches: int


class TimelineReply(Reply):
    """A run as a line of steps."""

    begin: int = Field(description="the first step that can still be computed again")
    newest: int = Field(description="the last that was trained, wherever the cursor stands")
    kept: list[tuple[int, int]] = Field(
        description="stretches (first, last) that are at hand, the newest 128; what lies between takes computing"
    )
    epochs: EpochsData
    edits: list[int] = Field(description="steps that begin with something set by hand")
    breaks: list[int] = Field(description="steps at which the spec was changed")
    diverged: tuple[int, int] | None = Field(description="step and operation at which a number was not finite")
    bookmarks: list[BookmarkData]


class RunningState(Told):
    """The session runs, or does not."""

    unit: str | None = Field(default=None, description="of playing")
    rate: float | None = Field(default=None, description="of playing: units per second; null: as fast as possible")
    reason: str | None = Field(default=None, description="of a pause")
    detail: str | None = Field(default=None, description="of a pause, in words")


class WasEdited(Told):
    """What an edit kept and what it began anew."""

    spec: Json
    graph: Json | None = Field(description="null if it is the same, where an answer was asked for")
    calls: list[CallData] | None = Field(description="null as graph is")
    dataset: Json | None = Field(description="only if the data changed")
    kept: list[str]
    resized: list[str] = Field(description="of a layer with more or fewer units than before: those it still has stay")
    initialised: list[str]
    dropped: list[str]
    restarted: bool = Field(description="whether the step that was being walked begins again")
    parameter_count: int
    sentence: str
    metrics: MetricsData
    undoable: Undoable


class Turned(Told):
    """What was undone or redone, and all that stands there."""

    deed: Deed
    redone: bool
    spec: Json
    graph: Json
    calls: list[CallData]
    dataset: Json | None = Field(description="only if the data are others than before")
    parameter_count: int
    kept: list[tuple[int, int]] = Field(description="the steps that can be gone back to")
    diverged: DivergedData | None
    sentence: str
    metrics: MetricsData
    undoable: Undoable


class ParametersReply(Reply):
    """Every parameter."""

    parameters: dict[str, Nested]


class Exported(ParametersReply):
    """A session as a file."""

    spec: Json
    cursor: CursorData
    training: Json = Field(description="the optimizer's slots and its count of steps; what a reset goes back to")


class Ticket(Reply):
    """Opens one WebSocket, once, within 60 s: send it as the subprotocol ``ticket.<ticket>``."""

    ticket: str


class HandEditData(Reply):
    """A parameter, or one entry of it (an empty index is all of it), was set by hand before this step."""

    step: int
    name: str
    index: list[int]
    value: Nested


class RecipeReply(Reply):
    """How to come back without weights: open the preset, patch its spec and reset (or open the spec), repeat the edits
    by hand at their steps, walk to the step and its operation.
    """

    preset: str | None = Field(description="to begin with; null if the spec is said whole")
    patch: Json | None = Field(description="what differs from the preset: a merge patch (RFC 7396)")
    spec: Json | None = Field(description="the whole spec; null beside a preset")
    edits: list[HandEditData]
    step: int
    op: int
    exact: bool = Field(description="whether that leads to this very point, bit for bit")
    doubt: Literal["weights", "large"] | None = Field(
        description="why not: the run began with other weights than its spec makes; or it is too large to be said"
    )
    fingerprint: str = Field(description="of the parameters as they are here (CRC-32)")
    seconds: float = Field(description="of computing to get there, as estimated")


class Shared(Reply):
    """A frozen copy, for everybody who has its id."""

    id: str
    url: str
