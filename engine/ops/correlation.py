"""The work of every convolution: gather what lies under each window, then one product of matrices.

The examples stand along the last axis while they are worked on, (C, H, W, N): then the numbers that a window shares
with its neighbour lie in long runs, and gathering them is four times as fast as in the order (N, C, H, W). Large
batches are worked on in portions, so that the gathered patches stay small.
"""

from collections.abc import Iterator
from math import prod
from typing import Any, NamedTuple

import numpy as np

from engine.arrays import Array, Shape
from engine.errors import ShapeMismatch
from engine.ops.windows import NO_PADDING, Padding, Pair, places, reach, windows

#: Numbers that the patches of one portion may take: 4 MB of float32.
MOST_PATCHES = 1_000_000

OPTIONS: dict[str, Any] = {"stride": (1, 1), "padding": NO_PADDING, "dilation": (1, 1), "groups": 1}


class Work(NamedTuple):
    """Work buffers, flat: the padded image, the patches, what the product gives, and a kernel's worth."""

    padded: Array
    patches: Array
    sums: Array
    part: Array


def shape(
    name: str,
    x: Shape,
    kernel: Shape,
    *,
    stride: Pair = (1, 1),
    padding: Padding = NO_PADDING,
    dilation: Pair = (1, 1),
    groups: int = 1,
) -> Shape:
    """(N, C, H, W), (F, C / groups, kH, kW) -> (N, F, Hout, Wout)."""
    if len(x) != 4:
        raise ShapeMismatch(f"{name}: x", ("N", "C", "H", "W"), x)
    if len(kernel) != 4 or kernel[0] % groups:
        raise ShapeMismatch(f"{name}: kernel", (_multiple(groups), "C", "kH", "kW"), kernel)
    if x[1] % groups:
        raise ShapeMismatch(f"{name}, whose groups share its channels out: x", ("N", _multiple(groups), *x[2:]), x)
    if kernel[1] != x[1] // groups:
        raise ShapeMismatch(f"{name}: kernel", (kernel[0], x[1] // groups, *kernel[2:]), kernel)
    count = _count(x, kernel, stride, padding, dilation)
    if min(count) < 1:
        least = (reach(kernel[2 + axis], dilation[axis]) - sum(padding[axis]) for axis in (0, 1))
        hint = "a smaller kernel or padding helps"
        raise ShapeMismatch(f"{name} ({hint}): x", ("N", x[1], *(f"at least {size}" for size in least)), x)
    return (x[0], kernel[0], *count)


def scratch(
    x: Shape,
    kernel: Shape,
    *,
    stride: Pair = (1, 1),
    padding: Padding = NO_PADDING,
    dilation: Pair = (1, 1),
    groups: int = 1,
) -> tuple[Shape, ...]:
    """Of the four work buffers, each large enough for all three rules."""
    (channels, *image), filters = x[1:], kernel[0]
    count = _count(x, kernel, stride, padding, dilation)
    rows = _portion(x, kernel, count)
    padded = channels * prod(image[axis] + sum(padding[axis]) for axis in (0, 1))
    spread = filters * prod(_spread((image[0], image[1]), kernel, count, stride, padding, dilation))
    patches = _patches(x, kernel, count)
    sums = max(filters * prod(count), channels * prod(image))
    return ((rows * max(padded, spread),), (rows * patches,), (rows * sums,), (prod(kernel),))


def correlate(
    z: Array,
    x: Array,
    kernel: Array,
    b: Array | None,
    work: Work,
    *,
    stride: Pair,
    padding: Padding,
    dilation: Pair,
    groups: int,
) -> None:
    """z[n,f,i,j] = Σ x[n, c, i·stride + p·dilation, j·stride + q·dilation] kernel[f,c,p,q] + b[f]."""
    filters, weights = len(kernel), kernel.reshape(groups, len(kernel) // groups, -1)  # (G, F/G, C/G·kH·kW)
    for some, rows in _portions(x, kernel, z):
        patches = _gathered(x[some], kernel, z, work, stride, padding, dilation)  # (C, kH, kW, Hout, Wout, n)
        sums = _flat(work.sums, groups, filters // groups, prod(z.shape[2:]) * rows)
        np.matmul(weights, patches.reshape(groups, weights.shape[2], -1), sums)
        found = sums.reshape(filters, *z.shape[2:], rows).transpose(3, 0, 1, 2)  # (n, F, Hout, Wout)
        if b is None:
            np.copyto(z[some], found)
        else:
            np.add(found, b[:, None, None], z[some])


def kernel_gradient(
    dkernel: Array,
    dz: Array,
    x: Array,
    work: Work,
    *,
    stride: Pair,
    padding: Padding,
    dilation: Pair,
    groups: int,
) -> None:
    """dkernel[f,c,p,q] = Σ over examples and places of dz[n,f,i,j] x[n, c, i·stride + p·dilation, …]."""
    filters = len(dkernel)
    total = dkernel.reshape(groups, filters // groups, -1)
    part = work.part.reshape(total.shape)
    for some, rows in _portions(x, dkernel, dz):
        patches = _gathered(x[some], dkernel, dz, work, stride, padding, dilation)
        upstream = _flat(work.sums, filters, *dz.shape[2:], rows)
        np.copyto(upstream, dz[some].transpose(1, 2, 3, 0))
        here = total if some.start == 0 else part
        flat = patches.reshape(groups, total.shape[2], -1)
        np.matmul(upstream.reshape(groups, filters // groups, -1), flat.transpose(0, 2, 1), here)
        if here is part:
            np.add(total, part, total)


def input_gradient(
    dx: Array,
    dz: Array,
    kernel: Array,
    work: Work,
    *,
    stride: Pair,
    padding: Padding,
    dilation: Pair,
    groups: int,
) -> None:
    """dx = the full correlation of dz, its numbers stride apart, with the kernel turned by 180°."""
    filters, _, *size = kernel.shape
    channels, *image = dx.shape[1:]
    grouped = kernel.reshape(groups, filters // groups, channels // groups, *size)
    turned = work.part.reshape(groups, channels // groups, filters // groups, *size)
    np.copyto(turned, grouped[..., ::-1, ::-1].transpose(0, 2, 1, 3, 4))
    weights = turned.reshape(groups, channels // groups, -1)  # (G, C/G, F/G·kH·kW)
    lengths = _spread((image[0], image[1]), kernel.shape, dz.shape[2:], stride, padding, dilation)
    for some, rows in _portions(dx, kernel, dz):
        spread = _flat(work.padded, filters, *lengths, rows)
        spread.fill(0)
        down, across = (_every(size[a], dilation[a], dz.shape[2 + a], stride[a]) for a in (0, 1))
        np.copyto(spread[:, down, across], dz[some].transpose(1, 2, 3, 0))
        patches = _flat(work.patches, filters, *size, *image, rows)
        start = (padding[0][0], padding[1][0])
        np.copyto(patches, windows(spread, start, (size[0], size[1]), (image[0], image[1]), (1, 1), dilation))
        sums = _flat(work.sums, groups, channels // groups, prod(image) * rows)
        np.matmul(weights, patches.reshape(groups, weights.shape[2], -1), sums)
        np.copyto(dx[some], sums.reshape(channels, *image, rows).transpose(3, 0, 1, 2))


def _gathered(x: Array, kernel: Array, z: Array, work: Work, stride: Pair, padding: Padding, dilation: Pair) -> Array:
    """What lies under each window: (C, kH, kW, Hout, Wout, n)."""
    rows, channels, height, width = x.shape
    (top, bottom), (left, right) = padding
    padded = _flat(work.padded, channels, height + top + bottom, width + left + right, rows)
    if padding != NO_PADDING:
        padded.fill(0)
    np.copyto(padded[:, top : top + height, left : left + width], x.transpose(1, 2, 3, 0))
    size, count = (kernel.shape[2], kernel.shape[3]), (z.shape[2], z.shape[3])
    patches = _flat(work.patches, channels, *size, *count, rows)
    np.copyto(patches, windows(padded, (0, 0), size, count, stride, dilation))
    return patches


def _flat(buffer: Array, *shape: int) -> Array:
    """The beginning of a flat buffer in this shape."""
    return buffer[: prod(shape)].reshape(shape)


def _portions(x: Array, kernel: Array, z: Array) -> Iterator[tuple[slice, int]]:
    """The examples in portions of about equal size, and how many there are in each."""
    total = len(x)
    rows = _portion(x.shape, kernel.shape, z.shape[2:])
    for start in range(0, total, rows):
        yield slice(start, min(start + rows, total)), min(rows, total - start)


def _portion(x: Shape, kernel: Shape, count: Shape) -> int:
    """Examples that are worked on at once."""
    most = max(1, MOST_PATCHES // _patches(x, kernel, count))
    parts = -(-x[0] // most)
    return -(-x[0] // parts)


def _patches(x: Shape, kernel: Shape, count: Shape) -> int:
    """Numbers in the patches of one example, forward or backward."""
    return prod(kernel[2:]) * max(x[1] * prod(count), kernel[0] * prod(x[2:]))


def _count(x: Shape, kernel: Shape, stride: Pair, padding: Padding, dilation: Pair) -> Pair:
    """Hout, Wout."""
    down, across = (places(x[2 + a], kernel[2 + a], stride[a], padding[a], dilation[a]) for a in (0, 1))
    return down, across


def _spread(image: Pair, kernel: Shape, count: Shape, stride: Pair, padding: Padding, dilation: Pair) -> Pair:
    """Height and width of the frame of zeros in which dz stands, its numbers stride apart."""
    height, width = (
        reach(kernel[2 + a], dilation[a]) - 1 + max(padding[a][0] + image[a], (count[a] - 1) * stride[a] + 1)
        for a in (0, 1)
    )
    return height, width


def _every(size: int, dilation: int, count: int, stride: int) -> slice:
    """Where the numbers of dz stand in that frame, along one axis."""
    start = reach(size, dilation) - 1
    return slice(start, start + (count - 1) * stride + 1, stride)


def _multiple(groups: int) -> str:
    return f"a multiple of {groups}" if groups > 1 else "F"
