"""A convolution over time is one over images of height 1: the views that make the one look like the other.

Sequences are (N, T, D), so the channels of a sequence stand last; kernels are (F, D, k).
"""

from typing import Any

from engine.arrays import Array, Shape
from engine.errors import ShapeMismatch
from engine.ops import correlation

OPTIONS: dict[str, Any] = {"stride": 1, "padding": (0, 0), "dilation": 1, "groups": 1}


def as_image(sequence: Array) -> Array:
    """(N, T, D) -> (N, D, 1, T), a view."""
    return sequence.transpose(0, 2, 1)[:, :, None]


def as_kernel(kernel: Array) -> Array:
    """(F, D, k) -> (F, D, 1, k), a view."""
    return kernel[:, :, None]


def in_the_plane(
    stride: int = 1, padding: tuple[int, int] = (0, 0), dilation: int = 1, groups: int = 1
) -> dict[str, Any]:
    """The same options for images of height 1."""
    return {"stride": (1, stride), "padding": ((0, 0), padding), "dilation": (1, dilation), "groups": groups}


def shape(name: str, x: Shape, kernel: Shape, **options: Any) -> Shape:
    """(N, T, D), (F, D / groups, k) -> (N, Tout, F)."""
    if len(x) != 3:
        raise ShapeMismatch(f"{name}: x", ("N", "T", "D"), x)
    if len(kernel) != 3:
        raise ShapeMismatch(f"{name}: kernel", ("F", "D", "k"), kernel)
    try:
        z = correlation.shape(name, *_flat(x, kernel), **in_the_plane(**options))
    except ShapeMismatch as error:
        raise ShapeMismatch(error.what, *_in_time(error)) from error
    return (z[0], z[3], z[1])


def scratch(x: Shape, kernel: Shape, **options: Any) -> tuple[Shape, ...]:
    """The work buffers of the convolution over images."""
    return correlation.scratch(*_flat(x, kernel), **in_the_plane(**options))


def _flat(x: Shape, kernel: Shape) -> tuple[Shape, Shape]:
    return (x[0], x[2], 1, x[1]), (*kernel[:2], 1, kernel[2])


def _in_time(error: ShapeMismatch) -> tuple[tuple[object, ...], tuple[object, ...]]:
    """What was expected and what came, without the axis of height 1."""
    both = (error.expected, error.actual)
    if error.what.endswith("kernel"):
        return tuple((shape[0], shape[1], shape[3]) for shape in both)  # type: ignore[return-value]
    return tuple((shape[0], shape[3], shape[1]) for shape in both)  # type: ignore[return-value]
