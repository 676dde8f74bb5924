"""The caller's own numbers, used as they are."""

import numpy as np

from engine.arrays import Array
from engine.datasets.dataset import Examples
from engine.datasets.numbers import read_numbers
from engine.errors import Loc, ShapeMismatch, SpecError
from engine.spec import InlineData

LOC: Loc = ("dataset", "inline")
TARGETS: Loc = (*LOC, "targets")

#: Losses whose targets say which class an example is in.
OF_CLASSES = frozenset({"binary_cross_entropy", "softmax_cross_entropy", "hinge"})


def read_inline(data: InlineData, loss: str | None) -> Examples:
    """Inputs (N,), (N, D) or more axes; targets (N,) or (N, outputs).

    Targets are classes if they are named, or if the loss is one for classes and the targets can be read so:
    class indices, -1 and 1, or one-hot rows. Else they are numbers.

    Raises:
        SpecError: something is no finite number, ragged, of another length, or no class; ``loc`` points at it.
    """
    raw = read_numbers(data.inputs, (*LOC, "inputs"))
    raw = raw[:, None] if raw.ndim == 1 else raw
    y = read_numbers(data.targets, TARGETS)
    y = y[:, None] if y.ndim == 1 else y
    if len(raw) != len(y):
        raise SpecError(f"there are {len(raw)} inputs, but {len(y)} targets", TARGETS)
    if y.ndim > 2:  # (N, outputs)
        raise SpecError(f"a target is a number or a row of numbers, but these have {y.ndim} axes", TARGETS)
    labels, classes = _classes(y, data.classes, loss)
    return Examples(
        name="inline",
        task="regression" if labels is None else "classification",
        columns=_columns(raw, data.columns),
        raw=raw,
        y=y,
        labels=labels,
        classes=classes,
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


def _classes(y: Array, names: tuple[str, ...] | None, loss: str | None) -> tuple[Array | None, tuple[str, ...]]:
    """Class indices and names, or None and none."""
    if names is not None:
        return _named_labels(y, names), names
    if loss not in OF_CLASSES:
        return None, ()
    if y.shape[1] > 1:
        found = _from_one_hot(y)
        return found, () if found is None else tuple(map(str, range(y.shape[1])))
    column = y[:, 0]
    if loss != "softmax_cross_entropy" and np.isin(column, (-1.0, 1.0)).all():
        return (column > 0).astype(np.int64), ("-1", "1")
    if loss == "softmax_cross_entropy" or np.isin(column, (0.0, 1.0)).all():
        names = tuple(map(str, range(max(2, int(max(column.max(), 0)) + 1))))
        return _named_labels(y, names), names
    return None, ()


def _named_labels(y: Array, names: tuple[str, ...]) -> Array:
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
