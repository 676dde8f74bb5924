"""What is sent and answered about tables of people's own."""

from typing import Literal

from pydantic import Field

from app.protocol.base import Message
from app.protocol.replies import Reply
from engine.spec import TableReading
from engine.tables import Column, Lack, Reading, Record
from engine.tables.columns import width
from engine.words import Text

#: Rows that are answered: the first ones, and of those that cannot be used.
MOST_SHOWN = 100
#: Characters of a cell that are answered.
LONGEST_CELL = 60


class TableRequest(Message):
    """A text in columns; how it is to be read may be said, or is guessed."""

    csv: str = Field(min_length=1, description="the text: rows of cells")
    reading: TableReading = TableReading()


class ColumnReply(Reply):
    """A column as it was read."""

    name: str
    holds: Literal["number", "category", "date", "text", "empty"] = Field(description="what most of its cells are")
    kind: Literal["number", "category", "date", "ignore"] = Field(description="as chosen, else as proposed")
    examples: list[str]
    missing: int = Field(description="cells without a value")
    distinct: int = Field(description="different values")
    wrong: int = Field(description="cells that are not of its kind")
    low: float | None = Field(description="the least number (of days: since 1970); null of words")
    high: float | None


class RowReply(Reply):
    """A row as it stands in the text."""

    line: int = Field(description="where it begins, counted from 1")
    cells: list[str]


class BadRow(RowReply):
    """A row that cannot be used, and the first reason."""

    column: str | None = Field(description="null: the row as a whole")
    lacks: Lack = Field(description="cells: it has fewer or more than the table has columns; value: a cell is empty")
    expected: Text = Field(description="the same in words")
    got: Text


class TableReply(Reply):
    """A table as it was read."""

    id: str = Field(description="for dataset.table in a spec")
    delimiter: str
    decimal: Literal[".", ","]
    header: bool
    missing: Literal["drop", "mean"]
    columns: list[ColumnReply]
    target: str | None = Field(description="the column that is to be predicted; null: there is none that could be")
    task: Literal["classification", "regression"] | None
    classes: list[str] = Field(description="in their order")
    features: int = Field(description="inputs that the columns make: each value of a category is one")
    rows: int
    used: int = Field(description="rows that can be used")
    first: list[RowReply] = Field(description=f"at most {MOST_SHOWN} rows")
    bad: list[BadRow] = Field(description=f"at most {MOST_SHOWN} of the rows that cannot be used")


def table_reply(key: str, reading: Reading, how: TableReading) -> TableReply:
    """What is told of a table."""
    by_line = {row.line: row for row in reading.rows} if reading.problems else {}
    return TableReply(
        id=key,
        delimiter=reading.delimiter,
        decimal=reading.decimal,
        header=reading.header,
        missing=how.missing,
        columns=[_column(column) for column in reading.columns],
        target=reading.target.name if reading.target else None,
        task=reading.task,
        classes=list(reading.classes),
        features=sum(map(width, reading.features)),
        rows=len(reading.rows),
        used=len(reading.used),
        first=[RowReply(line=row.line, cells=_cells(row)) for row in reading.rows[:MOST_SHOWN]],
        bad=[BadRow(cells=_cells(by_line[problem.line]), **vars(problem)) for problem in reading.problems[:MOST_SHOWN]],
    )


def _column(column: Column) -> ColumnReply:
    return ColumnReply(
        name=column.name,
        holds=column.holds,
        kind=column.kind,
        examples=[text[:LONGEST_CELL] for text in column.examples],
        missing=column.missing,
        distinct=column.distinct,
        wrong=column.wrong,
        low=column.low,
        high=column.high,
    )


def _cells(row: Record) -> list[str]:
    return [cell[:LONGEST_CELL] for cell in row.cells]
