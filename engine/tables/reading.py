"""A text as a table: what stands where, what is to be predicted, which rows can be used, and why the others cannot."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from engine.errors import LimitExceeded, SpecError, UnknownName
from engine.tables.cells import Decimal
from engine.tables.columns import MOST_VALUES, Column, Kind, column
from engine.tables.records import Record, guess_decimal, guess_delimiter, guess_header, split
from engine.words import say

Task = Literal["classification", "regression"]

MOST_COLUMNS = 200
#: Reading takes about a microsecond a cell, in which whoever is computed with in the same process waits.
MOST_CELLS = 1_000_000
LONGEST_NAME = 60
#: How a column that is to be predicted is often called.
_TARGETS = ("target", "label", "class", "outcome", "output", "result", "species", "category", "diagnosis")

#: What a row lacks: cells of the table's width, something in a cell, a number, a day.
Lack = Literal["cells", "value", "number", "day"]
_EXPECTED = {"value": say("a value"), "number": say("a number"), "day": say("a day, such as 2024-12-31")}


@dataclass(frozen=True)
class Problem:
    """Why a row cannot be used: where, and what it lacks; in words what was expected, and what stands there instead."""

    line: int
    column: str | None
    lacks: Lack
    expected: str
    got: str


@dataclass(frozen=True)
class Reading:
    """A table as it was read.

    Args:
        delimiter: between two cells.
        decimal: the mark in numbers.
        header: whether the first row names the columns.
        columns: in their order.
        target: the column that is to be predicted; None if there is none that could be.
        task: what is to be predicted of it.
        classes: its values, if they are classes, in their order.
        rows: all, each as wide as the table; those that are not, with what they have.
        used: numbers of the rows that can be used.
        problems: for each of the others the first reason.
    """

    delimiter: str
    decimal: Decimal
    header: bool
    columns: tuple[Column, ...]
    target: Column | None
    task: Task | None
    classes: tuple[str, ...]
    rows: list[Record]
    used: list[int]
    problems: list[Problem]

    @property
    def features(self) -> tuple[Column, ...]:
        """The columns that a network may see."""
        return tuple(each for each in self.columns if each.kind != "ignore" and each is not self.target)


def read(
    text: str,
    *,
    delimiter: str | None = None,
    decimal: Decimal | None = None,
    header: bool | None = None,
    kinds: Mapping[str, Kind] | None = None,
    target: str | None = None,
    task: Task | None = None,
    missing: Literal["drop", "mean"] = "drop",
    most_rows: int | None = None,
) -> Reading:
    """Read a text; what is not said is guessed.

    Args:
        text: rows of cells.
        delimiter: between two cells.
        decimal: the mark in numbers.
        header: whether the first row names the columns.
        kinds: what is done with columns, by name.
        target: the column that is to be predicted.
        task: whether the target is a class or a number.
        missing: "drop" leaves rows without a value out, "mean" fills in the mean, of a category the most frequent.
        most_rows: more are refused.

    Raises:
        SpecError: there is no row, a column that is chosen does not exist or cannot be what it is chosen as.
        LimitExceeded: it is too large; rows beyond ``most_rows`` are counted, but nothing is made of them.
    """
    delimiter = delimiter or guess_delimiter(text)
    records, more = split(text, delimiter, None if most_rows is None else most_rows + 1)
    decimal = decimal or guess_decimal(records, delimiter)
    header = guess_header(records, decimal) if header is None else header
    names, rows = _named(records, header)
    _check_size(len(rows) + more, len(names), most_rows)
    full = [row for row in rows if len(row.cells) == len(names)]
    by_place = list(zip(*(row.cells for row in full), strict=True)) or [()] * len(names)
    _check_names("kinds", kinds or {}, names)
    columns = tuple(
        column(name, cells, decimal, (kinds or {}).get(name)) for name, cells in zip(names, by_place, strict=True)
    )
    chosen = _target(columns, target)
    goal = _task(chosen, task)
    used, problems = _judge(rows, [_check(at, each, chosen, goal, missing) for at, each in enumerate(columns)])
    return Reading(
        delimiter=delimiter,
        decimal=decimal,
        header=header,
        columns=columns,
        target=chosen,
        task=goal,
        classes=_classes(rows, used, columns, chosen) if goal == "classification" else (),
        rows=rows,
        used=used,
        problems=problems,
    )


def _named(records: list[Record], header: bool) -> tuple[list[str], list[Record]]:
    """Names of the columns, and the rows below; empty cells beyond the last column are none."""
    if not records:
        raise SpecError(say("there is no row in this text"), ("dataset", "csv"))
    if header:
        rows = records[1:]
        given = _trimmed(records[0].cells, max((len(_trimmed(row.cells, 1)) for row in rows), default=1))
    else:
        rows = records
        given = [""] * Counter(len(record.cells) for record in records).most_common(1)[0][0]
    if len(given) > MOST_COLUMNS:
        raise LimitExceeded("columns", MOST_COLUMNS, len(given), ("dataset", "csv"))
    if not rows:
        raise SpecError(say("there are names of columns in this text, but no row below them"), ("dataset", "csv"))
    return _unique(given), [Record(row.line, _trimmed(row.cells, len(given))) for row in rows]


def _check_size(rows: int, columns: int, most_rows: int | None) -> None:
    if most_rows is not None and rows > most_rows:
        raise LimitExceeded("rows of data", most_rows, rows, ("dataset", "csv"))
    if rows * columns > MOST_CELLS:
        raise LimitExceeded("cells of a table", MOST_CELLS, rows * columns, ("dataset", "csv"))


def _trimmed(cells: list[str], least: int) -> list[str]:
    """Without empty cells at the end, but not fewer than that."""
    count = len(cells)
    while count > least and not cells[count - 1]:
        count -= 1
    return cells[:count]


def _unique(given: Sequence[str]) -> list[str]:
    """A name for each column, and no name twice."""
    names: list[str] = []
    for place, text in enumerate(given, start=1):
        stem = " ".join(text.split())[:LONGEST_NAME] or f"column {place}"
        name, number = stem, 1
        while name in names:
            number += 1
            name = f"{stem} ({number})"
        names.append(name)
    return names


def _check_names(field: str, chosen: Mapping[str, object], names: list[str]) -> None:
    for name in chosen:
        if name not in names:
            raise UnknownName("column", name, names, ("dataset", field, name))


def _target(columns: tuple[Column, ...], name: str | None) -> Column | None:
    """The column of that name; else one that is called like a target, else the last that could be one."""
    if name is not None:
        _check_names("target", {name: None}, [each.name for each in columns])
        chosen = next(each for each in columns if each.name == name)
        if chosen.kind == "ignore":
            message = say(
                '"{name}" is left out (it holds {holds}): say in kinds what it is, to predict it',
                name=name,
                holds=say(chosen.holds),
            )
            raise SpecError(message, ("dataset", "target"))
        return chosen
    able = [each for each in columns if each.kind != "ignore"]
    called = [each for each in able if each.name.lower() in _TARGETS]
    return called[-1] if called else able[-1] if able else None


def _task(target: Column | None, chosen: Task | None) -> Task | None:
    """Words are classes, and so are whole numbers if they are few and close together."""
    if target is None:
        return None
    if chosen == "regression" and target.kind == "category":
        raise SpecError(say('"{name}" holds words: they can only be classes', name=target.name), ("dataset", "task"))
    if chosen == "classification" and target.distinct > MOST_VALUES:
        message = say(
            '"{name}" has {distinct:,} different values: at most {most_values} can be classes',
            name=target.name,
            distinct=target.distinct,
            most_values=MOST_VALUES,
        )
        raise SpecError(message, ("dataset", "task"))
    return chosen or ("classification" if target.kind == "category" or target.are_levels else "regression")


@dataclass(frozen=True)
class _Check:
    """What the cells of a column must be."""

    place: int
    column: Column
    needs_value: bool
    needs_number: bool

    def problem(self, row: Record) -> Problem | None:
        """What is wrong with this row's cell."""
        cell = row.cells[self.place]
        if cell in self.column.counts:
            if not self.needs_number or cell in self.column.numbers:
                return None
            return self._lacking("number" if self.column.kind == "number" else "day", row, f'"{cell[:40]}"')
        return self._lacking("value", row, f'"{cell}"' if cell else say("nothing"))

    def _lacking(self, what: Lack, row: Record, got: str) -> Problem:
        return Problem(row.line, self.column.name, what, _EXPECTED[what], got)


def _check(
    place: int, each: Column, target: Column | None, task: Task | None, missing: Literal["drop", "mean"]
) -> _Check:
    is_target = each is target
    needs_value = each.missing > 0 and each.kind != "ignore" and (is_target or missing == "drop")
    is_name = is_target and task == "classification"  # a class is only called by what stands there
    return _Check(place, each, needs_value, each.wrong > 0 and not is_name)


def _judge(rows: list[Record], checks: list[_Check]) -> tuple[list[int], list[Problem]]:
    """The rows that can be used, and the first thing that is wrong with each of the others."""
    needed = [check for check in checks if check.needs_value or check.needs_number]
    used, problems = [], []
    for number, row in enumerate(rows):
        problem = _ragged(row, len(checks)) or _first(row, needed)
        if problem is None:
            used.append(number)
        else:
            problems.append(problem)
    return used, problems


def _ragged(row: Record, width: int) -> Problem | None:
    if len(row.cells) == width:
        return None
    count = len(row.cells)
    broken = say("{count}, one of several lines: is a quotation mark never closed?", count=count)
    got = broken if any("\n" in cell for cell in row.cells) else str(count)
    return Problem(row.line, None, "cells", say("{width} cells", width=width), got)


def _first(row: Record, checks: list[_Check]) -> Problem | None:
    for check in checks:
        problem = check.problem(row)
        if problem is not None and (check.needs_value or problem.lacks != "value"):
            return problem
    return None


def _classes(
    rows: list[Record], used: list[int], columns: tuple[Column, ...], target: Column | None
) -> tuple[str, ...]:
    """The values that the target has in the rows that are used: numbers by size, words by the alphabet."""
    place = next(at for at, each in enumerate(columns) if each is target)
    found = {rows[number].cells[place] for number in used}
    return tuple(sorted(found, key=_order))


def _order(text: str) -> tuple[float, str]:
    try:
        return float(text.replace(",", ".")), text
    except ValueError:
        return float("inf"), text
