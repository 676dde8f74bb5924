"""What REST answers, and the bodies that it takes where they differ from the commands.

Arrays are nested lists in JSON; with ``Accept: application/msgpack`` they are ``{dtype, shape, data}``. Numbers that are
not finite are the words "NaN", "Infinity", "-Infinity"; null always means "not computed".
"""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from app.protocol.base import Message
from app.protocol.commands import Finite, Index, Unit, Until
from app.protocol.events import Json, ModeName, PositionData
from engine.spec import SessionSpec

#: An array as nested lists, or one number.
Nested = Any


class Reply(BaseModel):
    """An answer; later versions may add fields."""

    model_config = ConfigDict(frozen=True)


class SessionRequest(Message):
    """What to open a session from: exactly one of the three."""

    spec: SessionSpec | None = None
    preset: str | None = Field(default=None, examples=["fruit"], description="a name of the catalog's presets")
    share: str | None = Field(default=None, description="the id of a share")

    @model_validator(mode="after")
    def _exactly_one(self) -> "SessionRequest":
        given = [name for name in ("spec", "preset", "share") if getattr(self, name) is not None]
        if len(given) != 1:
            raise ValueError(f"give exactly one of spec, preset and share; {' and '.join(given) or 'none'} came")
        return self


class SessionCreated(Reply):
    """A new session. The tokens are told only here."""

    id: str
    owner_token: str = Field(description="for what changes the session")
    viewer_token: str = Field(description="suffices to look")
    url: str = Field(description="open it in a browser to see this very session")
    spec: Json
    cursor: PositionData
    mode: ModeName
    parameter_count: int
    warnings: list[str]


class SessionState(Reply):
    """A session as it stands."""

    id: str
    role: Literal["owner", "viewer"]
    spec: Json
    cursor: PositionData
    mode: ModeName
    running: bool
    metrics: Json
    parameter_count: int
    graph: Json
    calls: list[Json] = Field(description="the operations of one step, in order")
    kept: list[tuple[int, int]] = Field(
        description="the steps that can be gone back to: first and last of each stretch"
    )
    warnings: list[str]
    diverged: Json | None
    sentence: str = Field(description="what the last operation did, in words")


class StepRequest(Message):
    """How far to walk."""

    unit: Unit = "op"
    count: int = Field(default=1, ge=1, le=10_000)
    direction: Literal["forward", "back"] = "forward"


class SeekRequest(Message):
    """Where to stand."""

    step: int = Field(ge=0)
    op: int = Field(default=0, ge=0, description="how many operations of that step have run")


class ResetRequest(Message):
    """Begin again, with the same seed or another."""

    seed: int | None = Field(default=None, ge=0, lt=2**32)


class PlayRequest(Message):
    """How to run."""

    steps_per_second: Annotated[float, Field(gt=0, le=100_000)] | None = Field(
        default=None, description="units per second; as fast as possible if left out"
    )
    unit: Unit = "batch"
    until: Until | None = None


class ParameterValue(Message):
    """A parameter, or one entry of it."""

    value: Finite | list[Any]
    index: Index | None = Field(default=None, description="of one entry; the whole parameter if left out")


class Inputs(Message):
    """Examples as the network takes them: after standardisation and feature expressions."""

    inputs: list[Any] = Field(min_length=1, examples=[[[0.05, 0.1]]])


class InputsAndTargets(Inputs):
    """Examples with what is right for them."""

    targets: list[Any] = Field(min_length=1, examples=[[[0.01, 0.99]]])


class GradcheckRequest(Message):
    """Which gradients to check; all parameters (a sample of at most ``max_entries`` of each) if left out."""

    parameter: str | None = None
    index: Index | None = None
    max_entries: int = Field(default=100, ge=1, le=1000)


class Moved(Reply):
    """The session stands elsewhere."""

    type: str
    session: str
    cursor: PositionData
    mode: ModeName
    sentence: str
    metrics: Json
    ran: list[Json] = Field(default=[], description="the last 64 operations that ran")
    count: int = Field(default=0, description="how many operations ran")


class RunningState(Reply):
    """The session runs, or does not."""

    type: str
    session: str
    cursor: PositionData
    mode: ModeName


class WasEdited(Reply):
    """What an edit kept and what it began anew."""

    session: str
    cursor: PositionData
    mode: ModeName
    spec: Json
    kept: list[str]
    initialised: list[str]
    dropped: list[str]
    restarted: bool
    parameter_count: int
    sentence: str
    metrics: Json


class ForwardReply(Reply):
    """What the network answers."""

    outputs: Nested
    activations: dict[str, Nested]


class Gradients(Reply):
    """∂L/∂ of everything."""

    parameters: dict[str, Nested]
    activations: dict[str, Nested]
    inputs: Nested


class BackwardReply(ForwardReply):
    """What the network answers, how wrong that is, and every gradient."""

    loss: float | str
    penalty: float | str | None = None
    gradients: Gradients


class TensorReply(Reply):
    """One node at the present cursor; null where not computed, and why."""

    node: str
    kind: str
    shape: list[int]
    activation: Nested | None
    gradient: Nested | None
    delta: Nested | None
    reason: str | None


class ParametersReply(Reply):
    """Every parameter."""

    parameters: dict[str, Nested]


class ParameterCheck(Reply):
    """The gradients of one parameter, twice."""

    model_config = ConfigDict(extra="allow", frozen=True)

    analytic: Nested
    numeric: Nested
    relative_error: float


class GradcheckReply(Reply):
    """Backpropagation beside finite differences, in float64."""

    model_config = ConfigDict(extra="allow", frozen=True)

    max_relative_error: float
    parameters: dict[str, ParameterCheck]


class HistoryReply(Reply):
    """Metrics by step: columns of one length."""

    model_config = ConfigDict(extra="allow", frozen=True)

    step: list[int]
    train_loss: list[float | str | None]
    test_loss: list[float | str | None]
    stride: int


class LedgerReply(Reply):
    """start + sum of deltas + sum of edits = current."""

    model_config = ConfigDict(extra="allow", frozen=True)

    start: Nested
    sum_of_deltas: Nested
    current: Nested
    balanced: bool


class ConfusionReply(Reply):
    """Counts of true class (rows) against answered class; null for regression."""

    confusion: Json | None


class Ticket(Reply):
    """Opens one WebSocket, once, within 60 s: send it as the subprotocol ``ticket.<ticket>``."""

    ticket: str


class Shared(Reply):
    """A frozen copy, for everybody who has its id."""

    id: str
    url: str


class Health(Reply):
    """The server lives."""

    status: Literal["ok"]
    sessions: int
