"""A graph compiled: every buffer allocated once, and straight lists of bound calls."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

Phase = Literal["forward", "loss", "backward", "update"]
CallKind = Literal["forward", "loss", "vjp", "penalty", "clip", "delta", "apply"]
Quantity = Literal["value", "gradient", "delta"]


@dataclass(frozen=True)
class CallInfo:
    """What one call of the step is, in words that interface, text and API share.

    Args:
        index: its number within the step.
        phase: forward, loss, backward or update.
        layer: the layer it belongs to; ``loss`` and ``update`` for what belongs to none.
        node: the node or parameter that it writes; for the whole update ``update``.
        op: the operation's name.
        label: ``hidden1.z``, ``d output.W``, ``update``.
        formula: TeX.
        kind: what sort of call.
        writes: (name, quantity) of everything that is computed once it has run.
    """

    index: int
    phase: Phase
    layer: str
    node: str
    op: str
    label: str
    formula: str
    kind: CallKind
    writes: tuple[tuple[str, Quantity], ...]


@dataclass(frozen=True)
class Call:
    """One bound call: ``run()`` computes it into its buffers."""

    info: CallInfo
    run: Callable[[], object]
