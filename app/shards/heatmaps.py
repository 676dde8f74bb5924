"""Every unit's activation over the plane of the two input columns, as uint8, no oftener than can be afforded."""

import math
import time
from collections.abc import Callable
from typing import Any

import numpy as np

from app.shards.summaries import extent, quantise

#: At most this share of a session's time goes into heat maps while it plays.
SHARE = 0.1
LEAST_RESOLUTION = 8
#: Bytes that all maps of a session together may have.
MOST_BYTES = 96 * 2**10
#: Floating-point operations that evaluating them once may take, about.
MOST_FLOPS = 4e8


def finest(resolution: int, *, units: int, parameters: int) -> int:
    """The resolution that was asked for, or the finest below it that can be afforded; 0 if none can.

    Args:
        resolution: cells along each side.
        units: how many maps there will be.
        parameters: each is used once, by a product and a sum, for every cell.
    """
    cells = min(MOST_BYTES / max(1, units), MOST_FLOPS / max(1, 2 * parameters))
    found = min(resolution, math.isqrt(int(cells)))
    return found if found >= LEAST_RESOLUTION else 0


class HeatMaps:
    """The latest maps of one session, shared by all who look at it.

    Args:
        trainer: evaluates the grid.
        timer: seconds.
    """

    def __init__(self, trainer: Any, timer: Callable[[], float] = time.perf_counter) -> None:
        self._trainer = trainer
        self._timer = timer
        self._maps: dict[str, dict[str, Any]] = {}
        self._key: tuple[int, int] | None = None
        self._not_before = 0.0

    def at(self, version: int, resolution: int, *, playing: bool) -> dict[str, dict[str, Any]]:
        """The maps by key (``hidden1.a:map``); those of a moment ago if it plays and new ones cost too much.

        Args:
            version: changes whenever the parameters may have.
            resolution: cells along each side; 0 for no maps.
            playing: whether somewhat older maps will do.
        """
        if not resolution:
            return {}
        key = (version, resolution)
        now = self._timer()
        if key == self._key or (playing and self._key and now < self._not_before):
            return self._maps
        self._maps = self._evaluate(resolution)
        self._key = key
        done = self._timer()
        self._not_before = done + (done - now) / SHARE
        return self._maps

    def _evaluate(self, resolution: int) -> dict[str, dict[str, Any]]:
        grid = self._trainer.grid(resolution)
        if grid is None:
            return {}
        step = self._trainer.position.step
        area = {"x": grid.x_column, "y": grid.y_column, "x_range": grid.x_range, "y_range": grid.y_range}
        shown = {node: maps for node, maps in grid.maps.items() if node.endswith(".a")}
        tensors = code(list(shown.values()))
        return {
            f"{node}:map": {**tensor, "step": step, "area": area} for node, tensor in zip(shown, tensors, strict=True)
        }


def code(maps: list[Any]) -> list[dict[str, Any]]:
    """Each (units, res, res) as codes between its least and greatest value, with each unit's limits beside them.

    All are coded at once, since they are many and small.
    """
    flat = np.concatenate([one.reshape(len(one), -1) for one in maps])  # (all units, res²)
    limits = np.stack((np.minimum.reduce(flat, axis=1), np.maximum.reduce(flat, axis=1)), axis=1)
    if not math.isfinite(float(np.add.reduce(limits, axis=None))):
        return [_coded_alone(one) for one in maps]
    ends = np.cumsum([len(one) for one in maps]).tolist()
    spans = [slice(end - len(one), end) for one, end in zip(maps, ends, strict=True)]
    extents = [(float(limits[span, 0].min()), float(limits[span, 1].max())) for span in spans]
    for span, (low, high) in zip(spans, extents, strict=True):
        flat[span] -= low
        flat[span] /= (high - low) or 1.0
    flat *= 255.0
    flat += 0.5
    codes = flat.astype(np.uint8)
    return [
        _tensor(one.shape, codes[span].tobytes(), low, high, limits[span].tolist())
        for one, span, (low, high) in zip(maps, spans, extents, strict=True)
    ]


def _coded_alone(maps: Any) -> dict[str, Any]:
    """The same for maps that hold numbers that are not finite; limits are of the finite ones."""
    low, high, nonfinite = extent(maps)
    limits = [[least, most] for least, most, _ in map(extent, maps)]
    codes = quantise(maps, low, high, nonfinite)
    return {**_tensor(maps.shape, codes, low, high, limits), "nonfinite": nonfinite}


def _tensor(shape: Any, codes: bytes, low: float | None, high: float | None, limits: list[Any]) -> dict[str, Any]:
    return {"shape": shape, "dtype": "uint8", "data": codes, "min": low, "max": high, "limits": limits}
