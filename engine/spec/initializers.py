"""How first weights are drawn."""

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from engine.spec.base import Finite, Model, NonNegative, named


class Zeros(Model):
    """All 0."""

    type: Literal["zeros"] = "zeros"


class Constant(Model):
    """All one value."""

    type: Literal["constant"] = "constant"
    value: Finite = 0.0


class Uniform(Model):
    """Uniform on [low, high)."""

    type: Literal["uniform"] = "uniform"
    low: Finite = -0.5
    high: Finite = 0.5


class Normal(Model):
    """Normal with this mean and standard deviation."""

    type: Literal["normal"] = "normal"
    mean: Finite = 0.0
    std: NonNegative = 0.1


class Scaled(Model):
    """Scaled by fan_in and fan_out: Glorot (Xavier), He (Kaiming), LeCun."""

    type: Literal["glorot_uniform", "glorot_normal", "he_uniform", "he_normal", "lecun_uniform", "lecun_normal"]


InitializerSpec = Annotated[
    Annotated[Zeros | Constant | Uniform | Normal | Scaled, Field(discriminator="type")],
    BeforeValidator(named),
]
