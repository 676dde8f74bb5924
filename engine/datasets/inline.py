"""The caller's own numbers, used as they are."""

import numpy as np

from engine.arrays import Array
from engine.datasets.dataset import Examples
from engine.datasets.numbers import read_numbers
from engine.errors import Loc, ShapeMismatch, SpecError
from engine.spec import InlineData

LOC: Loc = ("dataset", "inline")
TARGETS: Loc = (*LOC, "targets")


def read_inline(data: InlineData) -> Examples:
    """Inputs (N,), (N, D) or more axes; targets (N,) or (N, outputs).

    With names of classes the targets are class indices or one-hot rows, else they are numbers; the loss may still read
    those as classes.

    Raises:
        SpecError: something is no finite number, ragged, of another length, or no class; ``loc`` points at it.
    """
    raw = read_numbers(data.inputs, (*LOC, "inputs"))
    raw = raw[:, None] if raw.ndim == 1 else raw
    y = read_numbers(data.targets, TARGETS)
    y = y[:, None] if y.ndim == 1 else y
    if len(raw) != len(y):
        raise SpecError(f"there are {len(raw)} inputs, but {len(y)} targets", TARGETS)
    if y.ndim > 2:
        raise SpecError(f"a target is a number or a row of numbers, but these have {y.ndim} axes", TARGETS)
    return Examples(
        name="inline",
        task="regression" if data.classes is None else "classification",
        columns=_columns(raw, data.columns),
        raw=raw,
        y=y if data.classes is None else _class_indices(y, data.classes),
        classes=data.classes or (),
        target_name="target",
        units={},
    )


def _columns(raw: Array, names: tuple[str, ...] | None) -> tuple[str, ...]:
    loc = (*LOC, "columns")
    if raw.ndim != 2:  # only rows have columns
        if names is not None:
            raise SpecError("only rows of numbers have columns, but these examples have more axes", loc)
        return ()
    if names is None:
        return tuple(f"x{place}" for place in range(1, raw.shape[1] + 1))
    if len(names) != raw.shape[1]:
        raise ShapeMismatch("columns, one name for each number of a row,", (raw.shape[1],), (len(names),), loc)
    for place, name in enumerate(names):
        if name in names[:place]:
            raise SpecError(f'column "{name}" is named twice', (*loc, place))
    return names


def _class_indices(y: Array, names: tuple[str, ...]) -> Array:
    """Class indices of one-hot rows or of a column of indices."""
    if y.shape[1] == len(names) > 1:
        labels = _from_one_hot(y)
        if labels is None:
            raise SpecError("a target row must have one 1, at the place of its class, and 0 elsewhere", TARGETS)
        return labels
    if y.shape[1] != 1:
        what = f"targets: an index, or a row for {len(names)} classes,"
        raise ShapeMismatch(what, ("N", len(names)), tuple(y.shape), TARGETS)
    column = y[:, 0]
    wrong = np.flatnonzero((column != np.floor(column)) | (column < 0) | (column >= len(names)))
    if wrong.size:
        row, last = int(wrong[0]), len(names) - 1
        message = f"targets[{row}] is {column[row]:g}, but a class is a whole number from 0 to {last}"
        raise SpecError(message, (*TARGETS, row))
    return column.astype(np.int64)


def _from_one_hot(y: Array) -> Array | None:
    is_one_hot = np.isin(y, (0.0, 1.0)).all() and (y.sum(axis=1) == 1).all()
    return np.argmax(y, axis=1) if is_one_hot else None
