"""The caller's own table: a text in columns, and how it is to be read."""

from typing import Annotated, Any, Literal

from pydantic import Field

from engine.spec.base import Model
from engine.tables import Decimal, Delimiter, Kind, Task

#: Characters of a text: what a server takes is in its settings.
MOST_CHARACTERS = 5_000_000
ColumnName = Annotated[str, Field(min_length=1, max_length=80)]


class TableReading(Model):
    """How a text is read as a table; what is left out is guessed, the same for the same text."""

    delimiter: Delimiter | None = Field(default=None, description="between two cells")
    decimal: Decimal | None = Field(default=None, description="the mark in numbers")
    header: bool | None = Field(default=None, description="whether the first row names the columns")
    kinds: dict[ColumnName, Kind] = Field(
        default={},
        max_length=200,
        description="by column: number, category (each value an input of 0 and 1), date (days since 1970), ignore",
    )
    target: ColumnName | None = Field(default=None, description="the column that is to be predicted")
    task: Task | None = Field(default=None, description="whether the target is a class or a number")
    missing: Literal["drop", "mean"] = Field(
        default="drop", description="rows without a value are left out, or get the mean (the most frequent category)"
    )

    def reading(self) -> dict[str, Any]:
        """The arguments of engine.tables.read."""
        return {name: getattr(self, name) for name in TableReading.model_fields}
