"""The caller's own table as examples: numbers as they are, each value of a category as a column of 0 and 1."""

from collections import Counter

import numpy as np

from engine.arrays import Array
from engine.datasets.dataset import Examples
from engine.errors import LimitExceeded, SpecError
from engine.spec import OwnTableDataset
from engine.tables import Column, Reading, Shelf, read
from engine.tables.cells import is_missing
from engine.tables.columns import MOST_VALUES, PAIR, width
from engine.words import say

NAME = "table"
LEAST_ROWS = 2
#: Rows times inputs: each value of a category is an input, so that a small text may become large.
MOST_NUMBERS = 8_000_000
#: The tables that this process has: a spec says which, by id.
SHELF: Shelf[Examples] = Shelf()


def read_own_table(spec: OwnTableDataset, most_rows: int | None = None) -> Examples:
    """The rows of a table that can be used; read once, as long as it is to be read in the same way.

    Raises:
        UnknownName: the table is not on the shelf, or has no such column.
        SpecError: it cannot be used.
        LimitExceeded: it is too large.
    """
    how = spec.reading()

    def examples(text: str) -> Examples:
        return encoded(read(text, **how, most_rows=most_rows), NAME)

    if spec.csv is not None:
        return examples(spec.csv)
    assert spec.table is not None  # the spec's own validator says so
    options = tuple((name, repr(value)) for name, value in how.items())
    return SHELF.made(spec.table, options, examples)


def encoded(reading: Reading, name: str) -> Examples:
    """The rows that can be used as examples.

    Raises:
        SpecError: too few rows, nothing to predict, or nothing to predict it from.
        LimitExceeded: too many numbers would come of them.
    """
    target = reading.target
    if target is None or reading.task is None:
        raise SpecError(say("there is no column that could be predicted"), ("dataset", "target"))
    if not reading.features:
        raise SpecError(
            say('there is no column but "{name}": it cannot be predicted from itself', name=target.name), ("dataset",)
        )
    if len(reading.used) < LEAST_ROWS:
        raise SpecError(_too_few(reading), ("dataset",))
    if reading.task == "classification" and len(reading.classes) < 2:
        raise SpecError(
            say('"{name}" has only one value: "{value}"', name=target.name, value=reading.classes[0]),
            ("dataset", "target"),
        )
    numbers = len(reading.used) * sum(min(width(each), MOST_VALUES) for each in reading.features)
    if numbers > MOST_NUMBERS:
        raise LimitExceeded("numbers (rows times inputs) of a table", MOST_NUMBERS, numbers, ("dataset", "kinds"))
    cells = {each.name: _cells(reading, at) for at, each in enumerate(reading.columns)}
    parts = [_inputs(each, cells[each.name]) for each in reading.features]
    return Examples(
        name=name,
        task=reading.task,
        columns=tuple(title for titles, _ in parts for title in titles),
        raw=np.concatenate([values for _, values in parts], axis=1),
        y=_targets(reading, target, cells[target.name]),
        classes=reading.classes,
        target_name=target.name,
    )


def _too_few(reading: Reading) -> str:
    told = say(
        "{count} of {count_2:,} rows can be used, at least {least_rows} are needed",
        count=len(reading.used),
        count_2=len(reading.rows),
        least_rows=LEAST_ROWS,
    )
    if not reading.problems:
        return told
    first = reading.problems[0]
    where = say("line {line}", line=first.line) if first.column is None else _cell(first.line, first.column)
    template = "{told}; {where}: expected {expected}, got {got}"
    return say(template, told=told, where=where, expected=first.expected, got=first.got)


def _cell(line: int, column: str) -> str:
    return say('line {line}, "{column}"', line=line, column=column)


def _cells(reading: Reading, place: int) -> list[str]:
    return [reading.rows[number].cells[place] for number in reading.used]


def _inputs(column: Column, cells: list[str]) -> tuple[list[str], Array]:
    """Names and values (N, names) of what a network sees of a column."""
    if column.kind == "category":
        return _indicators(column, cells)
    values = np.array([column.numbers.get(cell, np.nan) for cell in cells])
    known = values[~np.isnan(values)]
    values[np.isnan(values)] = known.mean() if known.size else 0.0
    return [column.name], values[:, None]


def _indicators(column: Column, cells: list[str]) -> tuple[list[str], Array]:
    """1 where the value is this one; of two values, one column says all."""
    counts = Counter(cell for cell in cells if not is_missing(cell))
    levels = sorted(counts)
    if len(levels) > MOST_VALUES:
        message = say(
            '"{name}" has {count:,} different values: at most {most_values} can be told apart',
            name=column.name,
            count=len(levels),
            most_values=MOST_VALUES,
        )
        raise SpecError(message, ("dataset", "kinds", column.name))
    usual = max(levels, key=counts.__getitem__, default="")
    filled = np.array([usual if is_missing(cell) else cell for cell in cells])
    shown = levels[1:] if len(levels) == PAIR else levels
    return [f"{column.name}={level}" for level in shown], np.equal.outer(filled, np.array(shown)).astype(np.float64)


def _targets(reading: Reading, target: Column, cells: list[str]) -> Array:
    """Class indices (N,), or numbers (N, 1)."""
    if reading.task == "classification":
        index = {name: place for place, name in enumerate(reading.classes)}
        return np.array([index[cell] for cell in cells], dtype=np.int64)
    return np.array([target.numbers[cell] for cell in cells])[:, None]
