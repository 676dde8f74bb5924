"""What a session can be asked to try: see ``commands``."""

from typing import Annotated, Any, Literal

from pydantic import Field

from app.protocol.base import CommandBase, Example, Index, NodeName
from engine.whatif import Change


class SetOwn(CommandBase):
    """Set an example of one's own that can be followed; none of the three takes it away."""

    type: Literal["set_own"] = "set_own"
    inputs: list[Any] | None = None
    raw: list[Any] | None = None
    text: str | None = Field(default=None, max_length=1000)
    target: Any = None


class Saliency(CommandBase):
    """How does a number answer to each number of the input?"""

    type: Literal["saliency"] = "saliency"
    inputs: list[Any] | None = None
    raw: list[Any] | None = None
    text: str | None = Field(default=None, max_length=1000)
    example: Example | None = None
    target: Any = None
    node: NodeName | None = None
    index: Index | None = None


class Ascend(CommandBase):
    """Which input would excite this number most?"""

    type: Literal["ascend"] = "ascend"
    node: NodeName
    index: Index = ()
    steps: int = Field(default=100, ge=1, le=1000)
    learning_rate: Annotated[float, Field(gt=0, le=100)] = 0.05
    l2: Annotated[float, Field(ge=0, le=1000)] = 0.0
    start: Literal["zeros", "noise", "example"] = "noise"
    example: Example | None = None
    seed: int = Field(default=0, ge=0, lt=2**32)


class Generate(CommandBase):
    """Write a text, one token after the other."""

    type: Literal["generate"] = "generate"
    prime: str = Field(default="", max_length=1000)
    length: int = Field(default=300, ge=1, le=2000)
    temperature: Annotated[float, Field(ge=0, le=10)] = 1.0
    seed: int = Field(default=0, ge=0, lt=2**32)


class Translate(CommandBase):
    """Translate a text, symbol by symbol, and say where the decoder looked."""

    type: Literal["translate"] = "translate"
    text: str = Field(max_length=1000)
    sample: bool = False
    temperature: Annotated[float, Field(ge=0.05, le=5)] = 1.0
    seed: int = Field(default=0, ge=0, lt=2**32)


#: How far a weight is moved to see what comes of it, and how far a slice goes.
Nudge = Annotated[float, Field(ge=-1000, le=1000, allow_inf_nan=False)]
Reach = Annotated[float, Field(gt=0, le=1000, allow_inf_nan=False)]


class WhatIf(CommandBase):
    """What would be, if these numbers were others? Changes nothing."""

    type: Literal["what_if"] = "what_if"
    changes: list[Change] = Field(min_length=1, max_length=16)
    nodes: list[NodeName] | None = Field(default=None, max_length=256)
    example: Example | None = None


class Effect(CommandBase):
    """What does a gradient say of the loss, and what is measured?"""

    type: Literal["effect"] = "effect"
    parameter: NodeName
    index: Index
    step: Nudge = 0.01
    points: int = Field(default=0, ge=0, le=101)
    reach: Reach | None = None


Try = Saliency | Ascend | Generate | Translate | WhatIf | Effect
