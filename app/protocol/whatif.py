"""What what-if questions are answered with. See ``findings``."""

from pydantic import Field

from app.protocol.replies import Nested, Number, Reply


class ChangedReply(Reply):
    """What was changed, and from what to what."""

    parameter: str | None = Field(description="null for the input")
    index: list[int]
    old: Number
    new: Number


class PairReply(Reply):
    """The same number as it is and as it would be; null where nobody says what is right."""

    old: Number | None
    new: Number | None


class LargestReply(Reply):
    """The entry of a node that moves most."""

    index: list[int]
    old: Number
    new: Number


class GhostReply(Reply):
    """A node's values for the followed example, as they are and as they would be."""

    shape: list[int]
    old: Nested | None = Field(description="null where they are more than 4,096")
    new: Nested | None
    moved: int = Field(description="how many of them would be others")
    largest: LargestReply | None = Field(description="null if none would")


class WhatIfReply(Reply):
    """What would be. Of the step that is shown: its batch, masks, and parameters as its forward pass used them."""

    example: int | None = Field(description="the followed example; null for one's own")
    in_batch: bool = Field(description="the losses are those of the batch; otherwise of this example alone")
    rows: int = Field(description="examples that the losses are of")
    changes: list[ChangedReply]
    loss: PairReply
    penalty: PairReply | None
    minimised: PairReply = Field(description="loss and penalty")
    example_loss: PairReply | None = Field(description="of the followed example alone")
    nodes: dict[str, GhostReply]


class MovedReply(Reply):
    """A move, and what comes of it."""

    by: Number | None = Field(description="null for the move of all parameters together")
    predicted: Number | None = Field(description="to first order, g·Δw; null where the gradient is not computed")
    measured: Number = Field(description="L(w + Δw) - L(w), in float64")


class SliceReply(Reply):
    """The loss along one weight, and its tangent."""

    values: list[Number]
    losses: list[Number]
    tangent: list[Number] | None = Field(description="null where the gradient is not computed")


class EffectReply(Reply):
    """What a gradient says of the loss beside what is measured."""

    parameter: str
    index: list[int]
    value: Number = Field(description="as the forward pass of the step that is shown used it")
    present: Number = Field(description="as it is now: another one once the update has run")
    gradient: Number | None
    reason: str | None = Field(description="why there is no gradient")
    minimised: Number = Field(description="loss and penalty at this value")
    nudge: MovedReply
    delta: MovedReply | None = Field(description="of the optimizer's own delta, for this entry alone")
    step: MovedReply | None = Field(description="of the optimizer's update of all parameters together")
    slice: SliceReply | None
