"""What every message has in common."""

from pydantic import BaseModel, ConfigDict


class Message(BaseModel):
    """Frozen, and no field that is not declared."""

    model_config = ConfigDict(extra="forbid", frozen=True)
