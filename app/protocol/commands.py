"""What a session can be told: a closed union with the tag ``type``, in the imperative.

``StreamCommand`` is what a WebSocket may send. ``Query`` are the questions that REST asks as well; they change nothing.
"""

from typing import Annotated, Any, Literal

from pydantic import Field, TypeAdapter

from app.protocol import strict_json
from app.protocol.base import (
    CommandBase,
    Direction,
    Example,
    Finite,
    Index,
    Language,
    Level,
    Message,
    NodeName,
    Quantity,
    Unit,
)
from app.protocol.edits import Patch, Redo, Rename, Reset, SetParameter, Undo
from app.protocol.problems import ProblemError
from app.protocol.studies import FindRate, Histograms, Predictions, Study
from app.protocol.travel import AddBookmark, RemoveBookmark, RenameBookmark, Seek, Timeline, Travel, Visit
from app.protocol.trials import Ascend, Effect, Generate, Saliency, SetOwn, Translate, Try, WhatIf
from engine.words import say

#: Handed on to those who read commands.
__all__ = (
    "AddBookmark",
    "Ascend",
    "CommandBase",
    "Direction",
    "Effect",
    "Example",
    "FindRate",
    "Finite",
    "Generate",
    "Histograms",
    "Index",
    "Language",
    "Level",
    "NodeName",
    "Patch",
    "Predictions",
    "Quantity",
    "Redo",
    "RemoveBookmark",
    "Rename",
    "RenameBookmark",
    "Reset",
    "Saliency",
    "Seek",
    "SetOwn",
    "SetParameter",
    "Timeline",
    "Translate",
    "Undo",
    "Unit",
    "Visit",
    "WhatIf",
)

# ------------------------------------------------------------------------------------------ what changes a session


class Step(CommandBase):
    """Walk ``count`` units, forward or back."""

    type: Literal["step"] = "step"
    unit: Unit = "op"
    count: int = Field(default=1, ge=1, le=10_000)
    direction: Direction = "forward"


class Until(Message):
    """When to stop by itself: the first condition that holds. Looked at whenever an epoch is complete."""

    loss_below: Finite | None = Field(default=None, description="of the loss over the training part")
    accuracy_above: Annotated[float, Field(ge=0, le=1)] | None = Field(
        default=None, description="of the accuracy over the training part: at least this"
    )
    epochs: int | None = Field(default=None, ge=1, description="this many more complete epochs")


class Play(CommandBase):
    """Run on its own."""

    type: Literal["play"] = "play"
    unit: Unit = "batch"
    rate: Annotated[float, Field(gt=0, le=100_000)] | None = Field(
        default=None, description="units per second; null is as fast as possible"
    )
    until: Until | None = None


class Pause(CommandBase):
    """Stop at the next boundary of the unit that plays."""

    type: Literal["pause"] = "pause"


# ---------------------------------------------------------------------------------------- what concerns one socket


class Watch(CommandBase):
    """What the frames of this connection shall carry."""

    type: Literal["watch"] = "watch"
    example: Example | None = Field(
        default=None,
        description="which example of the training part to follow, or one's own; null: each batch's first",
    )
    heatmaps: bool = False
    resolution: int = Field(default=32, ge=8, le=64)
    full: tuple[NodeName, ...] = Field(default=(), max_length=16, description="never summarise these")
    metrics: bool = True
    gradients: bool = True
    language: Language | None = Field(
        default=None, description="of every sentence that this connection is told; null: as the Accept-Language says"
    )


class Ack(CommandBase):
    """This frame has been drawn."""

    type: Literal["ack"] = "ack"
    seq: int = Field(ge=0)


class Visible(CommandBase):
    """The page can be seen, or not; while it cannot, no frames are sent."""

    type: Literal["visible"] = "visible"
    visible: bool


class Hello(CommandBase):
    """Send a snapshot of everything."""

    type: Literal["hello"] = "hello"
    language: Language | None = Field(default=None, description="as that of watch, from now on")


# --------------------------------------------------------------------------------------------- questions, over REST


class Forward(CommandBase):
    """Run these inputs through the network; changes nothing."""

    type: Literal["forward"] = "forward"
    inputs: list[Any] = Field(min_length=1)


class Backward(CommandBase):
    """Loss and all gradients for these inputs and targets; changes nothing."""

    type: Literal["backward"] = "backward"
    inputs: list[Any] = Field(min_length=1)
    targets: list[Any] = Field(min_length=1)


class Tensor(CommandBase):
    """One node's value, gradient and delta."""

    type: Literal["tensor"] = "tensor"
    node: NodeName


class Parameters(CommandBase):
    """All parameters."""

    type: Literal["parameters"] = "parameters"


class Explain(CommandBase):
    """Why is this number what it is?"""

    type: Literal["explain"] = "explain"
    node: NodeName
    quantity: Quantity | None = None
    index: Index = ()
    level: Level = "graduate"
    language: Language | None = Field(default=None, description="null: that of the connection, else English")


class Gradcheck(CommandBase):
    """Compare the gradients of the step that is shown with finite differences, at the parameters that it used."""

    type: Literal["gradcheck"] = "gradcheck"
    parameter: NodeName | None = None
    index: Index | None = None
    max_entries: int = Field(default=100, ge=1, le=1000)


class History(CommandBase):
    """Metrics by step."""

    type: Literal["history"] = "history"


class Ledger(CommandBase):
    """Start, sum of deltas and current value of a parameter."""

    type: Literal["ledger"] = "ledger"
    parameter: NodeName


class Projection(CommandBase):
    """The rows of a matrix in the plane in which they differ most."""

    type: Literal["projection"] = "projection"
    parameter: NodeName


class Confusion(CommandBase):
    """The confusion matrices of both parts."""

    type: Literal["confusion"] = "confusion"


class State(CommandBase):
    """Spec, cursor, metrics, mode: the answer to GET."""

    type: Literal["state"] = "state"


class Recipe(CommandBase):
    """What has to be said to come back to this point without its weights."""

    type: Literal["recipe"] = "recipe"


class Export(CommandBase):
    """Spec, cursor and parameters of one moment; or the file that the engine writes of it."""

    type: Literal["export"] = "export"
    format: str | None = Field(default=None, max_length=32, description="of the engine: numpy, pytorch, onnx")


class Save(CommandBase):
    """Everything that is needed to go on elsewhere (fork and share use it)."""

    type: Literal["save"] = "save"
    ahead: bool = Field(default=True, description="whether what was trained beyond the present point is known there")


StreamCommand = (
    Step
    | Travel
    | Reset
    | Play
    | Pause
    | Patch
    | SetParameter
    | Rename
    | Undo
    | Redo
    | Watch
    | Ack
    | Visible
    | Hello
    | Explain
    | Gradcheck
)
Read = Forward | Backward | Tensor | Parameters | Explain | History | Timeline | Ledger | Projection | Confusion
Query = Read | Gradcheck | Try | Study | State | Recipe | Export | Save
Change = Step | Travel | Reset | Play | Pause | Patch | SetParameter | Rename | Undo | Redo | SetOwn
Command = StreamCommand | Query | SetOwn

#: What a viewer may send; the rest needs the owner's token.
VIEWER_COMMANDS: tuple[type[CommandBase], ...] = (Watch, Ack, Visible, Hello, Explain)

COMMANDS: TypeAdapter[Command] = TypeAdapter(Annotated[Command, Field(discriminator="type")])
STREAM_COMMANDS: TypeAdapter[StreamCommand] = TypeAdapter(Annotated[StreamCommand, Field(discriminator="type")])


def parse_command(text: str) -> StreamCommand:
    """Read one command of a WebSocket.

    Raises:
        ProblemError: malformed, if it is no JSON. ValidationError: it is no command; pydantic names the field.
    """
    try:
        message = strict_json.read(text)
    except ValueError as error:
        raise ProblemError("malformed", say("the message is not JSON: {error}", error=error)) from error
    return STREAM_COMMANDS.validate_python(message)
