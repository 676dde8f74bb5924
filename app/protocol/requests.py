"""The bodies that REST takes, where they differ from the commands."""

from typing import Annotated, Any, Literal

from pydantic import Field, model_validator

from app.protocol.base import Message
from app.protocol.commands import Direction, Example, Finite, Index, NodeName, Unit, Until
from app.protocol.edits import Gesture, LayerName
from app.protocol.travel import Name, Otherwise
from app.protocol.trials import Nudge, Reach
from engine.errors import not_one
from engine.spec import SessionSpec
from engine.whatif import Change
from engine.words import say

Examples = Annotated[list[Any], Field(min_length=1, description="one row for each example", examples=[[[0.05, 0.1]]])]


Count = Annotated[int, Field(ge=0, lt=2**53)]
#: Nested lists in JSON; out of a safetensors file ``{dtype, shape, data}``.
Named = dict[str, Any]


def _check_one(message: Message, *names: str) -> None:
    given = [name for name in names if getattr(message, name) is not None]
    if len(given) != 1:
        raise ValueError(not_one(names, given))


class CursorRequest(Message):
    """Where a training stood."""

    step: Count
    op: Count = 0
    epoch: Count
    batch: Count
    phase: str | None = Field(default=None, max_length=16, description="follows from op")


class TrainingRequest(Message):
    """What else a training goes on with."""

    optimizer_step: Count = Field(description="the optimizer's own count of steps")
    slots: dict[str, Named] = Field(description="what the optimizer keeps, by slot and parameter")
    first: Named = Field(default={}, description="parameters that a reset goes back to, if not the initializer's")


class SessionRequest(Message):
    """What to open a session from: exactly one of spec, preset and share.

    A spec may come with parameters, and with where their training stood: that is what the export as JSON holds.
    """

    spec: SessionSpec | None = None
    preset: str | None = Field(default=None, max_length=64, description="a name of the catalog's presets")
    share: str | None = Field(default=None, max_length=64, description="the id of a share")
    parameters: Named | None = Field(
        default=None, description="values by name, in place of the initializer's; all of them where cursor is given"
    )
    cursor: CursorRequest | None = Field(default=None, description="go on from here; comes with training")
    training: TrainingRequest | None = None

    @model_validator(mode="after")
    def _exactly_one(self) -> "SessionRequest":
        _check_one(self, "spec", "preset", "share")
        if self.parameters is not None and self.spec is None:
            raise ValueError(say("parameters come with a spec"))
        if (self.cursor is None) != (self.training is None) or (self.cursor and self.parameters is None):
            raise ValueError(say("cursor, training and parameters come together"))
        return self


class StepRequest(Message):
    """How far to walk."""

    unit: Unit = "op"
    count: int = Field(default=1, ge=1, le=10_000)
    direction: Direction = "forward"


class SeekRequest(Message):
    """Where to stand."""

    step: int = Field(ge=0, le=2**53)
    op: int = Field(default=0, ge=0, le=2**31, description="how many operations of that step have run")
    otherwise: Otherwise = Field(
        default="refuse",
        description="where it is not kept: refuse; stand at the nearest that is; or compute it again, however long",
    )


class BookmarkName(Message):
    """What a bookmark is called."""

    name: Name = ""


class ResetRequest(Message):
    """Begin again, with the same seed or another."""

    seed: int | None = Field(default=None, ge=0, lt=2**32)
    gesture: Gesture | None = Field(
        default=None, description="edits with the same, one after the other, are undone at once"
    )


class PlayRequest(Message):
    """How to run."""

    steps_per_second: Annotated[float, Field(gt=0, le=100_000)] | None = Field(
        default=None, description="units per second; as fast as possible if left out"
    )
    unit: Unit = "batch"
    until: Until | None = None


class RenameRequest(Message):
    """Which layer, and what it shall be called."""

    layer: LayerName
    name: LayerName


class ParameterValue(Message):
    """A parameter, or one entry of it."""

    value: Finite | list[Any] = Field(description="in the shape of what is set: nested lists, or a number")
    index: Index | None = Field(default=None, description="of one entry; the whole parameter if left out")
    gesture: Gesture | None = Field(
        default=None, description="edits with the same, one after the other, are undone at once"
    )
    answer: bool = Field(
        default=False, description="run the step that begins again up to where it stood, or at least to its loss"
    )


class Inputs(Message):
    """Examples as the network takes them: after standardisation and feature expressions."""

    inputs: Examples


class InputsAndTargets(Inputs):
    """Examples with what is right for them."""

    targets: list[Any] = Field(min_length=1, description="one for each example")


class GradcheckRequest(Message):
    """Which gradients to check; all parameters (a sample of at most ``max_entries`` of each) if left out."""

    parameter: NodeName | None = None
    index: Index | None = None
    max_entries: int = Field(default=100, ge=1, le=1000)


class OwnRequest(Message):
    """An example of one's own, in one of three ways."""

    inputs: list[Any] | None = Field(default=None, description="one example as the network takes it")
    raw: list[Any] | None = Field(default=None, description="one example as measured")
    text: str | None = Field(default=None, min_length=1, max_length=1000, description="characters, where inputs are")
    target: Any = Field(default=None, description="what is right: a class, numbers as measured, or a text; may be left")

    @model_validator(mode="after")
    def _exactly_one(self) -> "OwnRequest":
        _check_one(self, "inputs", "raw", "text")
        return self


class SaliencyRequest(Message):
    """Which number, and of which example: exactly one of inputs, raw, text and example."""

    inputs: list[Any] | None = Field(default=None, description="one example as the network takes it")
    raw: list[Any] | None = Field(default=None, description="one example as measured")
    text: str | None = Field(default=None, min_length=1, max_length=1000)
    example: Example | None = Field(default=None, description='one of the training part, or "own"')
    target: Any = Field(default=None, description="what is right, for the gradient of the loss")
    node: NodeName | None = Field(default=None, description='the scores of the answers if left out; "loss" is one too')
    index: Index | None = Field(default=None, description="an entry, or a part (its mean); the largest if left out")

    @model_validator(mode="after")
    def _exactly_one(self) -> "SaliencyRequest":
        _check_one(self, "inputs", "raw", "text", "example")
        return self


class AscendRequest(Message):
    """What is to be excited, and how to climb."""

    node: NodeName
    index: Index = Field(default=(), description="an entry, or a part: [channel] of a feature map")
    steps: int = Field(default=100, ge=1, le=1000)
    learning_rate: Annotated[float, Field(gt=0, le=100)] = Field(
        default=0.05, description="how far a step goes, in root mean square over the input's numbers"
    )
    l2: Annotated[float, Field(ge=0, le=1000)] = Field(default=0.0, description="draws large numbers back to 0")
    start: Literal["zeros", "noise", "example"] = "noise"
    example: Example | None = Field(default=None, description='for start "example": of the training part, or "own"')
    seed: int = Field(default=0, ge=0, lt=2**32, description="of the noise")


class GenerateRequest(Message):
    """What to write."""

    prime: str = Field(default="", max_length=1000, description="what the text begins with")
    length: int = Field(default=300, ge=1, le=2000, description="so many tokens at most")
    temperature: Annotated[float, Field(ge=0, le=10)] = Field(
        default=1.0, description="0 takes the likeliest, 1 draws as the network says, more is wilder"
    )
    seed: int = Field(default=0, ge=0, lt=2**32)


class TranslateRequest(Message):
    """What to translate, and whether by chance."""

    text: str = Field(min_length=1, max_length=1000, description="characters of the vocabulary that is read")
    sample: bool = Field(default=False, description="draw each symbol; else the likeliest is taken")
    temperature: Annotated[float, Field(ge=0.05, le=5)] = Field(
        default=1.0, description="of the drawing: 1 draws as the network says, less is nearer to the likeliest"
    )
    seed: int = Field(default=0, ge=0, lt=2**32, description="of the drawing")


class WhatIfRequest(Message):
    """Which numbers become others, and whose values are wanted."""

    changes: list[Change] = Field(
        min_length=1,
        max_length=16,
        description="all at once; of a parameter one entry, or one number of the followed example's input",
    )
    nodes: list[NodeName] | None = Field(
        default=None, max_length=256, description="whose values are answered; of all nodes, if left out"
    )
    example: Example | None = Field(default=None, description="of the training part, or own; the followed one if left")


class EffectRequest(Message):
    """Which weight, how far it moves, and how much of the loss along it is wanted."""

    parameter: NodeName
    index: Index = Field(description="of one entry")
    step: Nudge = Field(default=0.01, description="the move Δw whose effect is predicted and measured")
    points: int = Field(default=0, ge=0, le=101, description="of the slice of the loss: an odd number, or 0 for none")
    reach: Reach | None = Field(
        default=None, description="how far the slice goes to either side; what suits the weight, if left out"
    )
