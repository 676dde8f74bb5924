"""What may be minimised."""

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from engine.spec.base import Model, PositiveFloat, named


class PlainLoss(Model):
    """A loss without options."""

    type: Literal[
        "mse",
        "rmse",
        "half_squared_error",
        "mae",
        "hinge",
        "binary_cross_entropy",
        "softmax_cross_entropy",
    ]


class HuberLoss(Model):
    """½e² up to the threshold, linear beyond it; mean over all entries."""

    type: Literal["huber"] = "huber"
    threshold: PositiveFloat = 1.0


LossSpec = Annotated[
    Annotated[PlainLoss | HuberLoss, Field(discriminator="type")],
    BeforeValidator(named),
]
