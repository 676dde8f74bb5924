"""Windows that slide over images (N, C, H, W); the text of these functions is what a script is made of."""

from typing import Any

import numpy as np

from engine.arrays import Array


def padded(x: Array, padding: tuple[tuple[int, int], tuple[int, int]], fill: float = 0) -> Array:
    """x with so many numbers (above, below) and (left, right)"""
    return np.pad(x, ((0, 0), (0, 0), *padding), constant_values=fill)


def cut(x: Array, padding: tuple[tuple[int, int], tuple[int, int]]) -> Array:
    """x without its padding"""
    (above, below), (left, right) = padding
    return x[:, :, above : x.shape[2] - below, left : x.shape[3] - right]


def windows(x: Array, size: tuple[int, int], stride: tuple[int, int], dilation: tuple[int, int] = (1, 1)) -> Array:
    """The numbers under every window, as a view: (N, C, Hout, Wout, kH, kW)"""
    reach = tuple((k - 1) * d + 1 for k, d in zip(size, dilation, strict=True))
    every = np.lib.stride_tricks.sliding_window_view(x, reach, axis=(2, 3))
    return every[:, :, :: stride[0], :: stride[1], :: dilation[0], :: dilation[1]]


def correlate2d(
    x: Array,
    kernel: Array,
    *,
    stride: tuple[int, int],
    padding: tuple[tuple[int, int], tuple[int, int]],
    dilation: tuple[int, int],
    groups: int,
) -> Array:
    """z[n,f,i,j] = Σ x[n, c, sᵢ i + dᵢ p, sⱼ j + dⱼ q] kernel[f,c,p,q] over c, p, q: the kernel is not flipped"""
    seen = np.split(windows(padded(x, padding), kernel.shape[2:], stride, dilation), groups, axis=1)
    parts = zip(seen, np.split(kernel, groups), strict=True)
    return np.concatenate([np.einsum("nchwpq,fcpq->nfhw", x, k, optimize=True) for x, k in parts], axis=1)


def correlate2d_vjp_x(
    dz: Array,
    z: Array,
    x: Array,
    kernel: Array,
    *,
    stride: tuple[int, int],
    padding: tuple[tuple[int, int], tuple[int, int]],
    dilation: tuple[int, int],
    groups: int,
) -> Array:
    """Each dz[n,f,i,j] goes back to the numbers that were under its window, times the weight that each had there"""
    dx = np.zeros_like(padded(x, padding))
    upstream, weights = np.split(dz, groups, axis=1), np.split(kernel, groups)
    for p, q in np.ndindex(kernel.shape[2:]):
        top, left = p * dilation[0], q * dilation[1]
        bottom, right = top + dz.shape[2] * stride[0], left + dz.shape[3] * stride[1]
        parts = [np.einsum("nfhw,fc->nchw", d, k[:, :, p, q]) for d, k in zip(upstream, weights, strict=True)]
        dx[:, :, top : bottom : stride[0], left : right : stride[1]] += np.concatenate(parts, axis=1)
    return cut(dx, padding)


def correlate2d_vjp_kernel(
    dz: Array,
    z: Array,
    x: Array,
    kernel: Array,
    *,
    stride: tuple[int, int],
    padding: tuple[tuple[int, int], tuple[int, int]],
    dilation: tuple[int, int],
    groups: int,
) -> Array:
    """dkernel[f,c,p,q] = Σ dz[n,f,i,j] x[n, c, sᵢ i + dᵢ p, sⱼ j + dⱼ q] over n, i, j"""
    seen = np.split(windows(padded(x, padding), kernel.shape[2:], stride, dilation), groups, axis=1)
    parts = zip(seen, np.split(dz, groups, axis=1), strict=True)
    return np.concatenate([np.einsum("nchwpq,nfhw->fcpq", x, d, optimize=True) for x, d in parts])


def conv2d(x: Array, kernel: Array, b: Array, **options: Any) -> Array:
    """z = correlate2d(x, kernel) + b[f]"""
    return correlate2d(x, kernel, **options) + b[:, None, None]


def conv2d_vjp_x(dz: Array, z: Array, x: Array, kernel: Array, b: Array, **options: Any) -> Array:
    """As without b"""
    return correlate2d_vjp_x(dz, z, x, kernel, **options)


def conv2d_vjp_kernel(dz: Array, z: Array, x: Array, kernel: Array, b: Array, **options: Any) -> Array:
    """As without b"""
    return correlate2d_vjp_kernel(dz, z, x, kernel, **options)


def conv2d_vjp_b(dz: Array, z: Array, x: Array, kernel: Array, b: Array, **options: Any) -> Array:
    """db[f] = Σ dz[n,f,i,j] over n, i, j"""
    return dz.sum(axis=(0, 2, 3))


def max_pool2d(
    x: Array, *, size: tuple[int, int], stride: tuple[int, int], padding: tuple[tuple[int, int], tuple[int, int]]
) -> Array:
    """y[n,c,i,j] = the largest number under the window at (i, j); padding never wins"""
    return windows(padded(x, padding, -np.inf), size, stride).max(axis=(4, 5))


def max_pool2d_vjp_x(
    dy: Array,
    y: Array,
    x: Array,
    *,
    size: tuple[int, int],
    stride: tuple[int, int],
    padding: tuple[tuple[int, int], tuple[int, int]],
) -> Array:
    """dy[n,c,i,j] goes to the number that has won: of equal ones the first, row by row"""
    seen = windows(padded(x, padding, -np.inf), size, stride)  # (N, C, Hout, Wout, kH, kW)
    p, q = np.divmod(seen.reshape(*y.shape, -1).argmax(axis=-1), size[1])
    n, c, i, j = np.indices(y.shape)
    dx = np.zeros_like(padded(x, padding))
    np.add.at(dx, (n, c, i * stride[0] + p, j * stride[1] + q), dy)
    return cut(dx, padding)


def avg_pool2d(
    x: Array, *, size: tuple[int, int], stride: tuple[int, int], padding: tuple[tuple[int, int], tuple[int, int]]
) -> Array:
    """y[n,c,i,j] = the mean of the numbers under the window at (i, j); padding counts, as zeros"""
    return windows(padded(x, padding), size, stride).mean(axis=(4, 5))


def avg_pool2d_vjp_x(
    dy: Array,
    y: Array,
    x: Array,
    *,
    size: tuple[int, int],
    stride: tuple[int, int],
    padding: tuple[tuple[int, int], tuple[int, int]],
) -> Array:
    """dy[n,c,i,j] is shared equally by the numbers that were under the window"""
    dx = np.zeros_like(padded(x, padding))
    for p, q in np.ndindex(size):
        bottom, right = p + dy.shape[2] * stride[0], q + dy.shape[3] * stride[1]
        dx[:, :, p : bottom : stride[0], q : right : stride[1]] += dy / (size[0] * size[1])
    return cut(dx, padding)


def global_avg_pool2d(x: Array) -> Array:
    """y[n,c] = the mean of the map x[n,c]"""
    return x.mean(axis=(2, 3))


def global_avg_pool2d_vjp_x(dy: Array, y: Array, x: Array) -> Array:
    """dx[n,c,h,w] = dy[n,c] / (H W)"""
    return np.broadcast_to(dy[:, :, None, None] / (x.shape[2] * x.shape[3]), x.shape)


def upsample2d(x: Array, *, factor: tuple[int, int]) -> Array:
    """Each number becomes a block of equal numbers"""
    return x.repeat(factor[0], axis=2).repeat(factor[1], axis=3)


def upsample2d_vjp_x(dy: Array, y: Array, x: Array, *, factor: tuple[int, int]) -> Array:
    """dx[h,w] = Σ dy over the block of (h, w)"""
    return dy.reshape(*x.shape[:3], factor[0], x.shape[3], factor[1]).sum(axis=(3, 5))
