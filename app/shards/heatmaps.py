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


class HeatMaps:
    """The latest maps of one session, shared by all who look at it.

    Args:
        trainer: evaluates the grid.
        budget: bytes that all maps together may have.
    """

    def __init__(self, trainer: Any, budget: int, timer: Callable[[], float] = time.perf_counter) -> None:
        self._trainer = trainer
        self._budget = budget
        self._timer = timer
        self._maps: dict[str, dict[str, Any]] = {}
        self._key: tuple[int, int] | None = None
        self._not_before = 0.0

    def at(self, version: int, resolution: int, *, units: int, playing: bool) -> dict[str, dict[str, Any]]:
        """The maps by key (``hidden1.a:map``); those of a moment ago if it plays and new ones cost too much.

        Args:
            version: changes whenever the parameters may have.
            resolution: cells along each side; less if there are many units.
            units: how many maps there will be.
            playing: whether somewhat older maps will do.
        """
        resolution = min(resolution, math.isqrt(self._budget // max(1, units)))
        if resolution < LEAST_RESOLUTION:
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
        return {f"{node}:map": _coded(maps, step, area) for node, maps in grid.maps.items() if node.endswith(".a")}


def _coded(maps: Any, step: int, area: dict[str, Any]) -> dict[str, Any]:
    """(units, res, res) -> codes between the node's least and greatest value, with each unit's limits beside them."""
    low, high, nonfinite = extent(maps)
    flat = maps.reshape(len(maps), -1)
    limits = np.stack((np.minimum.reduce(flat, axis=1), np.maximum.reduce(flat, axis=1)), axis=1).tolist()
    tensor = {
        "shape": maps.shape,
        "dtype": "uint8",
        "data": quantise(maps, low or 0.0, high or 0.0).tobytes(),
        "min": low,
        "max": high,
        "limits": limits,
        "step": step,
        "area": area,
    }
    if nonfinite:
        tensor["nonfinite"] = nonfinite
    return tensor
