"""How the learning rate changes over the steps, and how gradients are clipped."""

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from engine.spec.base import Model, NonNegative, PositiveFloat, named


class ConstantSchedule(Model):
    """factor = 1."""

    type: Literal["constant"] = "constant"


class LinearSchedule(Model):
    """factor falls in a straight line from 1 to end_factor over these steps, then stays."""

    type: Literal["linear"] = "linear"
    steps: int = Field(default=1000, ge=1)
    end_factor: NonNegative = 0.0


class StepSchedule(Model):
    """factor = decay^floor(step / every)."""

    type: Literal["step"] = "step"
    every: int = Field(default=100, ge=1)
    decay: PositiveFloat = 0.5


class CosineSchedule(Model):
    """factor = end + (1 - end)·(1 + cos(π·step/steps)) / 2, then end_factor."""

    type: Literal["cosine"] = "cosine"
    steps: int = Field(default=1000, ge=1)
    end_factor: NonNegative = 0.0


class InverseSqrtSchedule(Model):
    """factor = 1 / sqrt(1 + step): 1/√t with t counted from 1."""

    type: Literal["inverse_sqrt"] = "inverse_sqrt"


ScheduleSpec = Annotated[
    Annotated[
        ConstantSchedule | LinearSchedule | StepSchedule | CosineSchedule | InverseSqrtSchedule,
        Field(discriminator="type"),
    ],
    BeforeValidator(named),
]


class ClipValue(Model):
    """Each entry of the gradient is held within ±limit."""

    type: Literal["value"] = "value"
    limit: PositiveFloat = 1.0


class ClipNorm(Model):
    """The whole gradient is scaled down to norm ``limit`` if its norm is larger."""

    type: Literal["norm"] = "norm"
    limit: PositiveFloat = 1.0


ClipSpec = Annotated[ClipValue | ClipNorm, Field(discriminator="type")]
