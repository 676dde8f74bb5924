"""Windows that slide over time: images of one row; the text of these functions is what a script is made of."""

from typing import Any

from engine.arrays import Array
from engine.export.numpy_ops.images import correlate2d, correlate2d_vjp_kernel, correlate2d_vjp_x


def as_image(x: Array) -> Array:
    """A sequence (N, T, D) as an image of one row (N, D, 1, T)"""
    return x.swapaxes(1, 2)[:, :, None, :]


def as_sequence(x: Array) -> Array:
    """An image of one row (N, D, 1, T) as a sequence (N, T, D)"""
    return x[:, :, 0, :].swapaxes(1, 2)


def in_the_plane(stride: int, padding: tuple[int, int], dilation: int, groups: int) -> dict[str, Any]:
    """The options of the same window over an image of one row"""
    return {"stride": (1, stride), "padding": ((0, 0), padding), "dilation": (1, dilation), "groups": groups}


def correlate1d(x: Array, kernel: Array, **options: Any) -> Array:
    """z[n,t,f] = Σ x[n, s t + d p, c] kernel[f,c,p] over c and p: the kernel is not flipped"""
    return as_sequence(correlate2d(as_image(x), kernel[:, :, None], **in_the_plane(**options)))


def correlate1d_vjp_x(dz: Array, z: Array, x: Array, kernel: Array, **options: Any) -> Array:
    """Each dz[n,t,f] goes back to the numbers that were under its window, times the weight that each had there"""
    plane, kernel = in_the_plane(**options), kernel[:, :, None]
    return as_sequence(correlate2d_vjp_x(as_image(dz), as_image(z), as_image(x), kernel, **plane))


def correlate1d_vjp_kernel(dz: Array, z: Array, x: Array, kernel: Array, **options: Any) -> Array:
    """dkernel[f,c,p] = Σ dz[n,t,f] x[n, s t + d p, c] over n and t"""
    plane, kernel = in_the_plane(**options), kernel[:, :, None]
    return correlate2d_vjp_kernel(as_image(dz), as_image(z), as_image(x), kernel, **plane)[:, :, 0]


def conv1d(x: Array, kernel: Array, b: Array, **options: Any) -> Array:
    """z = correlate1d(x, kernel) + b[f]"""
    return correlate1d(x, kernel, **options) + b


def conv1d_vjp_x(dz: Array, z: Array, x: Array, kernel: Array, b: Array, **options: Any) -> Array:
    """As without b"""
    return correlate1d_vjp_x(dz, z, x, kernel, **options)


def conv1d_vjp_kernel(dz: Array, z: Array, x: Array, kernel: Array, b: Array, **options: Any) -> Array:
    """As without b"""
    return correlate1d_vjp_kernel(dz, z, x, kernel, **options)


def conv1d_vjp_b(dz: Array, z: Array, x: Array, kernel: Array, b: Array, **options: Any) -> Array:
    """db[f] = Σ dz[n,t,f] over n and t"""
    return dz.sum(axis=(0, 1))
