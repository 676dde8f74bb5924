"""Windows that slide over images, as ONNX's operators."""

from typing import Any

import numpy as np

from engine.export.onnx_builder import Builder, Emit, alone
from engine.layers import Node


def conv2d(build: Builder, node: Node, inputs: tuple[str, ...]) -> None:
    """ONNX's Conv does not flip the kernel either."""
    options = node.options
    build.op(
        "Conv",
        *inputs,
        into=node.name,
        kernel_shape=build.shape(inputs[1])[2:],
        strides=options["stride"],
        pads=pads(options["padding"]),
        dilations=options["dilation"],
        group=options["groups"],
    )


def max_pool2d(build: Builder, node: Node, inputs: tuple[str, ...]) -> None:
    """Padding never wins there either."""
    options = node.options
    window = {"kernel_shape": options["size"], "strides": options["stride"], "pads": pads(options["padding"])}
    build.op("MaxPool", *inputs, into=node.name, **window)


def avg_pool2d(build: Builder, node: Node, inputs: tuple[str, ...]) -> None:
    """Padding counts."""
    options = node.options
    window = {"kernel_shape": options["size"], "strides": options["stride"], "pads": pads(options["padding"])}
    build.op("AveragePool", *inputs, into=node.name, count_include_pad=1, **window)


def upsample2d(build: Builder, node: Node, inputs: tuple[str, ...]) -> None:
    """Each number as a block; what ONNX calls scales is float32 whatever is resized."""
    scales = build.constant(np.array([1, 1, *node.options["factor"]], np.float32))
    how = {"mode": "nearest", "nearest_mode": "floor", "coordinate_transformation_mode": "asymmetric"}
    build.op("Resize", inputs[0], "", scales, into=node.name, **how)


def conv1d(build: Builder, node: Node, inputs: tuple[str, ...]) -> None:
    """Sequences have their channels last here, and first in ONNX."""
    x, *weights = inputs
    options = node.options
    z = build.op(
        "Conv",
        build.op("Transpose", x, perm=(0, 2, 1)),
        *weights,
        kernel_shape=build.shape(inputs[1])[2:],
        strides=(options["stride"],),
        pads=tuple(options["padding"]),
        dilations=(options["dilation"],),
        group=options["groups"],
    )
    build.op("Transpose", z, into=node.name, perm=(0, 2, 1))


def pads(padding: Any) -> tuple[int, ...]:
    """(above, left, below, right)."""
    (above, below), (left, right) = padding
    return above, left, below, right


EMITTERS: dict[str, Emit] = {
    "conv2d": conv2d,
    "correlate2d": conv2d,
    "conv1d": conv1d,
    "correlate1d": conv1d,
    "max_pool2d": max_pool2d,
    "avg_pool2d": avg_pool2d,
    "global_avg_pool2d": alone("ReduceMean", axes=(2, 3), keepdims=0),
    "upsample2d": upsample2d,
}
