"""What studies are answered with: single examples, histograms over time, the curve of learning rates."""

from typing import Literal

from pydantic import Field

from app.protocol.replies import Nested, Number, Reply
from engine.words import Text


class PredictionReply(Reply):
    """One example by itself."""

    example: int = Field(description="its number in the part")
    raw: Nested | None = Field(description="as measured; null of texts, and where it is more than 4,096 numbers")
    text: str | None = Field(description="what its tokens say")
    target: Text = Field(description="what is right, in words")
    says: Text = Field(description="what the network says, in words; a number as measured")
    target_class: int | None = Field(description="index of the class that is right; null without classes")
    answer_class: int | None = Field(description="index of the class that was answered")
    probability: Number | None = Field(description="of the answer; null where outputs are no shares")
    loss: Number | None = Field(description="of this example alone; null where it is not finite")
    right: bool | None = Field(description="null for a regression")


class PredictionsReply(Reply):
    """A page of single examples."""

    part: Literal["train", "test"]
    classes: list[Text] = Field(description="empty where there are none that exclude each other")
    evaluated: int = Field(description="all examples of the part, or evenly spaced ones of a large part")
    of: int = Field(description="examples in the part")
    wrong: int | None = Field(description="of the evaluated ones; null for a regression")
    mean_loss: Number | None
    matching: int = Field(description="examples that are as wished")
    offset: int
    rows: list[PredictionReply]


class StripReply(Reply):
    """One quantity of one parameter over time."""

    steps: list[int]
    reach: float = Field(description="of weights: the bins are of one width, from -reach to reach")
    counts: list[list[int]] = Field(description="(points, 32)")
    figures: list[list[Number]] = Field(
        description="(points, 5): mean, standard deviation, smallest, largest, share of exact zeros"
    )


class ParameterStripsReply(Reply):
    """Weights and updates of one parameter."""

    entries: int = Field(description="how many numbers it has")
    counted: int = Field(description="how many of them are counted: all, or evenly spaced ones")
    weights: StripReply
    updates: StripReply = Field(
        description="bins are half decades of |delta|, the smallest in the middle, negative ones left; no exact zeros"
    )


class HistogramsReply(Reply):
    """Histograms at some steps, at most 64 and the present one."""

    parameters: dict[str, ParameterStripsReply]
    names: list[str] = Field(description="of all parameters that are learned")
    smallest: float = Field(description="updates below this are in the innermost bins")


class RatesReply(Reply):
    """The loss at each learning rate, and what that suggests."""

    rates: list[float]
    losses: list[Number] = Field(description='of the batch, before the step at that rate; "NaN" where not finite')
    smoothed: list[Number]
    exploded: bool = Field(description="it was ended because the loss grew to four times its smallest")
    steepest: float | None = Field(description="where the loss falls fastest; null if it never falls")
    smallest: float | None = Field(description="where it is smallest")
    suggestion: float | None = Field(description="the smaller of steepest and a tenth of smallest, in one digit")
    present: float = Field(description="as it is set")
