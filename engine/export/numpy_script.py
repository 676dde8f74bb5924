"""A session as one Python file that needs numpy alone: forward, loss, backward and one update of the present batch."""

from collections.abc import Iterator
from math import isfinite

from engine.export.moment import Moment, options_of
from engine.export.numpy_ops import Rule, forward_rule, vjp_rule
from engine.export.numpy_optimizers import (
    RULES,
    clip_norm,
    clip_value,
    constants,
    paper_slots,
    penalty,
    penalty_gradient,
)
from engine.export.source import with_helpers
from engine.export.text import LITTLE, plain, table, title
from engine.layers import Node
from engine.ops import OPS
from engine.spec import ClipValue

HEAD = '''"""{name}: one step of a neural network, in numpy alone.

Written by Deltaflow before step {step} of its training ({rows} examples in the batch, {dtype}). It computes every value
forward, the loss, every gradient backward by the chain rule, and one update of the parameters; then the loss again.

Names are those of Deltaflow: "layer.W" a parameter, "layer.z" a pre-activation, "layer.a" an activation. The gradient
of the loss with respect to something has its name and its shape. Axes: N examples, D features, K classes, T time steps.
"""

import base64
import math
from typing import Any

import numpy as np

Array = np.ndarray


def array(shape: tuple[int, ...], text: str) -> Array:
    """Numbers from their little-endian bytes, which base64 has made text: exact, and shorter than digits."""
    return np.frombuffer(base64.b64decode(text), "{little}").astype("{dtype}").reshape(shape)
'''

MAIN = '''def main() -> None:
    """One step."""
    value = forward({{**PARAMETERS, **GIVEN}})
    print("loss before the update", {loss})
    new = update(value, backward(value))
    value = forward({{**new, **GIVEN}})
    print("loss after the update ", {loss})


if __name__ == "__main__":
    main()
'''


def numpy_script(moment: Moment) -> bytes:
    """The whole file."""
    spec = moment.spec
    head = HEAD.format(
        name=plain(spec.name), step=moment.step, rows=moment.rows, dtype=spec.dtype, little=LITTLE[spec.dtype]
    )
    loss = 'value["loss"] + value["penalty"]' if "penalty" in moment.graph.nodes else 'value["loss"]'
    parts = [
        head,
        title("the operations"),
        *with_helpers(_rules(moment)),
        title("the network"),
        _forward(moment),
        _backward(moment),
        _update(moment),
        title("the numbers"),
        *_data(moment),
        MAIN.format(loss=loss),
    ]
    return "\n\n\n".join(part.strip("\n") for part in parts).encode() + b"\n"


def _rules(moment: Moment) -> Iterator[Rule]:
    """Every function that the script calls, in the order of the network."""
    for node in moment.graph.nodes.values():
        if node.op and node.kind != "penalty":
            yield _forward_rule(node)
    yield from (rule for _, _, rule, _ in _edges(moment))
    if "penalty" in moment.graph.nodes:
        yield from (penalty, penalty_gradient)
    clip = moment.spec.optimizer.clip
    if clip:
        yield clip_value if isinstance(clip, ClipValue) else clip_norm
    yield RULES[moment.spec.optimizer.type].rule


def _forward_rule(node: Node) -> Rule:
    rule = forward_rule(node.op or "")
    assert rule is not None, f"{node.op} has no numpy form"
    return rule


def _edges(moment: Moment) -> Iterator[tuple[Node, int, Rule, dict[str, int]]]:
    """Node, place of the input, rule and which of a repeated input it is, in backward order."""
    graph = moment.graph
    wanted = graph.differentiable(with_input=False)
    for node in reversed(list(graph.nodes.values())):
        if node.op is None or node.kind == "penalty" or node.name not in wanted:
            continue
        names = OPS[node.op].inputs
        for place, name in enumerate(node.inputs):
            word = names[min(place, len(names) - 1)]
            rule = vjp_rule(node.op, word)
            if rule is not None and name in wanted and place not in getattr(node, "cuts", ()):
                yield node, place, rule, {"index": place - len(names) + 1} if word.endswith("*") else {}


def _forward(moment: Moment) -> str:
    lines = [
        "def forward(value: dict[str, Array]) -> dict[str, Array]:",
        '    """Every value, in the order in which it is computed, from parameters, inputs and targets."""',
    ]
    layer = ""
    for node in moment.graph.nodes.values():
        if node.layer != layer and node.kind not in {"target", "penalty"}:
            layer = node.layer
            lines.append(f"    # {_about(moment, layer)}")
        if node.kind == "penalty":
            counted = ", ".join(f'"{name}": value["{name}"]' for name in moment.counted())
            lines.append(f'    value["penalty"] = penalty({{{counted}}}, {_strengths(moment)})')
        elif node.op:
            arguments = ", ".join([f'value["{name}"]' for name in node.inputs] + _words(options_of(node)))
            lines.append(f'    value["{node.name}"] = {_forward_rule(node).__name__}({arguments})')
    return "\n".join([*lines, "    return value"])


def _about(moment: Moment, layer: str) -> str:
    """``hidden1: dense, reads input``."""
    found = moment.graph.layers.get(layer)
    if found is None:
        return f"the loss: {moment.spec.loss.type}"
    return f"{layer}: {found.spec.type}{', reads ' if found.inputs else ''}{', '.join(found.inputs)}"


def _backward(moment: Moment) -> str:
    lines = [
        "def backward(value: dict[str, Array]) -> dict[str, Array]:",
        '    """The gradient of the loss with respect to each value, by the chain rule, from the loss back."""',
        '    grad = {"loss": 1.0}',
    ]
    begun: set[str] = set()
    layer = ""
    for node, place, rule, index in _edges(moment):
        if node.layer != layer:
            layer = node.layer
            lines.append(f"    # {layer}")
        name = node.inputs[place]
        values = [f'grad["{node.name}"]', f'value["{node.name}"]', *(f'value["{read}"]' for read in node.inputs)]
        call = f"{rule.__name__}({', '.join(values + _words({**options_of(node), **index}))})"
        before = f'grad["{name}"] + ' if name in begun else ""  # used more than once: its gradients add up
        lines.append(f'    grad["{name}"] = {before}{call}')
        begun.add(name)
    if "penalty" in moment.graph.nodes:
        lines.append("    # the penalty adds its own gradient")
        lines += [
            f'    grad["{name}"] = grad["{name}"] + penalty_gradient(value["{name}"], {_strengths(moment)})'
            for name in moment.counted()
        ]
    return "\n".join([*lines, "    return grad"])


def _update(moment: Moment) -> str:
    optimizer = moment.spec.optimizer
    lines = [
        "def update(value: dict[str, Array], grad: dict[str, Array]) -> dict[str, Array]:",
        '    """w ← w + Δ for every parameter; the optimizer\'s slots move along."""',
        "    grad = {name: grad[name] for name in SLOTS}",
    ]
    if optimizer.clip:
        rule = "clip_value" if isinstance(optimizer.clip, ClipValue) else "clip_norm"
        lines.append(f"    grad = {rule}(grad, limit={optimizer.clip.limit!r})")
    name = RULES[optimizer.type].rule.__name__
    lines += [
        "    new = {}",
        "    for name in SLOTS:",
        f"        delta = {name}(value[name], grad[name], SLOTS[name], **OPTIMIZER)",
        "        new[name] = value[name] + delta",
    ]
    return "\n".join([*lines, *_running(moment), "    return new"])


def _running(moment: Moment) -> Iterator[str]:
    """What is not learned: it stays as it is, or follows the batch."""
    for name, parameter in moment.graph.parameters.items():
        if parameter.frozen:
            yield f'    new["{name}"] = value["{name}"]'
        elif parameter.running:
            follows, batch = parameter.running, f'value["{parameter.running.node}"]'
            correction = follows.correction(moment.rows)
            batch += "" if correction == 1 else f" * {correction!r}"  # a variance: with n - 1
            yield f'    new["{name}"] = value["{name}"] + {follows.momentum!r} * ({batch} - value["{name}"])'


def _data(moment: Moment) -> Iterator[str]:
    """Parameters, batch, slots and the optimizer's constants."""
    optimizer, dtype = moment.spec.optimizer, moment.spec.dtype
    yield table("PARAMETERS", "What is learned, before the update.", moment.parameters)
    yield table("GIVEN", f"The batch of step {moment.step}: what no operation computes.", moment.given)
    slots = {name: paper_slots(optimizer, moment.slots, name) for name in moment.graph.learned}
    flat = {f"{name} {slot}": array for name, kept in slots.items() for slot, array in kept.items()}
    yield table("KEPT", f"What the optimizer ({optimizer.type}) remembers of each parameter.", flat)
    slot_names = ", ".join(f'"{slot}"' for slot in RULES[optimizer.type].slots)
    kept = f'{{slot: KEPT[f"{{name}} {{slot}}"] for slot in [{slot_names}]}}'
    learned = ", ".join(f'"{name}"' for name in moment.graph.learned)
    yield f"SLOTS = {{name: {kept} for name in [{learned}]}}"
    fields = {"t": moment.optimizer_step + 1, **constants(optimizer, dtype, moment.learning_rate)}
    schedule = optimizer.schedule.type
    note = "" if schedule == "constant" else f"; the learning rate is this step's, by the schedule {schedule}"
    comment = f"#: The optimizer's constants; t is the number of this update, from 1{note}."
    yield f"{comment}\nOPTIMIZER = {{{_literals(fields)}}}"


def _literals(fields: dict[str, float]) -> str:
    """``"t": 1, "learning_rate": 0.1``; a schedule may have led the rate to infinity."""
    words = {name: repr(value) if isfinite(value) else f'float("{value}")' for name, value in fields.items()}
    return ", ".join(f'"{name}": {word}' for name, word in words.items())


def _words(options: dict[str, object]) -> list[str]:
    return [f"{name}={value!r}" for name, value in options.items()]


def _strengths(moment: Moment) -> str:
    return f"l1={moment.graph.regularization.l1!r}, l2={moment.graph.regularization.l2!r}"
