"""Arrays: the two names every module shares, and the one place where a broadcast is undone."""

from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

#: An array of float32 or float64. The plan fixes which; no rule ever changes it.
Array = npt.NDArray[Any]

#: Sizes of the axes, the batch axis N first where there is one.
Shape = tuple[int, ...]


def unbroadcast(grad: Array, shape: Shape) -> Array:
    """Sum grad over the axes that numpy broadcast, so that it has this shape again.

    Broadcasting copies a value along an axis; a value that is used several times gets the sum of its gradients.
    """
    extra = grad.ndim - len(shape)
    kept = (extra + axis for axis, size in enumerate(shape) if size == 1)
    summed: Array = grad.sum(axis=(*range(extra), *kept), keepdims=True)
    return summed.reshape(shape)


def in_rows(x: Array) -> Array:
    """All axes but the last as one: (N, …, D) -> (N·…, D), a view wherever the numbers lie in one piece."""
    return x if x.ndim == 2 else x.reshape(-1, x.shape[-1])


@lru_cache(maxsize=64)
def ones(size: int, dtype: str) -> Array:
    """A read-only vector of ones, made once: its product with a matrix is the sum of the rows."""
    vector = np.ones(size, dtype)
    vector.flags.writeable = False
    return vector


@lru_cache(maxsize=64)
def counting(size: int, dtype: str) -> Array:
    """0, 1, …, size - 1: made once, read-only."""
    numbers = np.arange(size).astype(dtype)
    numbers.flags.writeable = False
    return numbers


def mean(out: Array, x: Array) -> None:
    """Write the mean over all entries of x into out (): what np.mean does, without its 2 µs of Python."""
    np.add.reduce(x, axis=None, out=out)
    np.divide(out, x.size, out)


def mean_of_each(out: Array, x: Array) -> None:
    """Write the mean over the entries of each x[n] into out[n]; x (N, ...), out (N,)."""
    np.mean(x.reshape(len(x), -1), axis=1, out=out)
