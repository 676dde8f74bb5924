"""Recurrent layers in a frame: one tensor (T, M) for each quantity, however many nodes its time steps are.

What is not computed says so step by step. Values that do not fit are coded step by step: a gradient that vanishes on
its way through time is not rounded to 0 because another step's is large, and each step's norm is exact.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np

from app.shards.pooling import pool_units
from app.shards.summaries import extent
from engine.sequences import Flags

Array = np.ndarray[Any, Any]

#: What a time step weighs beside its values: norm, least and greatest, whether it is computed.
STEP_BYTES = 13


class Sequence(NamedTuple):
    """One quantity at all time steps.

    Args:
        array: (T, …) of the followed example, a view; None if none of it is computed.
        computed: which steps are, (T,); None for all of them.
        shape: (T, …).
    """

    array: Array | None
    computed: Flags | None
    shape: tuple[int, ...]


def sequences(numbers: Any, row: int, *, gradients: bool) -> Iterator[tuple[str, Sequence]]:
    """(key, sequence) of every quantity: ``lstm.f``, ``lstm.f:gradient``."""
    for block in numbers.network.shown.blocks:
        for quantity, suffix in (("value", ""), ("gradient", ":gradient")):
            if gradients or not suffix:
                array, flags = numbers.sequence(block, quantity, row)
                yield f"{block.name}{suffix}", sequence(array, flags, (len(block.nodes), *block.shape))


def sequence(array: Array | None, flags: Flags, shape: tuple[int, ...]) -> Sequence:
    """(T, …) of one example, as far as it is computed."""
    if array is None or not flags.any():
        return Sequence(None, None, shape)
    return Sequence(array, None if flags.all() else flags, shape)


@np.errstate(all="ignore")
def code(found: Sequence, level: tuple[float, float]) -> dict[str, Any]:
    """As a tensor of a frame with ``steps``: {norm, and where they say something: computed, range}."""
    if found.array is None:
        return {"shape": found.shape, "dtype": "float32", "data": None, "min": None, "max": None}
    values = found.array.reshape(found.shape[0], -1).astype(np.float32)  # (T, M), a copy
    if found.computed is not None:
        values[~found.computed] = 0
    low, high, nonfinite = extent(values if found.computed is None else values[found.computed])
    steps: dict[str, Any] = {"norm": np.sqrt(np.einsum("tm,tm->t", values, values)).tobytes()}
    if found.computed is not None:
        steps["computed"] = found.computed.tobytes()
    tensor = {"min": low, "max": high, "steps": steps}
    if nonfinite:
        tensor["nonfinite"] = nonfinite
    if values.size <= level[0]:
        return {**tensor, "shape": found.shape, "dtype": "float32", "data": values.tobytes()}
    finite = np.nan_to_num(values, nan=0.0, posinf=3e38, neginf=-3e38) if nonfinite else values
    coded, steps["range"] = _coded(finite, found.shape, int(level[1]))
    return {**tensor, **coded}


def _coded(values: Array, full_shape: tuple[int, ...], most: int) -> tuple[dict[str, Any], bytes]:
    """Codes and ranges (T, 2): a step's value = its least + code/255·(its greatest - its least)."""
    small = values if values.size <= most else pool_units(values, max(1, most // len(values)))
    ranges = np.stack((np.minimum.reduce(small, axis=1), np.maximum.reduce(small, axis=1)), axis=1)  # (T, 2)
    width = ranges[:, 1:] - ranges[:, :1]
    width[width == 0] = 1
    codes = ((small - ranges[:, :1]) / width * 255 + 0.5).astype(np.uint8)
    kind = "quantised" if small is values else "pooled"
    summary = {"kind": kind, "full_shape": full_shape}
    return {"shape": small.shape, "dtype": "uint8", "data": codes.tobytes(), "summary": summary}, ranges.tobytes()
