"""A number that is not finite: which call made it, why that usually happens, and what to change.

The words name this network's own numbers, because "the learning rate is too large" helps less than "it is 30".
"""

import numpy as np

from engine.arrays import Array
from engine.explain.tex import words
from engine.explain.view import View
from engine.history import History
from engine.plan import Call, CallInfo
from engine.position import Diverged, Position

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
    what = "is not a number (NaN)" if np.isnan(out).any() else "is infinite"
    largest = float(np.finfo(out.dtype).max)
    first = (
        f"{_number_of(call, out)} {what}: it is the first number that is not finite. "
        f"{_mechanism(view, call.info)} {out.dtype} holds nothing larger than {words(largest, 2)}."
    )
    return f"{first} {_usual_cause(view, history, trained)}"


def _number_of(call: Call, out: Array) -> str:
    name = call.info.label if out is call.out else "a running sum of the optimizer"
    if out.size == 1:
        return name
    count = int(np.count_nonzero(~np.isfinite(out)))
    return f"{name} ({count:,} of {out.size:,} numbers)"


def _mechanism(view: View, call: CallInfo) -> str:
    """What the call had to work with."""
    match call.kind:
        case "forward" | "loss":
            sizes = _sizes(view, call.node)
            return f"{call.op} was given {sizes}." if sizes else ""
        case "vjp":
            sizes = _sizes(view, call.node)
            return f"The gradient flows back through {call.layer}, where {sizes}." if sizes else ""
        case "penalty":
            return f"The weights have grown to {_largest_parameter(view)}, and the penalty grows with them."
        case "clip" | "delta":
            return f"The gradient reaches {_largest_gradient(view)}, and the optimizer computes with its square."
        case _:
            return f"The update is larger than the weights can hold: the gradient reaches {_largest_gradient(view)}."


def _sizes(view: View, name: str) -> str:
    """``input.a up to 3.2 and hidden1.W up to 4e19``: the largest magnitudes of what a node is computed from."""
    node = view.graph.nodes.get(name)
    names = node.inputs if node is not None else (name,)
    found = [(read, view.value(read)) for read in names]
    known = [f"{read} up to {_largest(value)}" for read, value in found if value is not None]
    return " and ".join(known)


def _largest(array: Array) -> str:
    finite = np.abs(array[np.isfinite(array)])
    return words(float(finite.max()), 3) if finite.size else "infinity"


def _largest_parameter(view: View) -> str:
    values = [view.value(name) for name in view.graph.parameters]
    return _largest(np.concatenate([value.ravel() for value in values if value is not None]))


def _largest_gradient(view: View) -> str:
    values = [view.gradient(name) for name in view.graph.parameters]
    known = [value.ravel() for value in values if value is not None]
    return _largest(np.concatenate(known)) if known else "infinity"


def _usual_cause(view: View, history: History, trained: int) -> str:
    if trained == 0:
        return (
            "Nothing has been trained since the beginning or the last change: "
            "the weights or the data themselves are too large."
        )
    way = " → ".join(words(loss, 3) for loss in history.train_loss[-3:] if loss is not None)
    path = f" The loss went {way}." if way else ""
    return (
        "This usually happens when the learning rate is too large: every step overshoots the minimum by more than "
        f"the one before, until weights, loss and gradients run away.{path}"
    )


def advice(view: View, trained: int) -> str:
    """What to change, most likely first."""
    optimizer = view.spec.optimizer
    if trained == 0:
        remedies = ["give the weights smaller values, or reset the training", "standardise the data"]
    else:
        rate = optimizer.learning_rate
        remedies = [f"go back some steps and lower the learning rate (it is {words(rate)}; try {words(rate / 10)})"]
    if optimizer.clip is None and trained:
        remedies.append("clip the gradient by norm, say at 1")
    inputs = view.value(view.graph.input)
    if trained and inputs is not None and float(np.abs(inputs).max()) > LARGE_INPUT:
        remedies.append(f"standardise the inputs (they reach {_largest(inputs)})")
    return _sentence(remedies)


def _sentence(remedies: list[str]) -> str:
    """``a, or b, or c`` as a sentence."""
    text = "; or ".join(remedies)
    return text[0].upper() + text[1:] + "."
