"""What every model of the description shares: it is frozen, and refuses fields that it does not know."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

Identifier = Annotated[
    str,
    Field(pattern=r"^[A-Za-z][A-Za-z0-9_\-]{0,31}$", description="letters, digits, _ and -, first a letter"),
]
PositiveFloat = Annotated[float, Field(gt=0, allow_inf_nan=False)]
NonNegative = Annotated[float, Field(ge=0, allow_inf_nan=False)]
Fraction = Annotated[float, Field(ge=0, lt=1, allow_inf_nan=False)]
Finite = Annotated[float, Field(allow_inf_nan=False)]


def named(value: object) -> object:
    """``"mse"`` -> ``{"type": "mse"}``; anything else is left for pydantic to judge."""
    return {"type": value} if isinstance(value, str) else value


class Model(BaseModel):
    """Frozen, and no field that is not declared."""

    model_config = ConfigDict(extra="forbid", frozen=True)
