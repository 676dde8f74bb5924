"""The layers by which a picture learns."""

from typing import Annotated, Literal

from pydantic import Field

from engine.spec.initializers import InitializerSpec, Uniform
from engine.spec.layer_base import LayerBase

Weight = Annotated[float, Field(ge=0, le=1e9, allow_inf_nan=False)]


class PixelsLayer(LayerBase):
    """a = a picture that is learned, in place of the batch's first; the others as they are given."""

    type: Literal["pixels"] = "pixels"
    initializer: InitializerSpec | None = Field(
        default=Uniform(type="uniform", low=0.3, high=0.7), description="of the pixels"
    )


class GramLayer(LayerBase):
    """a = how strongly each two feature maps go together: F Fᵀ / (C H W)."""

    type: Literal["gram"] = "gram"


class ApartLayer(LayerBase):
    """a = weight times the mean squared difference of the batch's first example from another; 0 for the others."""

    type: Literal["apart"] = "apart"
    to: int = Field(default=1, ge=1, description="which example of the batch, from 0")
    weight: Weight = 1.0


class RoughnessLayer(LayerBase):
    """a = weight times the mean squared difference of neighbouring pixels, of the batch's first picture."""

    type: Literal["roughness"] = "roughness"
    weight: Weight = 1.0
