"""The layers of images: convolution and pooling."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from engine.spec.initializers import InitializerSpec, Zeros
from engine.spec.layer_base import ActivationName, LayerBase
from engine.words import say

Count = Annotated[int, Field(ge=1, le=256)]
ZeroCount = Annotated[int, Field(ge=0, le=256)]
#: One number for both axes, or (down, across).
Size = Count | tuple[Count, Count]
PaddingSpec = Annotated[
    Literal["valid", "same"] | ZeroCount | tuple[ZeroCount, ZeroCount],
    Field(
        description="zeros around the image: valid: none; same: as many as give a place to every stride-th number; "
        "or how many on each side, (above and below, left and right)"
    ),
]


class ConvLayer(LayerBase):
    """What convolutions over images and over time have."""

    filters: int = Field(ge=1, description="kernels, and so feature maps")
    groups: Count = Field(default=1, description="channels and filters in so many groups that do not mix")
    activation: ActivationName = "linear"
    use_bias: bool = True
    bias_initializer: InitializerSpec = Zeros()

    @model_validator(mode="after")
    def _filters_divide(self) -> Self:
        if self.filters % self.groups:
            raise ValueError(
                say(
                    "{filters} filters cannot be shared out to {groups} groups: expected a multiple of {groups}",
                    filters=self.filters,
                    groups=self.groups,
                )
            )
        return self


class Conv2dLayer(ConvLayer):
    """z = x ⋆ kernel + b, a = activation(z): a window slides over the image. Cross-correlation: no flip."""

    type: Literal["conv2d"] = "conv2d"
    kernel: Size = Field(default=3, description="size of the window: one number, or (height, width)")
    stride: Size = Field(default=1, description="how far the window moves on each time")
    padding: PaddingSpec = "valid"
    dilation: Size = Field(default=1, description="how far the numbers of the window lie apart")


class Conv1dLayer(ConvLayer):
    """z = x ⋆ kernel + b, a = activation(z): a window slides over the time steps. Cross-correlation: no flip."""

    type: Literal["conv1d"] = "conv1d"
    kernel: Count = Field(default=3, description="time steps under the window")
    stride: Count = Field(default=1, description="how far the window moves on each time")
    padding: Literal["valid", "same"] | ZeroCount = Field(
        default="valid", description="zeros at both ends: none, as many as keep the length (at stride 1), or how many"
    )
    dilation: Count = Field(default=1, description="how far the steps of the window lie apart")


class PoolLayer(LayerBase):
    """What the poolings have."""

    size: Size = Field(default=2, description="of the window: one number, or (height, width)")
    stride: Size | None = Field(default=None, description="how far the window moves on each time; its size if left out")
    padding: PaddingSpec = "valid"


class MaxPool2dLayer(PoolLayer):
    """a = the largest number under each window; padding never wins, and of equals the first does."""

    type: Literal["max_pool2d"] = "max_pool2d"


class AvgPool2dLayer(PoolLayer):
    """a = the mean of the numbers under each window; padding counts, as zeros."""

    type: Literal["avg_pool2d"] = "avg_pool2d"


class GlobalAvgPool2dLayer(LayerBase):
    """a = the mean of each feature map: one number for each."""

    type: Literal["global_avg_pool2d"] = "global_avg_pool2d"


class UpsampleLayer(LayerBase):
    """a = each number as a block of equal numbers (nearest neighbour)."""

    type: Literal["upsample"] = "upsample"
    factor: Size = Field(default=2, description="how many times as large: one number, or (down, across)")
