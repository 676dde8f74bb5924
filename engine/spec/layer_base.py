"""What every layer has, and the activations that a layer may have."""

from typing import Literal

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


class LayerBase(Model):
    """What every layer has."""

    id: Identifier
    inputs: tuple[Identifier, ...] | None = Field(
        default=None, description="ids of the layers this one reads; the layer before it if left out"
    )
    initializer: InitializerSpec | None = Field(
        default=None, description="of the weights; if left out, the one that suits the activation"
    )
    trainable: bool = Field(default=True, description="false: its parameters stay as they were drawn (frozen)")
