"""What a column holds, and what is proposed to be done with it."""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise
from typing import Literal

from engine.tables.cells import Decimal, day, is_missing, is_month_first, number

Kind = Literal["number", "category", "date", "ignore"]
Holds = Literal["number", "category", "date", "text", "empty"]

#: From this share of its values on, a column is one of numbers (or of days), and the others are mistakes.
ENOUGH = 0.75
#: So few different words are a category in a small table too, if one comes twice.
FEW = 8
#: A column of more different words is text, or an identifier: nothing to learn a number for each of them from.
MOST_VALUES = 50
#: A number of so few different whole values may be meant as a class.
MOST_LEVELS = 10
EXAMPLES = 3
PAIR = 2
_COUNTERS = frozenset({"", "id", "index", "no", "nr", "nr.", "no.", "#", "row", "column 1", "unnamed: 0"})


@dataclass(frozen=True)
class Column:
    """One column of a table as it was read.

    Args:
        name: its own, and no other column's.
        holds: what most of its cells are.
        kind: what is done with it: as chosen, else as proposed.
        missing: cells without a value.
        counts: how often each value stands there.
        numbers: the number that each value is, where the column is one of numbers or of days.
    """

    name: str
    holds: Holds
    kind: Kind
    missing: int
    counts: Mapping[str, int]
    numbers: Mapping[str, float]

    @property
    def distinct(self) -> int:
        """Different values."""
        return len(self.counts)

    @property
    def examples(self) -> tuple[str, ...]:
        """Some of its values, as they stand."""
        return tuple(islice(self.counts, EXAMPLES))

    @property
    def wrong(self) -> int:
        """Cells that are not of its kind."""
        if self.kind not in {"number", "date"} or len(self.numbers) == len(self.counts):
            return 0
        return sum(count for cell, count in self.counts.items() if cell not in self.numbers)

    @property
    def low(self) -> float | None:
        """The least number."""
        return min(self.numbers.values(), default=None)

    @property
    def high(self) -> float | None:
        """The greatest number."""
        return max(self.numbers.values(), default=None)

    @property
    def are_levels(self) -> bool:
        """Whether these are whole numbers, few and close together: they may be meant as classes."""
        if self.kind != "number" or not self.numbers or not all(map(float.is_integer, self.numbers.values())):
            return False
        spread = max(self.numbers.values()) - min(self.numbers.values())
        return self.distinct == PAIR or (self.distinct <= MOST_LEVELS and spread < MOST_LEVELS)


def width(column: Column) -> int:
    """Inputs that a column makes: each value of a category is one, but of two values one says all."""
    return 1 if column.kind != "category" or column.distinct == PAIR else column.distinct


def column(name: str, cells: Sequence[str], decimal: Decimal, chosen: Kind | None) -> Column:
    """Look at all cells of a column."""
    counts = Counter(cells)
    missing = sum(counts.pop(cell) for cell in tuple(counts) if is_missing(cell))
    present = len(cells) - missing
    numbers = _numbers(counts, decimal)
    days = {} if len(numbers) == len(counts) else _days(counts)
    holds = _holds(present, counts, {"number": numbers, "date": days})
    kind: Kind = chosen or _proposal(name, holds, cells, numbers)
    if kind == "date" and not days:
        days = _days(counts)
    return Column(name, holds, kind, missing, counts, {"number": numbers, "date": days}.get(kind, {}))


def _numbers(counts: Counter[str], decimal: Decimal) -> dict[str, float]:
    return {cell: value for cell in counts if (value := number(cell, decimal)) is not None}


def _days(counts: Counter[str]) -> dict[str, float]:
    month_first = is_month_first(list(counts))
    return {cell: value for cell in counts if (value := day(cell, month_first=month_first)) is not None}


def _holds(present: int, counts: Counter[str], read: dict[Literal["number", "date"], dict[str, float]]) -> Holds:
    if not present:
        return "empty"
    for kind, values in read.items():
        if sum(counts[cell] for cell in values) >= ENOUGH * present:
            return kind
    few = len(counts) < present and len(counts) <= max(FEW, present // 2)
    return "category" if few and len(counts) <= MOST_VALUES else "text"


def _proposal(name: str, holds: Holds, cells: Sequence[str], numbers: Mapping[str, float]) -> Kind:
    """Words are categories if they are few; a column that only counts the rows is nothing to learn from."""
    if holds == "number":
        return "ignore" if name.lower() in _COUNTERS and _counts(cells, numbers) else "number"
    return "category" if holds == "category" else "ignore"


def _counts(cells: Sequence[str], numbers: Mapping[str, float]) -> bool:
    values = [numbers.get(cell, math.nan) for cell in cells]
    return {b - a for a, b in pairwise(values)} == {1.0}
