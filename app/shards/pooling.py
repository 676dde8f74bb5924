"""What is too large to be drawn, as means over blocks. Axes stay what they are: an image stays an image."""

import math
from functools import lru_cache
from typing import Any

import numpy as np

Array = np.ndarray[Any, Any]


def pool(array: Array, cells: int) -> Array:
    """The means over blocks, at most ``cells`` of them: a vector stays a vector, (C, H, W) stays (c, h, w)."""
    if array.ndim <= 1:
        return _pool_axis(array.ravel(), cells, 0)
    for axis, wanted in enumerate(_wanted(array.shape, cells)):
        array = _pool_axis(array, wanted, axis)
    return array


def pool_units(array: Array, columns: int) -> Array:
    """(T, M) with the means over blocks of units; its steps stay."""
    return _pool_axis(array, columns, 1)


def _wanted(shape: tuple[int, ...], cells: int) -> tuple[int, ...]:
    """How many blocks along each axis: images shrink before their number does."""
    *lead, rows, columns = shape
    room = max(1, cells // max(1, math.prod(lead)))
    shrink = math.sqrt(room / max(1, rows * columns))
    down = min(rows, max(1, int(rows * shrink)), room)
    across = min(columns, max(1, room // max(1, down)))
    return (*_fewer(lead, cells), down, across)


def _fewer(lead: list[int], cells: int) -> tuple[int, ...]:
    """Of so many images at most ``cells``: the last of the leading axes shrinks first."""
    counts = list(lead)
    for axis in reversed(range(len(counts))):
        others = math.prod(counts) // max(1, counts[axis])
        counts[axis] = min(counts[axis], max(1, cells // max(1, others)))
    return tuple(counts)


def _pool_axis(array: Array, cells: int, axis: int) -> Array:
    """Blocks along one axis, as equal as they can be.

    A product with the matrix of the means is several times as fast as adding up blocks; but one number that is not
    finite would spread over its whole row.
    """
    length = array.shape[axis]
    if length <= cells:
        return array
    is_last, is_leading = axis == array.ndim - 1, axis < array.ndim - 2
    if is_leading or not math.isfinite(float(np.add.reduce(array, axis=None))):
        return _added_up(array, cells, axis)
    means = _means(length, cells, array.dtype.char)
    return array @ means if is_last else means.T @ array


def _added_up(array: Array, cells: int, axis: int) -> Array:
    starts, counts = _blocks(array.shape[axis], cells)
    sums = np.add.reduceat(array, starts, axis=axis)
    means: Array = sums / counts.astype(array.dtype).reshape(-1, *(1,) * (array.ndim - axis - 1))
    return means


def _blocks(length: int, cells: int) -> tuple[Array, Array]:
    """Where each block begins, and how long it is."""
    starts = np.arange(cells) * length // cells
    return starts, np.diff(np.append(starts, length))


@lru_cache(maxsize=64)
def _means(length: int, cells: int, dtype: str) -> Array:
    """(length, cells): a row of numbers times this is the row of the means over blocks."""
    _, counts = _blocks(length, cells)
    matrix = np.zeros((length, cells), dtype)
    matrix[np.arange(length), np.repeat(np.arange(cells), counts)] = np.repeat(1 / counts, counts)
    matrix.flags.writeable = False
    return matrix
