"""Runs an optimizer on a given sequence of gradients."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from pydantic import TypeAdapter

from engine.arrays import Array
from engine.optimizers import Optimizer, Slots, make_optimizer
from engine.spec import OptimizerSpec

#: The gradients of the hand-worked traces.
GRADS = (0.5, -1.0, 0.25)


def build(name: str, dtype: str = "float64", **options: Any) -> Optimizer:
    """The optimizer of a description."""
    return make_optimizer(TypeAdapter(OptimizerSpec).validate_python({"type": name, **options}), dtype)


def empty_slots(optimizer: Optimizer, like: Array) -> Slots:
    """Slots as they are before step 0."""
    return {name: np.zeros_like(like) for name in optimizer.slots}


def trace(
    name: str, grads: Sequence[float] = GRADS, *, start: float = 1.0, learning_rate: float = 0.1, **options: Any
) -> list[float]:
    """The deltas of one parameter that begins at ``start`` and is given these gradients."""
    optimizer = build(name, **options)
    params = np.array([start])
    slots = empty_slots(optimizer, params)
    delta, scratch, deltas = np.empty(1), np.empty(1), []
    for step, grad in enumerate(grads):
        optimizer.delta(delta, np.array([grad]), slots, params, step, learning_rate, scratch)
        params += delta
        deltas.append(float(delta[0]))
    return deltas
