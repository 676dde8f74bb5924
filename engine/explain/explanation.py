"""What a derivation is made of. Every value in it was read from the engine's buffers."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from engine.words import Text

Level = Literal["kid", "high_school", "graduate", "tldr", "phd"]
Quantity = Literal["value", "gradient", "delta"]
Combine = Literal["sum", "product", "function"]
Index = tuple[int, ...]

LEVELS: dict[Level, str] = {
    "kid": "Kid",
    "high_school": "High school",
    "graduate": "Graduate",
    "tldr": "TL;DR",
    "phd": "PhD",
}


class Part(BaseModel):
    """Frozen, and no field that is not declared."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Factor(Part):
    """One number of a term, and where it comes from (``node`` is None for a number that no buffer holds)."""

    name: Text
    symbol: str
    value: float
    node: str | None = None
    quantity: Quantity = "value"
    index: Index = ()


class Term(Part):
    """A product of factors; or, without factors, the exact sum of ``count`` terms that are not shown one by one."""

    label: Text
    value: float
    count: int = 1
    factors: tuple[Factor, ...] = ()


class Detail(Part):
    """A number on the way: an optimizer's running mean, its bias-corrected form, the effective step."""

    name: Text
    symbol: str
    value: float


class Link(Part):
    """One station on the way from the loss back to the number in question."""

    label: Text
    node: str
    quantity: Quantity
    index: Index
    value: float | None
    role: Text = Field(description="what happens here on the way: e.g. '· local derivative'")
    factor: float | None = Field(default=None, description="by which the number of the station before is multiplied")
    part: float | None = Field(default=None, description="what comes of it: the number, or one part of the sum it is")
    parts: int = Field(default=1, description="of the sum: examples, places, time steps, units; a penalty apart")
    sum: Text | None = Field(default=None, description="the same in words; null where this part is the whole number")


class Explanation(Part):
    """Why a number is what it is.

    ``value = scale · combine(terms)``: the sum or the product of the terms' values; for ``function`` the one term is
    the argument, and the formula says which function.
    """

    node: str
    quantity: Quantity
    index: Index
    level: Level
    question: Text
    formula: str
    substituted: str | None
    value: float | None
    computed: bool
    reason: Text | None = None
    combine: Combine = "sum"
    scale: float = 1.0
    terms: tuple[Term, ...] = ()
    details: tuple[Detail, ...] = ()
    text: Text
    chain: tuple[Link, ...] = ()
