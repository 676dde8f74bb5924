"""What a loss needs besides its operation: what it may be fused with, how targets are written and answers are read."""

from dataclasses import dataclass
from typing import Any

from engine.spec import HuberLoss, PlainLoss


@dataclass(frozen=True)
class LossType:
    """One entry of the registry.

    Args:
        name: the tag of its description.
        op: the operation on the output's value (softmax_cross_entropy: on its logits) and the targets.
        fused_with: the output activation that the loss can swallow.
        fused_op: the operation on the output's pre-activation; None if there is none.
        sequence_op: the operation on a sequence of logits and of class indices; None if there is none.
        classifies: the loss itself makes the task a classification, whatever the data say.
        exclusive: each example belongs to one class, and each class has one output.
        threshold: with two classes on one output, what lies above it is the second.
        additive: the loss of many examples is the mean of their losses; rmse is the root of the mean of squares.
        target_range: the targets that make sense.
    """

    name: str
    op: str
    fused_with: str | None = None
    fused_op: str | None = None
    sequence_op: str | None = None
    classifies: bool = False
    exclusive: bool = False
    threshold: float = 0.5
    additive: bool = True
    target_range: tuple[float, float] | None = None

    def is_fused(self, activation: str | None) -> bool:
        """Whether this loss swallows the output's activation."""
        return self.fused_op is not None and activation == self.fused_with

    @staticmethod
    def options(spec: PlainLoss | HuberLoss) -> dict[str, Any]:
        """The operation's options: every field of the description but its tag."""
        return spec.model_dump(exclude={"type"})
