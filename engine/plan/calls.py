"""A step is a fixed list of calls. A call is a rule bound to its buffers, and what it is, in words."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from engine.arrays import Array

Phase = Literal["forward", "loss", "backward", "update"]
CallKind = Literal["forward", "loss", "vjp", "penalty", "clip", "delta", "apply"]
Quantity = Literal["value", "gradient", "delta"]


@dataclass(frozen=True)
class CallInfo:
    """What one call of the step is, in words that interface, text and API share.

    Args:
        index: its number within the step.
        phase: forward, loss, backward or update.
        layer: the layer it belongs to; ``loss``, ``penalty`` and ``update`` for what belongs to none.
        node: the node or parameter that it writes; for the whole of the parameters ``update``.
        op: the operation's name.
        label: ``hidden1.z``, ``d output.W``, ``update``.
        formula: TeX.
        kind: what sort of call.
        writes: (name, quantity) of everything that is complete once it has run. A gradient that is added up from
            several contributions is complete after the last of them.
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


@dataclass(frozen=True, eq=False)
class Call:
    """One bound call.

    Args:
        info: what it is.
        run: computes it; takes nothing, allocates nothing of a batch's size.
        out: the buffer that it writes.
        also: others that it brings up to date: an optimizer's slots.
    """

    info: CallInfo
    run: Callable[[], object]
    out: Array
    also: tuple[Array, ...] = ()
