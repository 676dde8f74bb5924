"""The whole: one network, its data and its training."""

from typing import Annotated, Any, Literal

from pydantic import Field, model_validator

from engine.spec.base import Model
from engine.spec.datasets import DatasetSpec
from engine.spec.layers import LayerSpec
from engine.spec.losses import LossSpec
from engine.spec.optimizers import OptimizerSpec, Regularization, Sgd


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
