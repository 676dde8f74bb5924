"""Text -> rows of cells, and how to guess what stands between them."""

import csv
import io
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Literal

from engine.errors import SpecError
from engine.tables.cells import Decimal, is_missing, number
from engine.words import say

if TYPE_CHECKING:
    from _csv import Reader

Delimiter = Literal[",", ";", "\t", "|"]
#: In the order in which they are believed, if several would do: a comma stands in numbers and sentences too.
BELIEVED: tuple[Delimiter, ...] = ("\t", ";", "|", ",")
#: Rows that a guess looks at.
SAMPLE = 200


@dataclass(frozen=True, slots=True)
class Record:
    """One row of the text.

    Args:
        line: where it begins, counted from 1.
        cells: what stands in it, without the spaces around.
    """

    line: int
    cells: list[str]


def split(text: str, delimiter: str, most: int | None = None) -> tuple[list[Record], int]:
    """The rows that are not empty, so many at most, and how many more there are: those are only counted.

    Raises:
        SpecError: a cell has no end, most likely because a quotation mark is never closed.
    """
    rows = _rows(text, delimiter)
    return list(islice(_records(rows), most)), _count(rows)


def _count(rows: "Reader") -> int:
    """How many are left, up to one that cannot be read: nobody wants to know why, they are too many anyway."""
    count = 0
    with suppress(csv.Error):
        for row in rows:
            count += any(row)
    return count


def _rows(text: str, delimiter: str) -> "Reader":
    plain = io.StringIO(text.removeprefix("\ufeff"), newline="")
    return csv.reader(plain, delimiter=delimiter, skipinitialspace=True)


def _records(rows: "Reader") -> Iterator[Record]:
    line = 1
    try:
        for row in rows:
            cells = [cell.strip() for cell in row]
            if any(cells):
                yield Record(line, cells)
            line = rows.line_num + 1
    except csv.Error as error:
        told = say("a cell has no end: is a quotation mark never closed?") if "limit" in str(error) else str(error)
        raise SpecError(say("line {line}: {told}", line=line, told=told), ("dataset", "csv")) from error


def guess_delimiter(text: str) -> Delimiter:
    """The one that cuts most rows into the same number of cells, of more than one."""
    best: Delimiter = ","
    best_share = 0.0
    for delimiter in BELIEVED:
        share = _agreement(_sample(text, delimiter))
        if share > best_share + 0.1:
            best, best_share = delimiter, share
    return best


def _sample(text: str, delimiter: str) -> list[Record]:
    try:
        return list(islice(_records(_rows(text, delimiter)), SAMPLE))
    except SpecError:
        return []


def _agreement(records: list[Record]) -> float:
    """The share of rows that have the most common number of cells; 0 if that is one."""
    widths = Counter(len(record.cells) for record in records)
    if not widths:
        return 0.0
    width, count = max(widths.items(), key=lambda item: (item[1], item[0]))
    return count / len(records) if width > 1 else 0.0


def guess_decimal(records: list[Record], delimiter: str) -> Decimal:
    """The mark with which more cells are numbers; in doubt the point, unless a comma stands where only one could."""
    cells = [cell for record in records[:SAMPLE] for cell in record.cells if "," in cell or "." in cell]
    points = sum(number(cell, ".") is not None for cell in cells)
    commas = sum(number(cell, ",") is not None for cell in cells)
    if points != commas:
        return "." if points > commas else ","
    return "," if delimiter == ";" and commas and not any("." in cell for cell in cells) else "."


def guess_header(records: list[Record], decimal: Decimal) -> bool:
    """Whether the first row names the columns: none of its cells is a number or missing, and none comes again."""
    if not records:
        return False
    first, rest = records[0].cells, records[1:SAMPLE]
    if any(is_missing(cell) or number(cell, decimal) is not None for cell in first if cell):
        return False
    if len(set(first)) < len(first) / 2:
        return False
    again = sum(any(at < len(row.cells) and row.cells[at] == cell for row in rest) for at, cell in enumerate(first))
    return again == 0
