"""The ledger: start + Σ deltas + Σ edits = current, for every parameter, within the rounding of that many additions."""

from dataclasses import dataclass

import numpy as np

from engine.arrays import Array
from engine.errors import UnknownName
from engine.numbers import Numbers


@dataclass(frozen=True)
class LedgerEntry:
    """One parameter's book. All arrays are copies in its shape; ``delta`` is None where none is computed.

    ``max_error`` is the largest |start + sum_of_deltas + sum_of_edits - current|; ``balanced`` says whether rounding
    explains it.
    """

    parameter: str
    start: Array
    sum_of_deltas: Array
    sum_of_edits: Array
    current: Array
    max_error: float
    balanced: bool
    delta: Array | None


def ledger(numbers: Numbers, parameter: str) -> LedgerEntry:
    """Add up and compare.

    Raises:
        UnknownName: there is no such parameter.
    """
    if parameter not in numbers.graph.parameters:
        raise UnknownName("parameter", parameter, numbers.graph.parameters, ("parameter",))
    start, deltas, edits = (part.copy() for part in numbers.ledger(parameter))
    trainer = numbers.network.trainer
    current, delta = trainer.plan.parameters[parameter].copy(), numbers.delta(parameter)
    with np.errstate(all="ignore"):  # after a divergence there may be infinities to subtract
        error = np.abs(start + deltas + edits - current)
    bound = _rounding(trainer.step, trainer.plan.params, trainer.ledger, start, edits)
    return LedgerEntry(
        parameter=parameter,
        start=start,
        sum_of_deltas=deltas,
        sum_of_edits=edits,
        current=current,
        max_error=float(error.max()),
        balanced=bool((error <= bound).all()),
        delta=None if delta is None else delta.copy(),
    )


def _rounding(steps: int, params: Array, *parts: Array) -> float:
    """Each addition rounds by half a unit in the last place of what it adds to, at most.

    How large a weight was on its way nobody has noted, and it may have come back to 0: so the largest number of the
    whole network stands for it.
    """
    largest = max(float(np.abs(part).max()) for part in (params, *parts))
    return float((steps + 2) * np.finfo(params.dtype).eps * largest)
