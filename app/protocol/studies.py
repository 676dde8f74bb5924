"""What can be studied of a session: single examples, weights over time, learning rates. See ``commands``."""

from typing import Annotated, Literal

from pydantic import Field

from app.protocol.base import CommandBase, Message, NodeName

Part = Literal["train", "test"]
ClassIndex = Annotated[int, Field(ge=0, lt=2**31)]
Rate = Annotated[float, Field(gt=0, le=1e6, allow_inf_nan=False)]


class WhichPredictions(Message):
    """Which examples of which part, in which order, and which page of them."""

    part: Part = "train"
    order: Literal["loss", "sure", "example"] = Field(
        default="loss", description="the worst first, the surest first, or as they stand in the part"
    )
    target: ClassIndex | None = Field(default=None, description="only examples of this class, by its index")
    answer: ClassIndex | None = Field(default=None, description="only those taken for this class")
    wrong: bool = Field(default=False, description="only those answered wrongly")
    offset: int = Field(default=0, ge=0, le=2**31, description="how many come before the page")
    limit: int = Field(default=20, ge=1, le=100, description="examples on the page")


class Predictions(WhichPredictions, CommandBase):
    """What does the network say to single examples?"""

    type: Literal["predictions"] = "predictions"


class Histograms(CommandBase):
    """How are weights and updates spread, over time?"""

    type: Literal["histograms"] = "histograms"
    parameters: tuple[NodeName, ...] = Field(default=(), max_length=16)


class WhichRates(Message):
    """From which rate to which, in how many steps."""

    low: Rate = Field(default=1e-6, description="the first rate")
    high: Rate = Field(default=10.0, description="the last rate, if the loss does not explode before")
    steps: int = Field(default=100, ge=2, le=1000, description="one step of training at each rate")
    smoothing: Annotated[float, Field(ge=0, lt=1)] = Field(
        default=0.8, description="weight of the past in the moving mean of the loss"
    )


class FindRate(WhichRates, CommandBase):
    """Which learning rate? Tried on a copy."""

    type: Literal["find_rate"] = "find_rate"


Study = Predictions | Histograms | FindRate
