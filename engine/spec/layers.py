"""The layers, and the activations that they may have."""

from typing import Annotated, Literal

from pydantic import Field

from engine.spec.base import Fraction, Identifier, Model
from engine.spec.initializers import InitializerSpec, Zeros

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


class InputLayer(LayerBase):
    """The examples' features. May be left out: then a layer named "input" stands before the first."""

    type: Literal["input"] = "input"


class DenseLayer(LayerBase):
    """z = x W + b, a = activation(z)."""

    type: Literal["dense"] = "dense"
    units: int = Field(ge=1)
    activation: ActivationName = "linear"
    use_bias: bool = True
    bias_initializer: InitializerSpec = Zeros()


class ActivationLayer(LayerBase):
    """a = function(x), elementwise (softmax: over the last axis)."""

    type: Literal["activation"] = "activation"
    function: ActivationName


class AddLayer(LayerBase):
    """a = the sum of its inputs, which all have one shape: the joint of a skip connection."""

    type: Literal["add"] = "add"


class ConcatLayer(LayerBase):
    """a = its inputs side by side, along the last axis."""

    type: Literal["concat"] = "concat"


class FlattenLayer(LayerBase):
    """a = x with each example as one row of numbers."""

    type: Literal["flatten"] = "flatten"


class DropoutLayer(LayerBase):
    """a = x with each number dropped with probability rate and the rest scaled by 1 / (1 - rate); off in evaluation."""

    type: Literal["dropout"] = "dropout"
    rate: Fraction = 0.5


LayerSpec = Annotated[
    InputLayer | DenseLayer | ActivationLayer | AddLayer | ConcatLayer | FlattenLayer | DropoutLayer,
    Field(discriminator="type"),
]
