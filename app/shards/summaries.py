"""Arrays as they go into a frame: all their values where that fits, else quantised, else pooled to what can be drawn.

Quantised: ``uint8``, value = min + code/255·(max - min). Pooled: the mean over blocks, then quantised; min and max are
those of the whole array. An array that holds numbers that are not finite says how many (``nonfinite``).
"""

import math
from collections.abc import Sequence
from typing import Any

import numpy as np

from app.shards.pooling import pool

Array = np.ndarray[Any, Any]

#: Below this, Python's min and max are faster than numpy's.
SMALL = 96
#: What a tensor's entry weighs beside its data, about.
ENTRY_BYTES = 128
#: (all values up to this size, quantised up to this size): the first level that fits is taken, for all tensors alike.
LEVELS: tuple[tuple[float, float], ...] = (
    (math.inf, math.inf),
    (4096, 65536),
    (1024, 16384),
    (1024, 4096),
    (512, 1024),
    (256, 256),
    (64, 64),
    (16, 16),
)


def level_for(sizes: Sequence[int], budget: int) -> tuple[float, float]:
    """The finest level at which arrays of these sizes fit into ``budget`` bytes together."""
    for full, quantised in LEVELS:
        if sum(_bytes(size, full, quantised) for size in sizes) <= budget:
            return full, quantised
    return LEVELS[-1]


def _bytes(size: int, full: float, quantised: float) -> float:
    return ENTRY_BYTES + (4 * size if size <= full else min(size, quantised))


def summarise(array: Array, level: tuple[float, float]) -> dict[str, Any]:
    """The array as a tensor of a frame, at this level."""
    full, quantised = level
    if array.size <= full:
        return whole(array)
    if array.size <= quantised:
        return _coded(array, array, "quantised")
    return _coded(pool(array, int(quantised)), array, "pooled")


def whole(array: Array) -> dict[str, Any]:
    """All values, as float32."""
    low, high, nonfinite = extent(array)
    tensor = {
        "shape": array.shape,
        "dtype": "float32",
        "data": array.astype(np.float32, copy=False).tobytes(),
        "min": low,
        "max": high,
    }
    if nonfinite:
        tensor["nonfinite"] = nonfinite
    return tensor


def missing(shape: Sequence[int]) -> dict[str, Any]:
    """What was not computed."""
    return {"shape": shape, "dtype": "float32", "data": None, "min": None, "max": None}


@np.errstate(all="ignore")
def extent(array: Array) -> tuple[float | None, float | None, int]:
    """Least and greatest finite value (None if there is none), and how many are not finite."""
    if array.size <= SMALL:
        values = array.ravel().tolist()
        if values and math.isfinite(sum(values)):
            return min(values), max(values), 0
    elif math.isfinite(float(np.add.reduce(array, axis=None))):
        return float(np.minimum.reduce(array, axis=None)), float(np.maximum.reduce(array, axis=None)), 0
    finite = array[np.isfinite(array)]
    if not finite.size:
        return None, None, int(array.size)
    return float(finite.min()), float(finite.max()), int(array.size - finite.size)


@np.errstate(all="ignore")
def quantise(array: Array, low: float | None, high: float | None, nonfinite: int = 0) -> bytes:
    """code = round(255·(x - low)/(high - low)); what is not finite becomes 0 or 255."""
    if low is None or high is None:
        low = high = 0.0
    scaled = np.subtract(array, low, dtype=np.float32 if array.dtype == np.float32 else np.float64)
    scaled /= (high - low) or 1.0
    scaled *= 255.0
    scaled += 0.5
    if nonfinite:
        scaled = np.nan_to_num(scaled, nan=0.0, posinf=255.0, neginf=0.0)
    return np.clip(scaled, 0.0, 255.0, out=scaled).astype(np.uint8).tobytes()


def _coded(values: Array, original: Array, kind: str) -> dict[str, Any]:
    low, high, nonfinite = extent(original)
    tensor: dict[str, Any] = {
        "shape": values.shape,
        "dtype": "uint8",
        "data": quantise(values, low, high, nonfinite),
        "min": low,
        "max": high,
        "summary": {"kind": kind, "full_shape": original.shape},
    }
    if nonfinite:
        tensor["nonfinite"] = nonfinite
    return tensor
