"""Nested lists -> array, or an error that says which entry is wrong and how."""

from math import isfinite
from typing import Any

import numpy as np

from engine.arrays import Array, Shape
from engine.errors import Loc, SpecError
from engine.words import say

#: Examples are rows, sequences (T, D) or images (C, H, W).
MAX_AXES = 4
LARGEST = float(np.finfo(np.float32).max)


def read_numbers(value: list[Any], loc: Loc) -> Array:
    """A float64 array of finite numbers that float32 can hold too.

    Raises:
        SpecError: a ragged row, no number where one should be, NaN, infinity; ``loc`` points at it.
    """
    quick = _read_quickly(value)
    if quick is not None:
        return quick
    shape = _shape(value, loc)
    flat: list[float] = []
    _collect(value, shape, loc, flat)
    return np.array(flat).reshape(shape)


def _read_quickly(value: list[Any]) -> Array | None:
    """The array if all is well, so that only wrong data pays for finding out what is wrong."""
    try:
        array = np.array(value)
    except (ValueError, OverflowError):  # ragged, or an integer beyond all bounds
        return None
    if array.dtype.kind not in "biuf" or array.size == 0 or array.ndim > MAX_AXES:
        return None
    array = array.astype(np.float64)
    return array if (np.abs(array) <= LARGEST).all() else None


def _shape(value: Any, loc: Loc) -> Shape:
    """The shape that the first entry of every axis suggests."""
    sizes: list[int] = []
    while isinstance(value, (list, tuple)):
        if not value:
            raise SpecError(say("{path} is empty, but at least one number is expected", path=_path(loc)), loc)
        sizes.append(len(value))
        loc, value = (*loc, 0), value[0]
    if len(sizes) > MAX_AXES:
        raise SpecError(
            say("at most {max_axes} axes are understood, but {count} came", max_axes=MAX_AXES, count=len(sizes)),
            loc[: -len(sizes)],
        )
    return tuple(sizes)


def _collect(value: Any, shape: Shape, loc: Loc, flat: list[float]) -> None:
    if not shape:
        flat.append(_number(value, loc))
        return
    if not isinstance(value, (list, tuple)):
        raise SpecError(
            say(
                "{path} is {show}, but a list of {value} is expected",
                path=_path(loc),
                show=_show(value),
                value=shape[0],
            ),
            loc,
        )
    if len(value) != shape[0]:
        message = say(
            "{path} has {count} entries, but the first one like it has {value}",
            path=_path(loc),
            count=len(value),
            value=shape[0],
        )
        raise SpecError(message, loc)
    for place, entry in enumerate(value):
        _collect(entry, shape[1:], (*loc, place), flat)


def _number(value: Any, loc: Loc) -> float:
    if not isinstance(value, (int, float)):
        raise SpecError(say("{path} is {show}, but a number is expected", path=_path(loc), show=_show(value)), loc)
    if abs(value) > LARGEST or not isfinite(value):
        raise SpecError(
            say("{path} is {show}, but a finite number within ±3.4e38 is expected", path=_path(loc), show=_show(value)),
            loc,
        )
    return float(value)


def _path(loc: Loc) -> str:
    """("dataset", "inline", "inputs", 3, 1) -> "inputs[3][1]"."""
    path = ""
    for part in loc:
        path = f"{path}[{part}]" if isinstance(part, int) else str(part)
    return path


def _show(value: Any) -> str:
    words = {list: say("a list"), dict: say("an object"), type(None): "null"}
    return words.get(type(value)) or (f'"{value[:40]}"' if isinstance(value, str) else f"{value!r}"[:40])
