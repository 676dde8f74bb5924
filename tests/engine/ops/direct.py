"""Convolutions and poolings as their definitions say, one number at a time: slow."""

from collections.abc import Iterator

import numpy as np

from engine.arrays import Array, Shape
from engine.ops.windows import NO_PADDING, Padding, Pair


def under(x: Array, i: int, j: int, size: Pair, stride: Pair, padding: Padding, dilation: Pair) -> Array:
    """What lies under the window at (i, j), (C, kH, kW), of one example (C, H, W); padding is NaN."""
    padded = np.pad(x, ((0, 0), *padding), constant_values=np.nan)
    top, left = i * stride[0], j * stride[1]
    rows = [top + dilation[0] * p for p in range(size[0])]
    columns = [left + dilation[1] * q for q in range(size[1])]
    window: Array = padded[:, rows][:, :, columns]
    return window


def every_place(shape: Shape) -> Iterator[tuple[int, int, int]]:
    """(n, i, j) of an output (N, F, Hout, Wout)."""
    yield from np.ndindex(shape[0], *shape[2:])


def convolution(
    x: Array,
    kernel: Array,
    shape: Shape,
    *,
    stride: Pair = (1, 1),
    padding: Padding = NO_PADDING,
    dilation: Pair = (1, 1),
    groups: int = 1,
) -> Array:
    """z (N, F, Hout, Wout), without a bias."""
    z = np.zeros(shape)
    mine = shape[1] // groups
    size = (kernel.shape[2], kernel.shape[3])
    for n, i, j in every_place(shape):
        window = np.nan_to_num(under(x[n], i, j, size, stride, padding, dilation))
        for f in range(shape[1]):
            first = f // mine * kernel.shape[1]
            z[n, f, i, j] = np.sum(window[first : first + kernel.shape[1]] * kernel[f])
    return z


def max_pooling(x: Array, shape: Shape, *, size: Pair, stride: Pair, padding: Padding) -> Array:
    """y (N, C, Hout, Wout)."""
    y = np.zeros(shape)
    for n, i, j in every_place(shape):
        y[n, :, i, j] = np.nanmax(under(x[n], i, j, size, stride, padding, (1, 1)), axis=(1, 2))
    return y
