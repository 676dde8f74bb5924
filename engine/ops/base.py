"""What an operation is: a forward rule and one vector-Jacobian product per input, each beside its formula."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from engine.arrays import Array, Shape


@dataclass(frozen=True)
class Vjp:
    """The gradient with respect to one input.

    ``rule(dx, dy, y, *inputs, *scratch, **options)`` writes into ``dx``; it must not change any other argument, but
    for the scratch buffers. What scratch holds when a rule is called is undefined, so that ops may share it.

    The rule of an input that may be repeated (``x*``) is called once for each, with ``index=`` its place among them.

    A ``joint`` rule takes arrays with more axes before the last as well, and sums over all of them: where one parameter
    serves all time steps, it is called once for all of them, on (T, N, …).
    """

    input: str
    formula: str
    rule: Callable[..., None]
    joint: bool = False


@dataclass(frozen=True)
class Op:
    """One operation of the graph.

    Args:
        name: its name in catalog, wire and docs.
        formula: TeX of the forward rule, with the convention where books differ.
        summary: one line for people.
        inputs: names of the inputs, in order; a trailing ``*`` marks the last one, which may be repeated.
        shape: shapes of the inputs (batch axis included) and the options -> shape of the output.
        forward: ``forward(y, *inputs, *scratch, **options)`` writes into ``y``.
        vjps: one for each input that can be learned or passed on; an input without one gets no gradient.
        scratch: shapes of the inputs -> shapes of the work buffers that the rules need.
        example: rng -> input arrays (float64) on which the registry test checks the vjps.
        options: the default options.
        elementwise: one input, and y[i] depends on x[i] alone, so the local derivative is a number per entry.
    """

    name: str
    formula: str
    summary: str
    inputs: tuple[str, ...]
    shape: Callable[..., Shape]
    forward: Callable[..., None]
    vjps: tuple[Vjp, ...]
    example: Callable[[np.random.Generator], tuple[Array, ...]]
    scratch: Callable[..., tuple[Shape, ...]] = lambda *shapes, **options: ()
    options: Mapping[str, Any] = field(default_factory=dict)
    elementwise: bool = False


def vjp_of(op: Op, place: int) -> tuple[Vjp | None, dict[str, int]]:
    """The rule for the input at this place and, for a repeated input, which of them it is."""
    name = op.inputs[min(place, len(op.inputs) - 1)]
    vjp = next((vjp for vjp in op.vjps if vjp.input == name), None)
    return vjp, {"index": place - len(op.inputs) + 1} if name.endswith("*") else {}


@dataclass(frozen=True)
class Loss(Op):
    """An operation that ends in one number: inputs (prediction, target), output of shape ().

    Args:
        per_example: ``per_example(out, prediction, target, *scratch, **options)`` writes the loss of each example into
            ``out`` (N,); the mean of those is the loss. None for a loss that is not a mean over examples.
    """

    per_example: Callable[..., None] | None = None
