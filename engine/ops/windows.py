"""Windows that slide over an image: how often they fit, and where the numbers under them lie.

A window of ``size`` numbers, ``dilation`` apart, stands at every ``stride``-th place of the padded image.
"""

from functools import lru_cache
from types import EllipsisType

import numpy as np

from engine.arrays import Array, Shape

Pair = tuple[int, int]
#: How many zeros stand (above, below) and (left, right) of an image.
Padding = tuple[Pair, Pair]
Index = tuple[EllipsisType, slice, slice]

NO_PADDING: Padding = ((0, 0), (0, 0))


def reach(size: int, dilation: int) -> int:
    """How far a window reaches: from its first number to its last, both counted."""
    return (size - 1) * dilation + 1


def places(length: int, size: int, stride: int, padding: Pair, dilation: int = 1) -> int:
    """How many places a window has along one axis: ⌊(length + padding - reach) / stride⌋ + 1; below 1: none."""
    return (length + sum(padding) - reach(size, dilation)) // stride + 1


def same_padding(length: int, size: int, stride: int, dilation: int = 1) -> Pair:
    """The padding that gives ⌈length / stride⌉ places; an odd number of zeros has the one more behind."""
    wanted = -(-length // stride)
    total = max(0, (wanted - 1) * stride + reach(size, dilation) - length)
    return total // 2, total - total // 2


def windows(image: Array, start: Pair, size: Pair, count: Pair, stride: Pair, dilation: Pair) -> Array:
    """The numbers under every window, as a view that copies nothing.

    Args:
        image: (C, H, W, N), in one piece.
        start: row and column of the first window.
        size: kH, kW.
        count: places down and across.
        stride: between places.
        dilation: between the numbers of a window.

    Returns:
        (C, kH, kW, Hout, Wout, N).
    """
    c, h, w, n = image.strides
    shape = (image.shape[0], *size, *count, image.shape[3])
    strides = (c, dilation[0] * h, dilation[1] * w, stride[0] * h, stride[1] * w, n)
    return np.ndarray(shape, image.dtype, image, start[0] * h + start[1] * w, strides)


@lru_cache(maxsize=256)
def pairs(
    image: Shape, count: Shape, size: Pair, stride: Pair, padding: Padding
) -> tuple[tuple[tuple[int, int], Index, Index], ...]:
    """For each number (p, q) of a window, in row-major order: at which places it lies in the image, and where.

    Returns:
        ((p, q), index of the places in y, index of the numbers in x), both to be used on (…, H, W); padding has none.
    """
    down, across = (
        [_along(image[axis], count[axis], offset, stride[axis], padding[axis][0]) for offset in range(size[axis])]
        for axis in (0, 1)
    )
    return tuple(
        ((p, q), (..., rows[0], columns[0]), (..., rows[1], columns[1]))
        for p, rows in enumerate(down)
        for q, columns in enumerate(across)
        if rows and columns
    )


def _along(length: int, count: int, offset: int, stride: int, before: int) -> tuple[slice, slice] | None:
    """Along one axis: the places whose number at this offset is no padding, and these numbers; None without any."""
    first = max(0, -((offset - before) // stride))
    last = min(count - 1, (length - 1 + before - offset) // stride)
    if last < first:
        return None
    start = first * stride + offset - before
    return slice(first, last + 1), slice(start, start + (last - first) * stride + 1, stride)
