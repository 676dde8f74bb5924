"""A number that is not finite: which call made it, why that usually happens, and what to change.

The words name this network's own numbers, because "the learning rate is too large" helps less than "it is 30".
"""

from collections.abc import Sequence

import numpy as np

from engine.arrays import Array
from engine.explain.tex import words
from engine.explain.view import View
from engine.history import History
from engine.plan import Call, CallInfo
from engine.position import Diverged, Position
from engine.words import joined, say

#: Inputs beyond this are called large.
LARGE_INPUT = 20.0


def diverged_at(position: Position, view: View, call: Call, history: History, trained: int) -> Diverged:
    """What there is to say about this call, which made the first number that is not finite, right after it.

    Args:
        position: where the cursor stands now.
        view: the numbers there.
        call: it.
        history: the loss before.
        trained: how many steps have been trained since the beginning or the last edit.
    """
    why = reason(view, call, history, trained)
    return Diverged(position, call.info, call.info.node, why, advice(view, trained))


def is_finite(array: Array) -> bool:
    """Whether every number of it is finite."""
    return bool(np.isfinite(array).all())


def reason(view: View, call: Call, history: History, trained: int) -> str:
    """What happened at this call, in words and numbers.

    Args:
        view: the numbers of this position.
        call: the one that made the first number that is not finite.
        history: the loss before.
        trained: how many steps have been trained since the beginning or the last edit.
    """
    out = next(array for array in (call.out, *call.also) if not is_finite(array))
    what = say("is not a number (NaN)") if np.isnan(out).any() else say("is infinite")
    largest = float(np.finfo(out.dtype).max)
    first = say(
        "{number} {what}: it is the first number that is not finite. {mechanism} {dtype} "
        "holds nothing larger than {largest}.",
        number=_number_of(call, out),
        what=what,
        mechanism=_mechanism(view, call.info),
        dtype=str(out.dtype),
        largest=words(largest, 2),
    )
    return say("{first} {cause}", first=first, cause=_usual_cause(view, history, trained))


def _number_of(call: Call, out: Array) -> str:
    name = call.info.label if out is call.out else say("a running sum of the optimizer")
    if out.size == 1:
        return name
    count = int(np.count_nonzero(~np.isfinite(out)))
    return say("{name} ({count:,} of {size:,} numbers)", name=name, count=count, size=out.size)


def _mechanism(view: View, call: CallInfo) -> str:
    """What the call had to work with."""
    match call.kind:
        case "forward" | "loss":
            sizes = _sizes(view, call.node)
            return say("{op} was given {sizes}.", op=call.op, sizes=sizes) if sizes else ""
        case "vjp":
            sizes = _sizes(view, call.node)
            return (
                say("The gradient flows back through {layer}, where {sizes}.", layer=call.layer, sizes=sizes)
                if sizes
                else ""
            )
        case "penalty":
            return say(
                "The weights have grown to {largest}, and the penalty grows with them.",
                largest=_largest_parameter(view),
            )
        case "clip" | "delta":
            return say(
                "The gradient reaches {largest}, and the optimizer computes with its square.",
                largest=_largest_gradient(view),
            )
        case _:
            return say(
                "The update is larger than the weights can hold: the gradient reaches {largest}.",
                largest=_largest_gradient(view),
            )


def _sizes(view: View, name: str) -> str:
    """``input.a up to 3.2 and hidden1.W up to 4e19``: the largest magnitudes of what a node is computed from."""
    node = view.graph.nodes.get(name)
    names = node.inputs if node is not None else (name,)
    found = [(read, view.value(read)) for read in names]
    known = [
        say("{read} up to {largest}", read=read, largest=_largest(value)) for read, value in found if value is not None
    ]
    return joined(known, " and ")


def _largest(array: Array) -> str:
    finite = np.abs(array[np.isfinite(array)])
    return words(float(finite.max()), 3) if finite.size else say("infinity")


def _largest_parameter(view: View) -> str:
    values = [view.value(name) for name in view.graph.parameters]
    return _largest(np.concatenate([value.ravel() for value in values if value is not None]))


def _largest_gradient(view: View) -> str:
    values = [view.gradient(name) for name in view.graph.parameters]
    known = [value.ravel() for value in values if value is not None]
    return _largest(np.concatenate(known)) if known else say("infinity")


def _usual_cause(view: View, history: History, trained: int) -> str:
    if trained == 0:
        return say(
            "Nothing has been trained since the beginning or the last change: "
            "the weights or the data themselves are too large."
        )
    way = " → ".join(words(loss, 3) for loss in history.train_loss[-3:] if loss is not None)
    path = say(" The loss went {way}.", way=way) if way else ""
    return say(
        "This usually happens when the learning rate is too large: every step overshoots the "
        "minimum by more than the one before, until weights, loss and gradients run away.{path}",
        path=path,
    )


def advice(view: View, trained: int) -> str:
    """What to change, most likely first."""
    optimizer = view.spec.optimizer
    if trained == 0:
        remedies = [say("give the weights smaller values, or reset the training"), say("standardise the data")]
    else:
        rate = optimizer.learning_rate
        remedies = [
            say(
                "go back some steps and lower the learning rate (it is {rate}; try {less})",
                rate=words(rate),
                less=words(rate / 10),
            )
        ]
    if optimizer.clip is None and trained:
        remedies.append(say("clip the gradient by norm, say at 1"))
    inputs = view.value(view.graph.input)
    if trained and inputs is not None and float(np.abs(inputs).max()) > LARGE_INPUT:
        remedies.append(say("standardise the inputs (they reach {largest})", largest=_largest(inputs)))
    return _sentence(remedies)


def _sentence(remedies: Sequence[str]) -> str:
    """``a, or b, or c`` as a sentence."""
    return say("{remedies:capital}.", remedies=joined(remedies, "; or "))
