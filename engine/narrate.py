"""One sentence that says in words and numbers what the last call did, for the example that is followed.

Every number is read from the buffers. Units, examples and weights are counted from 1, as people do.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from engine.arrays import Array
from engine.doing import DOES, RETURNS
from engine.explain.tex import signed, words
from engine.explain.texts import OPTIMIZER_TITLES
from engine.explain.view import View
from engine.plan import CallInfo
from engine.words import counted, joined, say

LISTED = 4


class Scene(NamedTuple):
    """What a sentence is about: the numbers, the call, and the followed example's row in the batch."""

    view: View
    call: CallInfo
    row: int


def sentence(view: View, call: CallInfo, row: int | None) -> str:
    """What this call did. ``row`` None: the followed example is not in the batch, so its first example speaks."""
    return TELLERS[call.kind](Scene(view, call, row or 0))


def _forward(scene: Scene) -> str:
    view, call, row = scene
    value = view.value(call.node)
    assert value is not None
    if call.node == view.graph.input:
        if view.rows == 1:
            return say("{node}: the one example goes in{inputs}.", node=call.node, inputs=_inputs(view, value[row]))
        return say(
            "{node}: example {row} of {examples} goes in{inputs}.",
            node=call.node,
            row=row + 1,
            examples=_examples(view.rows),
            inputs=_inputs(view, value[row]),
        )
    node = view.graph.nodes[call.node]
    if node.kind == "statistic":
        return say(
            "{node}: {does}; {most}.", node=call.node, does=_does(view, call, value.size), most=_largest_of(value)
        )
    mine = np.atleast_1d(value[row])
    if node.kind == "mask":
        dropped = int(np.count_nonzero(mine == 0))
        if not node.options.get("scales", True):
            return say(
                "{node}: the teacher speaks at {spoken} of {steps}.",
                node=call.node,
                spoken=mine.size - dropped,
                steps=counted(mine.size, "time step"),
            )
        return say(
            "{node}: chance drops {dropped} of {size} for this example.",
            node=call.node,
            dropped=dropped,
            size=counted(mine.size, "unit"),
        )
    return say("{node}: {does}; {most}.", node=call.node, does=_does(view, call, mine.size), most=_unit(mine))


def _does(view: View, call: CallInfo, units: int) -> str:
    """What an operation of the forward pass does, without numbers of this example."""
    node = view.graph.nodes[call.node]
    read = node.inputs[0] if node.inputs else ""
    who = say("the unit") if units == 1 else say("each of the {units} units", units=units)
    match call.op:
        case "dense" | "matmul":
            bias = say(" and adds its bias") if call.op == "dense" else ""
            many = counted(view.graph.nodes[read].shape[-1], "input")
            return say("{who} sums its {many} times the weights{bias}", who=who, many=many, bias=bias)
        case "linear":
            return say("{who} passes its sum on as it is", who=who)
        case "softmax":
            return say("softmax turns {units} into shares of 1", units=counted(units, "sum"))
        case "add":
            return say("{inputs} are added, number by number", inputs=joined(node.inputs, " and "))
        case "concat":
            return say("{inputs} are laid side by side", inputs=joined(node.inputs, " and "))
        case "flatten":
            return say("{read} is laid out in one row of {units}", read=read, units=counted(units, "number"))
        case "dropout":
            return say("{read} goes through the mask", read=read)
        case op if op in DOES:
            return say(DOES[op], read=read, reads=joined(node.inputs, " and "), many=counted(units, "number"))
        case _:
            return say("{who} passes its sum through {op}", who=who, op=call.op)


def _loss(scene: Scene) -> str:
    view, call, row = scene
    value = view.value(call.node)
    assert value is not None
    if call.node == "penalty":
        return say("penalty: the size of the weights costs {value}, on top of the loss.", value=words(float(value)))
    answer, target = view.value(view.graph.output), view.value("target")
    assert answer is not None
    assert target is not None
    compared = say(
        "this example's answer {answer} meets its target {target}",
        answer=_numbers(answer[row]),
        target=_numbers(target[row]),
    )
    return say(
        "loss: {compared}; {called} over {examples} is {value}.",
        compared=compared,
        called=_called(view.spec.loss.type),
        examples=_examples(view.rows),
        value=words(float(value)),
    )


def _vjp(scene: Scene) -> str:
    view, call, row = scene
    gradient = view.gradient(call.node)
    if gradient is None:
        return say(
            "{label}: one of several contributions to the gradient of {node}; the others follow.",
            label=call.label,
            node=call.node,
        )
    if call.node in view.graph.parameters:
        where, value = _largest(gradient)
        return say(
            "{label}: {size}, summed over {examples}; the largest is {value}, on {node}{where}.",
            label=call.label,
            size=counted(gradient.size, "gradient"),
            examples=_examples(view.rows),
            value=signed(value),
            node=call.node,
            where=where,
        )
    if call.layer == "loss":
        return say("{label}: {what}.", label=call.label, what=_output_gradient(view, call.node, gradient, row))
    node = view.graph.nodes[call.node]
    mine = np.atleast_1d(gradient[row] if node.has_batch_axis else gradient)
    how = say(RETURNS.get(call.op, "comes back through {op}"), op=_called(call.op))
    most = _unit(mine) if node.has_batch_axis else _largest_of(mine)
    return say(
        "{label}: the gradient {how} to {size}; {most}.",
        label=call.label,
        how=how,
        size=counted(mine.size, "number"),
        most=most,
    )


def _output_gradient(view: View, node: str, gradient: Array, row: int) -> str:
    """Where the backward pass begins; for a fused loss it is the error, divided by what the loss averages over."""
    mine = np.atleast_1d(gradient[row])
    answer, target = view.value(view.graph.output), view.value("target")
    if not view.graph.fused or mine.size != 1 or answer is None or target is None:
        return say("the loss hands back its gradient; {unit}", unit=_unit(mine))
    a, t = float(answer[row].ravel()[0]), float(target[row].ravel()[0])
    error = f"a − t = {words(a)} − {words(t)}"
    if view.rows > 1:
        error = f"(a − t) / {view.rows} = ({words(a)} − {words(t)}) / {view.rows}"
    return say(
        "the gradient of {node} is {error} = {mine} for this example", node=node, error=error, mine=signed(mine.item())
    )


def _penalty_gradient(scene: Scene) -> str:
    parts = scene.view.spec.regularization
    square = say("{l2} times each weight", l2=words(parts.l2)) if parts.l2 else ""
    absolute = say("{l1} times its sign", l1=words(parts.l1)) if parts.l1 else ""
    return say("penalty: {parts} is added to its gradient.", parts=joined(filter(None, (square, absolute)), " and "))


def _clip(scene: Scene) -> str:
    clip = scene.view.spec.optimizer.clip
    assert clip is not None
    if clip.type == "norm":
        return say(
            "clip: a gradient longer than {limit} is shortened to that length; its direction stays.",
            limit=words(clip.limit),
        )
    return say("clip: every entry of the gradient is held within ±{limit}.", limit=words(clip.limit))


#: Of a network of which no layer has weights.
NOTHING_LEARNED = say("There are no weights, so nothing moves.")


def _delta(scene: Scene) -> str:
    if not scene.view.graph.learned:
        return NOTHING_LEARNED
    where, value, count = _largest_delta(scene.view)
    name = OPTIMIZER_TITLES[scene.view.spec.optimizer.type]
    return say(
        "{name} turns the gradient into {count}; the largest is {value}, for {where}.",
        name=say(name),
        count=counted(count, "delta"),
        value=signed(value),
        where=where,
    )


def _apply(scene: Scene) -> str:
    if not scene.view.graph.learned:
        return NOTHING_LEARNED
    where, value, count = _largest_delta(scene.view)
    name = OPTIMIZER_TITLES[scene.view.spec.optimizer.type]
    return say(
        "{name} moves {count}; the largest delta is {value}, on {where}.",
        name=say(name),
        count=counted(count, "parameter"),
        value=signed(value),
        where=where,
    )


TELLERS: dict[str, Callable[[Scene], str]] = {
    "forward": _forward,
    "loss": _loss,
    "vjp": _vjp,
    "penalty": _penalty_gradient,
    "clip": _clip,
    "delta": _delta,
    "apply": _apply,
}


def trained(steps: int, first: float | None, last: float | None) -> str:
    """What whole steps did."""
    if first is None or last is None:
        return say("{steps} trained.", steps=counted(steps, "step"))
    return say(
        "{steps} trained: the loss of the batch went from {first} to {last}.",
        steps=counted(steps, "step"),
        first=words(first),
        last=words(last),
    )


def _largest_delta(view: View) -> tuple[str, float, int]:
    deltas = {name: delta for name in view.graph.learned if (delta := view.delta(name)) is not None}
    name = max(deltas, key=lambda name: float(np.abs(deltas[name]).max()))
    where, value = _largest(deltas[name])
    return name + where, value, sum(delta.size for delta in deltas.values())


def _largest(array: Array) -> tuple[str, float]:
    """``[3,1]`` and the value of largest magnitude."""
    index = np.unravel_index(int(np.argmax(np.abs(array))), array.shape)
    return f"[{','.join(str(int(i) + 1) for i in index)}]", float(array[index])


def _largest_of(numbers: Array) -> str:
    """The largest of several numbers that belong to no single example."""
    where, value = _largest(numbers)
    return say("the largest is {value}, at {where}", value=signed(value), where=where[1:-1])


def _unit(mine: Array) -> str:
    """The loudest unit, for this example."""
    if mine.size == 1:
        return say("for this example {mine}", mine=signed(mine.item()))
    loudest = np.unravel_index(int(np.argmax(np.abs(mine))), mine.shape)
    if mine[loudest] == 0:
        return say("for this example, all {size} are 0", size=mine.size)
    places = [int(place) + 1 for place in loudest]
    where = say("unit {places}", places=places[0]) if len(places) == 1 else str(places)
    return say("for this example, the largest is {mine}, at {where}", mine=signed(float(mine[loudest])), where=where)


def _inputs(view: View, mine: Array) -> str:
    """``: width = +0.53, color_score = −1.2``, if they have names and are few."""
    mine = mine.ravel()
    named = [f"{name} = {words(float(x), 3)}" for name, x in zip(view.features, mine, strict=False)]
    more = say(", … {size} more", size=mine.size - LISTED) if mine.size > LISTED else ""
    return say(": {named}{more}", named=", ".join(named[:LISTED]), more=more) if named else ""


def _numbers(values: Array) -> str:
    flat = [words(float(x), 3) for x in values.ravel()[:LISTED]]
    return flat[0] if values.size == 1 else f"({', '.join(flat)}{', …' if values.size > LISTED else ''})"


def _called(name: str) -> str:
    return say(name.replace("_", " "))


def _examples(rows: int) -> str:
    return say("the example") if rows == 1 else say("the {rows:,} examples", rows=rows)
