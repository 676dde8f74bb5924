"""Every loss, by the tag of its description."""

from engine.losses.base import LossType
from engine.losses.reading import Reading, reading_for

__all__ = ["LOSSES", "LossType", "Reading", "reading_for"]

LOSSES: dict[str, LossType] = {
    loss.name: loss
    for loss in (
        LossType("mse", op="mse"),
        LossType("rmse", op="rmse", additive=False),
        LossType("half_squared_error", op="half_squared_error"),
        LossType("mae", op="mae"),
        LossType("huber", op="huber"),
        LossType("hinge", op="hinge", classifies=True, threshold=0.0),
        LossType(
            "binary_cross_entropy",
            op="binary_cross_entropy",
            fused_with="sigmoid",
            fused_op="sigmoid_binary_cross_entropy",
            classifies=True,
            target_range=(0.0, 1.0),
        ),
        LossType(
            "softmax_cross_entropy",
            op="softmax_cross_entropy",
            fused_with="softmax",
            fused_op="softmax_cross_entropy",
            sequence_op="sequence_cross_entropy",
            classifies=True,
            exclusive=True,
        ),
    )
}
