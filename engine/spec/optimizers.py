"""How gradients become deltas, and what the weights themselves cost."""

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from engine.spec.base import Model, NonNegative, PositiveFloat, named
from engine.spec.schedules import ClipSpec, ConstantSchedule, ScheduleSpec

Decay = Annotated[float, Field(ge=0, lt=1)]


class OptimizerBase(Model):
    """What every optimizer has."""

    learning_rate: NonNegative = 0.01
    schedule: ScheduleSpec = ConstantSchedule()
    clip: ClipSpec | None = None


class Sgd(OptimizerBase):
    """delta = -learning_rate·grad."""

    type: Literal["sgd"] = "sgd"


class Momentum(OptimizerBase):
    """Undamped: velocity = momentum·velocity + grad."""

    type: Literal["momentum"] = "momentum"
    momentum: Decay = 0.9


class Nesterov(OptimizerBase):
    """Nesterov's momentum in PyTorch's form: the step looks one velocity ahead."""

    type: Literal["nesterov"] = "nesterov"
    momentum: Decay = 0.9


class Adagrad(OptimizerBase):
    """Each weight's rate falls with the sum of its squared gradients."""

    type: Literal["adagrad"] = "adagrad"
    eps: PositiveFloat = 1e-10


class RmsProp(OptimizerBase):
    """Each weight's rate follows a running mean of its squared gradients."""

    type: Literal["rmsprop"] = "rmsprop"
    rho: Decay = 0.99
    eps: PositiveFloat = 1e-8


class Adam(OptimizerBase):
    """Bias-corrected running means of gradient and squared gradient; eps outside the root."""

    type: Literal["adam"] = "adam"
    learning_rate: NonNegative = 0.001
    beta1: Decay = 0.9
    beta2: Decay = 0.999
    eps: PositiveFloat = 1e-8


class AdamW(Adam):
    """Adam with decoupled weight decay."""

    type: Literal["adamw"] = "adamw"  # type: ignore[assignment]  # the tag of a subclass is another literal
    weight_decay: NonNegative = 0.01


class Nadam(Adam):
    """Adam with Nesterov's look-ahead and a momentum schedule."""

    type: Literal["nadam"] = "nadam"  # type: ignore[assignment]
    learning_rate: NonNegative = 0.002
    momentum_decay: NonNegative = 0.004


class Adamax(Adam):
    """Adam with the infinity norm of the past gradients in place of their root mean square."""

    type: Literal["adamax"] = "adamax"  # type: ignore[assignment]
    learning_rate: NonNegative = 0.002


class Adadelta(OptimizerBase):
    """The step's size comes from a running mean of the past steps themselves."""

    type: Literal["adadelta"] = "adadelta"
    learning_rate: NonNegative = 1.0
    rho: Decay = 0.9
    eps: PositiveFloat = 1e-6


OptimizerSpec = Annotated[
    Annotated[
        Sgd | Momentum | Nesterov | Adagrad | RmsProp | Adam | AdamW | Nadam | Adamax | Adadelta,
        Field(discriminator="type"),
    ],
    BeforeValidator(named),
]


class Regularization(Model):
    """penalty = l1·Σ|w| + ½·l2·Σw², so that its gradient is l1·sign(w) + l2·w. Reported apart from the data loss."""

    l1: NonNegative = 0.0
    l2: NonNegative = 0.0
    include_biases: bool = False
