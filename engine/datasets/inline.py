"""The caller's own numbers and texts, used as they are."""

import numpy as np

from engine.arrays import Array
from engine.datasets.dataset import Examples
from engine.datasets.numbers import read_numbers
from engine.datasets.sequences import Sequences, are_texts, read_arrays, read_texts
from engine.datasets.text import END, PAD
from engine.errors import Loc, ShapeMismatch, SpecError
from engine.spec import InlineData
from engine.words import say

LOC: Loc = ("dataset", "inline")
TARGETS: Loc = (*LOC, "targets")


def read_inline(data: InlineData) -> Examples:
    """Inputs (N,), (N, D), more axes, sequences of different lengths, or texts; targets (N,), (N, outputs), or texts.

    With names of classes the targets are class indices or one-hot rows, else they are numbers; the loss may still read
    those as classes. Targets that are texts are sequences.

    Raises:
        SpecError: something is no finite number, ragged, of another length, or no class; ``loc`` points at it.
    """
    inputs = _inputs(data)
    raw = inputs.values[:, None] if inputs.values.ndim == 1 else inputs.values
    if len(data.targets) != len(raw):
        raise SpecError(
            say("there are {count} inputs, but {count_2} targets", count=len(raw), count_2=len(data.targets)), TARGETS
        )
    if are_texts(data.targets):
        return _sequence(data, inputs)
    y = _numbers(data)
    return Examples(
        name="inline",
        task="regression" if data.classes is None else "classification",
        columns=() if inputs.tokens else _columns(raw, data.columns),
        raw=raw,
        y=y if data.classes is None else _class_indices(y, data.classes),
        classes=data.classes or (),
        target_name="target",
        tokens=inputs.tokens,
        lengths=inputs.lengths,
    )


def _inputs(data: InlineData) -> Sequences:
    loc = (*LOC, "inputs")
    if not are_texts(data.inputs):
        if data.tokens is not None:
            raise SpecError(say("tokens are the characters of texts, but the inputs are numbers"), (*LOC, "tokens"))
        return read_arrays(data.inputs, data.lengths, loc)
    for name in ("lengths", "columns"):
        if getattr(data, name) is not None:
            raise SpecError(say("texts have no {name}: the inputs are texts", name=name), (*LOC, name))
    return read_texts(data.inputs, data.tokens, PAD, loc)


def _sequence(data: InlineData, inputs: Sequences) -> Examples:
    """A token at each time step: every text ends with ⏎."""
    if data.classes is not None:
        raise SpecError(say("targets that are texts have no classes"), (*LOC, "classes"))
    answers = read_texts(data.targets, data.target_tokens, END, TARGETS, end=True)
    return Examples(
        name="inline",
        task="sequence",
        columns=(),
        raw=inputs.values,
        y=answers.values,
        classes=(),
        target_name="target",
        tokens=inputs.tokens,
        target_tokens=answers.tokens,
        lengths=inputs.lengths,
        target_lengths=answers.lengths,
    )


def _numbers(data: InlineData) -> Array:
    """Targets that are numbers, (N, outputs)."""
    if data.target_tokens is not None:
        raise SpecError(
            say("target_tokens are the characters of texts, but the targets are numbers"), (*LOC, "target_tokens")
        )
    y = read_numbers(data.targets, TARGETS)
    if y.ndim > 2:
        raise SpecError(
            say("a target is a number or a row of numbers, but these have {ndim} axes", ndim=y.ndim), TARGETS
        )
    return y[:, None] if y.ndim == 1 else y


def _columns(raw: Array, names: tuple[str, ...] | None) -> tuple[str, ...]:
    loc = (*LOC, "columns")
    if raw.ndim != 2:  # only rows have columns
        if names is not None:
            raise SpecError(say("only rows of numbers have columns, but these examples have more axes"), loc)
        return ()
    if names is None:
        return tuple(f"x{place}" for place in range(1, raw.shape[1] + 1))
    if len(names) != raw.shape[1]:
        raise ShapeMismatch("columns, one name for each number of a row,", (raw.shape[1],), (len(names),), loc)
    for place, name in enumerate(names):
        if name in names[:place]:
            raise SpecError(say('column "{name}" is named twice', name=name), (*loc, place))
    return names


def _class_indices(y: Array, names: tuple[str, ...]) -> Array:
    """Class indices of one-hot rows or of a column of indices."""
    if y.shape[1] == len(names) > 1:
        labels = _from_one_hot(y)
        if labels is None:
            raise SpecError(say("a target row must have one 1, at the place of its class, and 0 elsewhere"), TARGETS)
        return labels
    if y.shape[1] != 1:
        what = say("targets: an index, or a row for {count} classes,", count=len(names))
        raise ShapeMismatch(what, ("N", len(names)), tuple(y.shape), TARGETS)
    column = y[:, 0]
    wrong = np.flatnonzero((column != np.floor(column)) | (column < 0) | (column >= len(names)))
    if wrong.size:
        row, last = int(wrong[0]), len(names) - 1
        message = say(
            "targets[{row}] is {value:g}, but a class is a whole number from 0 to {last}",
            row=row,
            value=column[row],
            last=last,
        )
        raise SpecError(message, (*TARGETS, row))
    return column.astype(np.int64)


def _from_one_hot(y: Array) -> Array | None:
    is_one_hot = np.isin(y, (0.0, 1.0)).all() and (y.sum(axis=1) == 1).all()
    return np.argmax(y, axis=1) if is_one_hot else None
