"""The parts of recurrent layers, one time step at a time, as ONNX's operators.

ONNX has LSTM, GRU and RNN as operators of their own; these show every gate of every time step under its name.
"""

import numpy as np

from engine.export.onnx_builder import Builder, Emit
from engine.layers import Node
from engine.ops.attend import NOWHERE


def recur(build: Builder, node: Node, inputs: tuple[str, ...]) -> None:
    """z = x + h_prev W."""
    x, h_prev, W = inputs
    build.op("Add", x, build.op("MatMul", h_prev, W), into=node.name)


def lstm_cell(build: Builder, node: Node, inputs: tuple[str, ...]) -> None:
    """c = f·c_prev + i·g."""
    f, c_prev, i, g = inputs
    build.op("Add", build.op("Mul", f, c_prev), build.op("Mul", i, g), into=node.name)


def between(build: Builder, node: Node, m: str, x: str, other: str) -> None:
    """y = other + m·(x - other)."""
    build.op("Add", other, build.op("Mul", m, build.op("Sub", x, other)), into=node.name)


def gru_mix(build: Builder, node: Node, inputs: tuple[str, ...]) -> None:
    """h = update·h_prev + (1 - update)·candidate."""
    update, h_prev, candidate = inputs
    between(build, node, update, h_prev, candidate)


def carry(build: Builder, node: Node, inputs: tuple[str, ...]) -> None:
    """y = m·x + (1 - m)·prev."""
    m, x, prev = inputs
    between(build, node, m, x, prev)


def choose(build: Builder, node: Node, inputs: tuple[str, ...]) -> None:
    """The true symbol where the teacher speaks, else the best guess."""
    target, teach, scores = inputs
    guess = build.op("CastLike", build.op("ArgMax", scores, axis=1, keepdims=0), scores)
    build.op("Where", build.op("Greater", teach, build.number(0.0)), target, guess, into=node.name)


def attend(build: Builder, node: Node, inputs: tuple[str, ...]) -> None:
    """keys · h, and -10³⁰ at the padding."""
    h, keys, *mask = inputs
    column = build.op("Unsqueeze", h, build.indices(2))
    scores = build.op("Squeeze", build.op("MatMul", keys, column), build.indices(2))
    if mask:
        padding = build.op("Equal", mask[0], build.number(0.0))
        scores = build.op("Where", padding, build.number(NOWHERE), scores)
    build.op("Identity", scores, into=node.name)


def blend(build: Builder, node: Node, inputs: tuple[str, ...]) -> None:
    """Weights · values."""
    row = build.op("Unsqueeze", inputs[0], build.indices(1))
    build.op("Squeeze", build.op("MatMul", row, inputs[1]), build.indices(1), into=node.name)


def real_steps(build: Builder, node: Node, inputs: tuple[str, ...]) -> None:
    """m = 1 where this step or one after it is not all 0: a running sum from the end that is not 0."""
    size = build.op("Abs", inputs[0])
    if len(build.shape(inputs[0])) > 1:
        size = build.op("ReduceMax", size, axes=(2,), keepdims=0)
    here = build.op("Sign", size)
    build.op("Sign", build.op("CumSum", here, build.index(1), reverse=1), into=node.name)


def state(build: Builder, node: Node) -> None:
    """What a recurrence begins with: 0, for as many examples as come in."""
    rows = build.op("Slice", build.op("Shape", build.batch), build.indices(0), build.indices(1))
    shape = build.op("Concat", rows, build.indices(*node.shape), axis=0)
    build.op("ConstantOfShape", shape, into=node.name, value=np.zeros(1, build.dtype))


EMITTERS: dict[str, Emit] = {
    "choose": choose,
    "attend": attend,
    "blend": blend,
    "recur": recur,
    "lstm_cell": lstm_cell,
    "gru_mix": gru_mix,
    "carry": carry,
    "real_steps": real_steps,
}
