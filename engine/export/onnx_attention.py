"""Attention and batch normalisation, as ONNX's operators."""

import math

import numpy as np

from engine.export.onnx_builder import Builder, Emit
from engine.layers import Node


def by_head(build: Builder, x: str, heads: int, *order: int) -> str:
    """(N, T, U) as (N, heads, T, d), or in another order of the axes N, T, heads, d."""
    return build.op("Transpose", build.op("Reshape", x, build.indices(0, 0, heads, -1)), perm=order)


def scores(build: Builder, node: Node, inputs: tuple[str, ...]) -> None:
    """q kᵀ / √d."""
    (q, k), heads = inputs, node.options["heads"]
    product = build.op("MatMul", by_head(build, q, heads, 0, 2, 1, 3), by_head(build, k, heads, 0, 2, 3, 1))
    scale = 1 / math.sqrt(build.shape(q)[1] // heads)
    build.op("Mul", product, build.number(scale), into=node.name)


def weights(build: Builder, node: Node, inputs: tuple[str, ...]) -> None:
    """Softmax over the keys, where those that are not seen have the score -∞."""
    seen = inputs[0]
    if node.options["causal"]:
        later = np.triu(np.full(node.shape[1:], -np.inf, build.dtype), 1)
        seen = build.op("Add", seen, build.constant(later))
    if len(inputs) > 1:
        padding = build.op("Equal", build.op("Unsqueeze", inputs[1], build.indices(1, 2)), build.number(0.0))
        seen = build.op("Where", padding, build.number(-np.inf), seen)
    build.op("Softmax", seen, into=node.name, axis=-1)


def mix(build: Builder, node: Node, inputs: tuple[str, ...]) -> None:
    """Weights v, the heads side by side."""
    w, v = inputs
    product = build.op("MatMul", w, by_head(build, v, build.shape(w)[0], 0, 2, 1, 3))
    by_time = build.op("Transpose", product, perm=(0, 2, 1, 3))
    build.op("Reshape", by_time, build.indices(0, 0, -1), into=node.name)


def batch_norm(build: Builder, node: Node, inputs: tuple[str, ...]) -> None:
    """y = (x - mean)·gamma / √(variance + eps) + beta, along one axis."""
    x, *vectors = inputs
    behind = 0 if node.options["axis"] == -1 else len(node.shape) - node.options["axis"]
    shape = build.indices(-1, *[1] * behind)
    mean, variance, gamma, beta = (build.op("Reshape", vector, shape) for vector in vectors)
    root = build.op("Sqrt", build.op("Add", variance, build.number(node.options["eps"])))
    normal = build.op("Mul", build.op("Sub", x, mean), build.op("Div", gamma, root))
    build.op("Add", normal, beta, into=node.name)


EMITTERS: dict[str, Emit] = {
    "attention_scores": scores,
    "attention_weights": weights,
    "attention_weights_masked": weights,
    "attention_mix": mix,
    "batch_norm": batch_norm,
}
