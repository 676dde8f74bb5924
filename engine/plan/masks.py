"""Dropout masks: a pure function of (seed, layer, step), so that any step can be repeated."""

from typing import Protocol

import numpy as np

from engine.arrays import Array

#: Keeps the masks' random numbers apart from those of everything else that a session draws.
STREAM = 3


class Clock(Protocol):
    """Whose step it is."""

    seed: int
    step: int


def draw_mask(mask: Array, clock: Clock, *, place: int, rate: float, scales: bool = True) -> None:
    """Mask ← 0 with probability rate, otherwise 1 / (1 - rate); without scaling otherwise 1."""
    rng = np.random.default_rng([clock.seed, STREAM, place, clock.step])
    rng.random(dtype=mask.dtype.type, out=mask)
    np.greater_equal(mask, rate, out=mask, casting="unsafe")
    if scales:
        np.multiply(mask, 1 / (1 - rate), out=mask)
