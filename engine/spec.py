"""The description of a network and of its training: the engine's input and the API's schema, one source for both.

A spec is frozen and refuses fields it does not know. Wherever a member is a choice (loss, optimizer, schedule,
initializer), the bare name may stand for the object: ``"mse"`` means ``{"type": "mse"}``.
"""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Discriminator, Field, Tag, model_validator

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
Identifier = Annotated[
    str,
    Field(pattern=r"^[A-Za-z][A-Za-z0-9_\-]{0,31}$", description="letters, digits, _ and -, first a letter"),
]
PositiveFloat = Annotated[float, Field(gt=0, allow_inf_nan=False)]
NonNegative = Annotated[float, Field(ge=0, allow_inf_nan=False)]
Fraction = Annotated[float, Field(ge=0, lt=1, allow_inf_nan=False)]
Finite = Annotated[float, Field(allow_inf_nan=False)]


def _named(value: object) -> object:
    """``"mse"`` -> ``{"type": "mse"}``; anything else is left for pydantic to judge."""
    return {"type": value} if isinstance(value, str) else value


class Model(BaseModel):
    """Frozen, and no field that is not declared."""

    model_config = ConfigDict(extra="forbid", frozen=True)


# ---------------------------------------------------------------------------------------------------- initializers


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
    BeforeValidator(_named),
]


# ---------------------------------------------------------------------------------------------------------- layers


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


# ---------------------------------------------------------------------------------------------------------- losses


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
    BeforeValidator(_named),
]


# ------------------------------------------------------------------------------------------- schedules and clipping


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
    BeforeValidator(_named),
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


# ------------------------------------------------------------------------------------------------------ optimizers

Decay = Annotated[float, Field(ge=0, lt=1)]


class OptimizerBase(Model):
    """What every optimizer has."""

    learning_rate: Annotated[float, Field(ge=0, allow_inf_nan=False)] = 0.01
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
    BeforeValidator(_named),
]


class Regularization(Model):
    """penalty = l1·Σ|w| + ½·l2·Σw², so that its gradient is l1·sign(w) + l2·w. Reported apart from the data loss."""

    l1: NonNegative = 0.0
    l2: NonNegative = 0.0
    include_biases: bool = False


# -------------------------------------------------------------------------------------------------------- datasets


class DatasetBase(Model):
    """How a dataset becomes inputs and targets.

    ``features`` are columns (``width``) or expressions of them (``x1^2``, ``x1*x2``, ``sin(x1)``), computed from the
    standardised columns.
    """

    features: tuple[str, ...] | None = Field(default=None, min_length=1)
    test_fraction: Fraction = 0.25
    standardize: bool | None = Field(default=None, description="fitted on the training part; real data: true")
    shuffle: bool = Field(default=True, description="a new order every epoch")


class FruitDataset(DatasetBase):
    """38 measured apples and oranges: mass, width, height, color_score."""

    name: Literal["fruit"] = "fruit"
    varieties: Literal["all", "red", "pale"] = "all"


class PointsDataset(DatasetBase):
    """Points in the plane (x1, x2), drawn anew from the seed."""

    name: Literal["circle", "xor", "gauss", "spiral", "moons", "plane", "gauss_regression"]
    size: int = Field(default=200, ge=4, le=10_000)
    noise: Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)] = 0.1


class TableDataset(DatasetBase):
    """A classic table."""

    name: Literal["iris", "wine", "breast_cancer", "diabetes"]


class InlineData(Model):
    """The caller's own numbers: one row (or array) for each example."""

    inputs: list[Any] = Field(min_length=1)
    targets: list[Any] = Field(min_length=1)
    columns: tuple[str, ...] | None = None
    classes: tuple[str, ...] | None = Field(default=None, description="names, if the targets are class indices")


class InlineDataset(DatasetBase):
    """Used as it is: no split, no standardisation, no shuffling unless asked for."""

    inline: InlineData
    test_fraction: Fraction = 0.0
    standardize: bool | None = False
    shuffle: bool = False


def _dataset_tag(value: Any) -> str | None:
    """Which dataset model is meant, by its name or by the presence of inline data."""
    inline, name = (
        value.get(key) if isinstance(value, dict) else getattr(value, key, None) for key in ("inline", "name")
    )
    if inline is not None:
        return "inline"
    if name == "fruit":
        return "fruit"
    return "table" if name in ("iris", "wine", "breast_cancer", "diabetes") else "points"


DatasetSpec = Annotated[
    Annotated[FruitDataset, Tag("fruit")]
    | Annotated[PointsDataset, Tag("points")]
    | Annotated[TableDataset, Tag("table")]
    | Annotated[InlineDataset, Tag("inline")],
    Discriminator(_dataset_tag),
]


# --------------------------------------------------------------------------------------------------------- session


class SessionSpec(Model):
    """One network, its data and its training."""

    name: str = Field(default="Untitled", max_length=120)
    seed: int = Field(default=0, ge=0, lt=2**32)
    dtype: Literal["float32", "float64"] = "float32"
    dataset: DatasetSpec
    layers: tuple[LayerSpec, ...] = Field(min_length=1)
    loss: LossSpec
    optimizer: OptimizerSpec = Sgd()
    regularization: Regularization = Regularization()
    batch_size: Annotated[int, Field(ge=1)] | Literal["full"] = Field(
        default=10, description='examples in a step; 1 is online learning, "full" the whole training part'
    )

    @model_validator(mode="before")
    @classmethod
    def _name_layers(cls, data: Any) -> Any:
        """A layer without an id gets its type and a number that is free."""
        if not isinstance(data, dict) or not isinstance(data.get("layers"), (list, tuple)):
            return data
        taken = {layer.get("id") for layer in data["layers"] if isinstance(layer, dict)}
        named = []
        for layer in data["layers"]:
            if not isinstance(layer, dict) or layer.get("id") is not None:
                named.append(layer)
                continue
            kind = layer.get("type", "layer")
            free = next(f"{kind}{n}" for n in range(1, 1_000_000) if f"{kind}{n}" not in taken)
            taken.add(free)
            named.append({**layer, "id": free})
        return {**data, "layers": named}
