"""One sentence that says in words and numbers what the last call did, for the example that is followed.

Every number is read from the buffers. Units, examples and weights are counted from 1, as people do.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from engine.arrays import Array
from engine.explain.tex import signed, words
from engine.explain.texts import OPTIMIZER_TITLES
from engine.explain.view import View
from engine.plan import CallInfo

LISTED = 4

#: What the special layers do, for all examples alike.
DOES = {
    "clamp": "units that are held keep their value, the others pass on as they are",
    "multiply": "{reads} are multiplied, number by number",
    "reshape": "the {many} of {read} are arranged in another shape",
    "transpose": "the axes of {read} change places",
    "slice": "a stretch of {read} is taken",
    "one_hot": "each token becomes a row of zeros with a single 1",
    "embedding": "each token is looked up in the table, and its row copied",
    "last": "the last time step of {read} is taken",
    "last_real": "the last time step of {read} before its padding is taken",
    **dict.fromkeys(("conv2d", "correlate2d"), "each filter slides over {read} and sums what lies under its kernel"),
    **dict.fromkeys(("conv1d", "correlate1d"), "each filter slides over the steps of {read} and sums what it sees"),
    "max_pool2d": "of each window of {read} the largest number goes on",
    "avg_pool2d": "each window of {read} becomes its mean",
    "global_avg_pool2d": "each map of {read} becomes its mean",
    "upsample2d": "each number of {read} becomes a block",
    "pixels": "the learned picture takes its place before the given ones",
    "gram": "each two maps of {read} are multiplied place by place and summed",
    "apart": "the first example of {read} is compared with another",
    "roughness": "neighbouring pixels of {read} are compared",
    "recur": "what comes in is added to what is remembered, times the weights between time steps",
    "lstm_cell": "the cell forgets some of what it held, and takes in some of the candidate",
    "gru_mix": "some of what is remembered stays, and the candidate takes the rest",
    "carry": "where the sequence has ended, what is remembered stays as it is",
    "stack": "the values of all time steps are put one after the other",
    "state": "nothing is remembered yet",
    "choose": "the symbol that is read next is the true one before, or the best guess",
    "attend": "every place of what was read is compared with what is being written",
    "blend": "what was read is mixed, each place by its weight",
    "real_steps": "the time steps that are no padding are marked",
    "until_end": "the symbols up to the end of each answer are marked",
    "layer_norm": "the numbers of each row of {read} are brought to mean 0 and variance 1, then scaled and shifted",
    "attention_scores": "each query meets each key: their inner products over the root of their length",
    "attention_weights": "each query shares its attention out: softmax over the keys",
    "attention_weights_masked": "each query shares its attention out over the keys that are no padding",
    "attention_mix": "each query mixes the values by its weights",
    "batch_mean": "the average of {read} over the whole batch is taken",
    "batch_variance": "the spread of {read} over the whole batch is taken",
    "batch_norm": "{read} is brought to mean 0 and variance 1 over the batch, then scaled and shifted",
}

#: How a gradient goes back through an operation, where its name alone would not tell.
RETURNS = {
    **dict.fromkeys(("dense", "matmul"), "comes back through the weights"),
    **dict.fromkeys(("conv2d", "correlate2d", "conv1d", "correlate1d"), "comes back through every window's kernel"),
    "recur": "comes back from the next time step, through the weights between time steps,",
    "lstm_cell": "comes back along the cell, as far as its gates are open,",
    "gru_mix": "comes back as far as the update gate lets it,",
    "carry": "comes back where the sequence has not ended",
    "clamp": "comes back where no unit is held",
    "max_pool2d": "goes back to the winner of each window, whole,",
    "avg_pool2d": "is shared out evenly within each window,",
    "global_avg_pool2d": "is shared out evenly over each map,",
    "upsample2d": "is summed over each block,",
    "gram": "comes back through each pair of maps,",
    "apart": "is the difference itself, scaled,",
    "roughness": "is the difference from each neighbour, scaled,",
}


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
        return f"{call.node}: example {row + 1} of {_examples(view.rows)} goes in{_inputs(view, value[row])}."
    node = view.graph.nodes[call.node]
    if node.kind == "statistic":
        return f"{call.node}: {_does(view, call, value.size)}; {_largest_of(value)}."
    mine = np.atleast_1d(value[row])
    if node.kind == "mask":
        dropped = int(np.count_nonzero(mine == 0))
        if not node.options.get("scales", True):
            return f"{call.node}: the teacher speaks at {mine.size - dropped} of {_count(mine.size, 'time step')}."
        return f"{call.node}: chance drops {dropped} of {_count(mine.size, 'unit')} for this example."
    return f"{call.node}: {_does(view, call, mine.size)}; {_unit(mine)}."


def _does(view: View, call: CallInfo, units: int) -> str:
    """What an operation of the forward pass does, without numbers of this example."""
    node = view.graph.nodes[call.node]
    read = node.inputs[0] if node.inputs else ""
    who = "the unit" if units == 1 else f"each of the {units} units"
    match call.op:
        case "dense" | "matmul":
            bias = " and adds its bias" if call.op == "dense" else ""
            many = _count(view.graph.nodes[read].shape[-1], "input")
            return f"{who} sums its {many} times the weights{bias}"
        case "linear":
            return f"{who} passes its sum on as it is"
        case "softmax":
            return f"softmax turns {_count(units, 'sum')} into shares of 1"
        case "add":
            return f"{' and '.join(node.inputs)} are added, number by number"
        case "concat":
            return f"{' and '.join(node.inputs)} are laid side by side"
        case "flatten":
            return f"{read} is laid out in one row of {_count(units, 'number')}"
        case "dropout":
            return f"{read} goes through the mask"
        case op if op in DOES:
            return DOES[op].format(read=read, reads=" and ".join(node.inputs), many=_count(units, "number"))
        case _:
            return f"{who} passes its sum through {call.op}"


def _loss(scene: Scene) -> str:
    view, call, row = scene
    value = view.value(call.node)
    assert value is not None
    if call.node == "penalty":
        return f"penalty: the size of the weights costs {words(float(value))}, on top of the loss."
    answer, target = view.value(view.graph.output), view.value("target")
    assert answer is not None
    assert target is not None
    compared = f"this example's answer {_numbers(answer[row])} meets its target {_numbers(target[row])}"
    return f"loss: {compared}; {_called(view.spec.loss.type)} over {_examples(view.rows)} is {words(float(value))}."


def _vjp(scene: Scene) -> str:
    view, call, row = scene
    gradient = view.gradient(call.node)
    if gradient is None:
        return f"{call.label}: one of several contributions to the gradient of {call.node}; the others follow."
    if call.node in view.graph.parameters:
        where, value = _largest(gradient)
        return (
            f"{call.label}: {_count(gradient.size, 'gradient')}, summed over {_examples(view.rows)}; "
            f"the largest is {signed(value)}, on {call.node}{where}."
        )
    if call.layer == "loss":
        return f"{call.label}: {_output_gradient(view, call.node, gradient, row)}."
    node = view.graph.nodes[call.node]
    mine = np.atleast_1d(gradient[row] if node.has_batch_axis else gradient)
    how = RETURNS.get(call.op, f"comes back through {_called(call.op)}")
    most = _unit(mine) if node.has_batch_axis else _largest_of(mine)
    return f"{call.label}: the gradient {how} to {_count(mine.size, 'number')}; {most}."


def _output_gradient(view: View, node: str, gradient: Array, row: int) -> str:
    """Where the backward pass begins; for a fused loss it is the error, divided by what the loss averages over."""
    mine = np.atleast_1d(gradient[row])
    answer, target = view.value(view.graph.output), view.value("target")
    if not view.graph.fused or mine.size != 1 or answer is None or target is None:
        return f"the loss hands back its gradient; {_unit(mine)}"
    a, t = float(answer[row].ravel()[0]), float(target[row].ravel()[0])
    error = f"a − t = {words(a)} − {words(t)}"
    if view.rows > 1:
        error = f"(a − t) / {view.rows} = ({words(a)} − {words(t)}) / {view.rows}"
    return f"the gradient of {node} is {error} = {signed(mine.item())} for this example"


def _penalty_gradient(scene: Scene) -> str:
    parts = scene.view.spec.regularization
    square = f"{words(parts.l2)} times each weight" if parts.l2 else ""
    absolute = f"{words(parts.l1)} times its sign" if parts.l1 else ""
    return f"penalty: {' and '.join(filter(None, (square, absolute)))} is added to its gradient."


def _clip(scene: Scene) -> str:
    clip = scene.view.spec.optimizer.clip
    assert clip is not None
    if clip.type == "norm":
        return f"clip: a gradient longer than {words(clip.limit)} is shortened to that length; its direction stays."
    return f"clip: every entry of the gradient is held within ±{words(clip.limit)}."


#: Of a network of which no layer has weights.
NOTHING_LEARNED = "There are no weights, so nothing moves."


def _delta(scene: Scene) -> str:
    if not scene.view.graph.learned:
        return NOTHING_LEARNED
    where, value, count = _largest_delta(scene.view)
    name = OPTIMIZER_TITLES[scene.view.spec.optimizer.type]
    return f"{name} turns the gradient into {_count(count, 'delta')}; the largest is {signed(value)}, for {where}."


def _apply(scene: Scene) -> str:
    if not scene.view.graph.learned:
        return NOTHING_LEARNED
    where, value, count = _largest_delta(scene.view)
    name = OPTIMIZER_TITLES[scene.view.spec.optimizer.type]
    return f"{name} moves {_count(count, 'parameter')}; the largest delta is {signed(value)}, on {where}."


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
        return f"{_count(steps, 'step')} trained."
    return f"{_count(steps, 'step')} trained: the loss of the batch went from {words(first)} to {words(last)}."


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
    return f"the largest is {signed(value)}, at {where[1:-1]}"


def _unit(mine: Array) -> str:
    """The loudest unit, for this example."""
    if mine.size == 1:
        return f"for this example {signed(mine.item())}"
    loudest = np.unravel_index(int(np.argmax(np.abs(mine))), mine.shape)
    if mine[loudest] == 0:
        return f"for this example, all {mine.size} are 0"
    places = [int(place) + 1 for place in loudest]
    where = f"unit {places[0]}" if len(places) == 1 else str(places)
    return f"for this example, the largest is {signed(float(mine[loudest]))}, at {where}"


def _inputs(view: View, mine: Array) -> str:
    """``: width = +0.53, color_score = −1.2``, if they have names and are few."""
    mine = mine.ravel()
    named = [f"{name} = {words(float(x), 3)}" for name, x in zip(view.features, mine, strict=False)]
    more = f", … {mine.size - LISTED} more" if mine.size > LISTED else ""
    return f": {', '.join(named[:LISTED])}{more}" if named else ""


def _numbers(values: Array) -> str:
    flat = [words(float(x), 3) for x in values.ravel()[:LISTED]]
    return flat[0] if values.size == 1 else f"({', '.join(flat)}{', …' if values.size > LISTED else ''})"


def _called(name: str) -> str:
    return name.replace("_", " ")


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" + "s" * (number != 1)


def _examples(rows: int) -> str:
    return "the example" if rows == 1 else f"the {rows:,} examples"
