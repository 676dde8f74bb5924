"""What every message has in common."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from engine.words import Language

__all__ = (
    "CommandBase",
    "Direction",
    "Example",
    "Finite",
    "Index",
    "Language",
    "Level",
    "Message",
    "NodeName",
    "Quantity",
    "Unit",
)

Unit = Literal["op", "layer", "batch", "epoch"]
Direction = Literal["forward", "back"]
Level = Literal["kid", "high_school", "graduate", "tldr", "phd"]
Quantity = Literal["value", "gradient", "delta"]
NodeName = Annotated[str, Field(min_length=1, max_length=80, examples=["hidden1.a"])]
Index = Annotated[tuple[Annotated[int, Field(ge=0)], ...], Field(max_length=4)]
Finite = Annotated[float, Field(allow_inf_nan=False)]
Example = Annotated[int, Field(ge=0)] | Literal["own"]


class Message(BaseModel):
    """Frozen, and no field that is not declared."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class CommandBase(Message):
    """What every command may carry."""

    id: str | None = Field(default=None, max_length=64, description="comes back as reply_to in the answer")
