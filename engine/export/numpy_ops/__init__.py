"""Every operation in plain numpy, as a teacher would write it: ``<op>``, and ``<op>_vjp_<input>`` for each gradient.

The engine's rules write into buffers and allocate nothing; these return what they compute. A test compares the two on
every operation, and an exported script carries the source of those that it needs.
"""

from collections.abc import Callable
from types import ModuleType
from typing import Any

from engine.export.numpy_ops import (
    activations,
    attention,
    decoding,
    images,
    linear,
    losses,
    normalising,
    pictures,
    recurrence,
    sequences,
    shaping,
)

Rule = Callable[..., Any]

MODULES: tuple[ModuleType, ...] = (
    linear,
    activations,
    losses,
    shaping,
    images,
    pictures,
    sequences,
    normalising,
    recurrence,
    attention,
    decoding,
)

#: Operations whose name Python has taken.
OTHERWISE = {"slice": "slice_of"}


def forward_rule(op: str) -> Rule | None:
    """The function that computes this operation; None if there is none."""
    return _found(OTHERWISE.get(op, op))


def vjp_rule(op: str, name: str) -> Rule | None:
    """The function for the gradient with respect to this input (``x*``: one of several)."""
    return _found(f"{OTHERWISE.get(op, op)}_vjp_{name.removesuffix('*')}")


def _found(name: str) -> Rule | None:
    return next((vars(module)[name] for module in MODULES if name in vars(module)), None)
