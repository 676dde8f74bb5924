"""What every layer has, and the activations that a layer may have."""

from typing import Annotated, Literal

from pydantic import Field

from engine.spec.base import Identifier, Model
from engine.spec.initializers import InitializerSpec

ActivationName = Literal[
    "linear",
    "relu",
    "leaky_relu",
    "elu",
    "selu",
    "gelu",
    "silu",
    "tanh",
    "sigmoid",
    "softplus",
    "sin",
    "softmax",
]


#: A unit's number, from 0, as a key of JSON; and what it may be held at.
Unit = Annotated[str, Field(pattern=r"^(0|[1-9][0-9]{0,4})$")]
Held = Annotated[float, Field(ge=-1e6, le=1e6)]


class LayerBase(Model):
    """What every layer has."""

    id: Identifier
    inputs: tuple[Identifier, ...] | None = Field(
        default=None, description="ids of the layers this one reads; the layer before it if left out"
    )
    initializer: InitializerSpec | None = Field(
        default=None, description="of the weights; if left out, the one that suits the activation"
    )
    trainable: bool = Field(
        default=True, description="false: its parameters stay as they are (frozen), running statistics too"
    )
    clamps: dict[Unit, Held] = Field(
        default={},
        description="units (of images: maps), counted from 0, that are held at a value whatever comes in; 0 kills one",
    )
