"""The layers."""

from typing import Annotated, Literal, Self

from pydantic import Field, PositiveInt, model_validator

from engine.spec.base import Finite, Fraction, PositiveFloat
from engine.spec.images import (
    AvgPool2dLayer,
    Conv1dLayer,
    Conv2dLayer,
    GlobalAvgPool2dLayer,
    MaxPool2dLayer,
    UpsampleLayer,
)
from engine.spec.initializers import InitializerSpec, Zeros
from engine.spec.layer_base import ActivationName, LayerBase
from engine.spec.pictures import ApartLayer, GramLayer, PixelsLayer, RoughnessLayer
from engine.words import say


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
    """a = function(x), elementwise (softmax: over one axis, the last unless told otherwise)."""

    type: Literal["activation"] = "activation"
    function: ActivationName
    axis: int = Field(default=-1, description="along which softmax's shares add up to 1; of one example, from 0")

    @model_validator(mode="after")
    def _axis_is_softmax_s(self) -> Self:
        if self.axis != -1 and self.function != "softmax":
            raise ValueError(
                say("only softmax has an axis, {function} looks at each number alone", function=self.function)
            )
        return self


class AddLayer(LayerBase):
    """a = the sum of its inputs, which all have one shape: the joint of a skip connection."""

    type: Literal["add"] = "add"


class ConcatLayer(LayerBase):
    """a = its inputs side by side: along the last axis, images channel by channel."""

    type: Literal["concat"] = "concat"


class FlattenLayer(LayerBase):
    """a = x with each example as one row of numbers."""

    type: Literal["flatten"] = "flatten"


class DropoutLayer(LayerBase):
    """a = x with each number dropped with probability rate and the rest scaled by 1 / (1 - rate); off in evaluation."""

    type: Literal["dropout"] = "dropout"
    rate: Fraction = 0.5


class MultiplyLayer(LayerBase):
    """a = the product of its inputs, number by number, which all have one shape: a gate."""

    type: Literal["multiply"] = "multiply"


class ReshapeLayer(LayerBase):
    """a = the numbers of each example in another shape, the last axis fastest."""

    type: Literal["reshape"] = "reshape"
    shape: tuple[PositiveInt, ...] = Field(min_length=1, max_length=4, description="of one example")


class TransposeLayer(LayerBase):
    """a = each example with its axes in another order: axis k of a is axis axes[k] of the input."""

    type: Literal["transpose"] = "transpose"
    axes: tuple[int, ...] = Field(
        default=(1, 0), min_length=1, max_length=4, description="of one example, from 0, each once"
    )


class SliceLayer(LayerBase):
    """a = the input from start up to stop (not included) along one axis of the example."""

    type: Literal["slice"] = "slice"
    axis: int = Field(default=0, description="of one example, from 0; negative numbers count from the end")
    start: int = Field(default=0, description="negative numbers count from the end")
    stop: int | None = Field(default=None, description="not included; to the end if left out")


class OneHotLayer(LayerBase):
    """a = for each token id a row of zeros with a 1 at its place."""

    type: Literal["one_hot"] = "one_hot"
    tokens: int = Field(ge=1, description="how many different tokens there are")


class EmbeddingLayer(LayerBase):
    """a = for each token id its row of the table W, which is learned."""

    type: Literal["embedding"] = "embedding"
    tokens: int = Field(ge=1, description="how many different tokens there are: rows of the table")
    units: int = Field(ge=1, description="numbers that stand for a token: columns of the table")


class LastLayer(LayerBase):
    """a = the last real time step of a sequence."""

    type: Literal["last"] = "last"


class BatchNormLayer(LayerBase):
    """a = gamma (x - mean) / sqrt(variance + eps) + beta, each feature or channel over the whole batch."""

    type: Literal["batch_norm"] = "batch_norm"
    eps: PositiveFloat = 1e-5
    momentum: float = Field(
        default=0.1,
        gt=0,
        le=1,
        description="how far the running mean and variance move towards the batch's at each step",
    )


class AttentionLayer(LayerBase):
    """a = softmax(q k^T / sqrt(d)) v W_o: queries of the first input, keys and values of the second (or the first)."""

    type: Literal["attention"] = "attention"
    heads: int = Field(default=1, ge=1, description="each has units / heads numbers of its own")
    causal: bool = Field(default=False, description="no time step looks at a later one")
    units: int | None = Field(
        default=None, ge=1, description="of queries, keys, values and output; as the input if null"
    )
    use_bias: bool = False


class LayerNormLayer(LayerBase):
    """a = gamma (x - mean) / sqrt(variance + eps) + beta, mean and (biased) variance over the last axis."""

    type: Literal["layer_norm"] = "layer_norm"
    eps: PositiveFloat = 1e-5


class RecurrentLayer(LayerBase):
    """What the recurrent layers share: they read a sequence (N, T, D), one time step after the other."""

    type: str
    units: int = Field(ge=1)
    return_sequences: bool = Field(default=False, description="say something at every time step, not only at the last")
    reverse: bool = Field(default=False, description="read from the last time step to the first")
    bidirectional: bool = Field(default=False, description="read both ways; the two values stand side by side")
    truncate: int | None = Field(
        default=None, ge=1, description="time steps after which the gradient goes no further back (truncated BPTT)"
    )
    bias_initializer: InitializerSpec = Zeros()
    recurrent_initializer: InitializerSpec | None = Field(
        default=None, description="of the weights from one time step to the next; glorot_uniform if left out"
    )


class RnnLayer(RecurrentLayer):
    """h_t = activation(x_t W_ih + b + h_{t-1} W_hh)."""

    type: Literal["rnn"] = "rnn"
    activation: Literal["tanh", "relu"] = "tanh"


class LstmLayer(RecurrentLayer):
    """c_t = f c_{t-1} + i g, h_t = o tanh(c_t); gates in the order i, f, g, o."""

    type: Literal["lstm"] = "lstm"
    forget_bias: Finite = Field(default=1.0, description="what the forget gate's bias begins at")


class GruLayer(RecurrentLayer):
    """h_t = u h_{t-1} + (1 - u) n; gates in the order reset, update, candidate."""

    type: Literal["gru"] = "gru"


class DecoderLayer(LayerBase):
    """logits_t of a sequence that is written symbol by symbol, from the last state of the recurrent layer it reads."""

    type: Literal["decoder"] = "decoder"
    units: int = Field(ge=1, description="as many as the layer that it reads")
    tokens: int = Field(ge=2, description="symbols that may be written; 0 is the end")
    embedding: int = Field(default=16, ge=1, description="numbers that stand for a symbol")
    cell: Literal["lstm", "gru"] = "lstm"
    attention: bool = Field(default=False, description="look at all time steps of the layer that it reads")
    teacher_forcing: float = Field(
        default=1.0, ge=0, le=1, description="how often, in training, it reads the true symbol and not its own guess"
    )
    forget_bias: Finite = Field(default=1.0, description="what the forget gate's bias begins at")
    bias_initializer: InitializerSpec = Zeros()
    recurrent_initializer: InitializerSpec | None = Field(
        default=None, description="of the weights from one time step to the next; glorot_uniform if left out"
    )


LayerSpec = Annotated[
    InputLayer
    | DenseLayer
    | ActivationLayer
    | AddLayer
    | ConcatLayer
    | FlattenLayer
    | DropoutLayer
    | MultiplyLayer
    | ReshapeLayer
    | TransposeLayer
    | SliceLayer
    | OneHotLayer
    | EmbeddingLayer
    | LastLayer
    | LayerNormLayer
    | AttentionLayer
    | BatchNormLayer
    | Conv2dLayer
    | RnnLayer
    | LstmLayer
    | GruLayer
    | DecoderLayer
    | Conv1dLayer
    | MaxPool2dLayer
    | AvgPool2dLayer
    | GlobalAvgPool2dLayer
    | UpsampleLayer
    | PixelsLayer
    | GramLayer
    | ApartLayer
    | RoughnessLayer,
    Field(discriminator="type"),
]
