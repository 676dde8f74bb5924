"""What moves, picks, looks up and normalises numbers, as ONNX's operators."""

import numpy as np

from engine.export.onnx_builder import INT64, Builder, Emit
from engine.layers import Node

#: A place behind the end of every axis.
FAR = 2**62


def multiply(build: Builder, node: Node, inputs: tuple[str, ...]) -> None:
    """y = x₁ · x₂ · …; Mul takes two."""
    y = inputs[0]
    for x in inputs[1:-1]:
        y = build.op("Mul", y, x)
    build.op("Mul", y, inputs[-1] if len(inputs) > 1 else build.number(1.0), into=node.name)


def reshape(build: Builder, node: Node, inputs: tuple[str, ...]) -> None:
    """The batch axis stays as it is (0), the others are told."""
    build.op("Reshape", inputs[0], build.indices(0, *node.shape), into=node.name)


def transpose(build: Builder, node: Node, inputs: tuple[str, ...]) -> None:
    """The batch axis stays first."""
    build.op("Transpose", inputs[0], into=node.name, perm=(0, *(1 + axis for axis in node.options["axes"])))


def slice_of(build: Builder, node: Node, inputs: tuple[str, ...]) -> None:
    """From start up to stop along one axis of the example; no stop is a very far one."""
    axis, start, stop = (node.options[name] for name in ("axis", "start", "stop"))
    place = 1 + axis % len(node.shape)
    ends = build.indices(FAR if stop is None else stop)
    build.op("Slice", inputs[0], build.indices(start), ends, build.indices(place), into=node.name)


def clamp(build: Builder, node: Node, inputs: tuple[str, ...]) -> None:
    """y = x · free + value: 1 and 0 for a free unit, 0 and its value for a held one, along the axis."""
    axis, held = node.options["axis"], node.options["held"]
    units = node.shape[axis]
    shape = [units, *([1] * (len(node.shape) - 1 - axis % len(node.shape)))]
    free = np.array([float(unit not in held) for unit in range(units)], build.dtype).reshape(shape)
    values = np.array([held.get(unit, 0.0) for unit in range(units)], build.dtype).reshape(shape)
    kept = build.op("Mul", inputs[0], build.constant(free))
    build.op("Add", kept, build.constant(values), into=node.name)


def one_hot(build: Builder, node: Node, inputs: tuple[str, ...]) -> None:
    """Token ids come in as numbers of the network's dtype."""
    ids = build.op("Cast", inputs[0], to=INT64)
    off_on = build.op("Concat", build.vector(0.0), build.vector(1.0), axis=0)
    build.op("OneHot", ids, build.index(node.options["tokens"]), off_on, into=node.name, axis=-1)


def embedding(build: Builder, node: Node, inputs: tuple[str, ...]) -> None:
    """Rows of the table."""
    x, W = inputs
    build.op("Gather", W, build.op("Cast", x, to=INT64), into=node.name, axis=0)


def last(build: Builder, node: Node, inputs: tuple[str, ...]) -> None:
    """The last entry of the time axis, which goes away."""
    build.op("Gather", inputs[0], build.index(-1), into=node.name, axis=1)


def last_real(build: Builder, node: Node, inputs: tuple[str, ...]) -> None:
    """y = the time step Σ mask - 1 of each example."""
    x, mask = inputs
    count = build.op("ReduceSum", mask, build.indices(1), keepdims=1)
    place = build.op("Sub", build.op("Cast", count, to=INT64), build.indices(1))  # (N, 1)
    build.op("GatherND", x, place, into=node.name, batch_dims=1)


def layer_norm(build: Builder, node: Node, inputs: tuple[str, ...]) -> None:
    """ONNX computes it in float32, whatever comes in, unless told otherwise."""
    build.op("LayerNormalization", *inputs, into=node.name, axis=-1, epsilon=float(node.options["eps"]))


def part(build: Builder, node: Node, inputs: tuple[str, ...]) -> None:
    """A stretch of each axis that is told, then those of a single place go away."""
    cuts = [(cut, cut + 1) if isinstance(cut, int) else cut for cut in node.options["place"]]
    axes = range(1, len(cuts) + 1)
    away = [axis for axis, cut in zip(axes, node.options["place"], strict=True) if isinstance(cut, int)]
    starts, ends = (build.indices(*(cut[side] for cut in cuts)) for side in (0, 1))
    taken = build.op("Slice", inputs[0], starts, ends, build.indices(*axes), into="" if away else node.name)
    if away:
        build.op("Squeeze", taken, build.indices(*away), into=node.name)


def stack(build: Builder, node: Node, inputs: tuple[str, ...]) -> None:
    """Each with a time axis of length 1, then one after the other."""
    steps = [build.op("Unsqueeze", x, build.indices(1)) for x in inputs]
    build.op("Concat", *steps, into=node.name, axis=1)


EMITTERS: dict[str, Emit] = {
    "clamp": clamp,
    "multiply": multiply,
    "reshape": reshape,
    "transpose": transpose,
    "slice": slice_of,
    "one_hot": one_hot,
    "embedding": embedding,
    "last": last,
    "last_real": last_real,
    "layer_norm": layer_norm,
    "part": part,
    "stack": stack,
}
