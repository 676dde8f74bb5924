"""Every operation as ONNX's operators: ``emit(build, node, inputs)`` adds them and writes the node's own name.

Constants are tensors of the network's dtype, never attributes: those have 32 bits, whatever the network computes in.
"""

import math

from engine.export import onnx_attention as attention
from engine.export import onnx_images as images
from engine.export import onnx_recurrence as recurrence
from engine.export import onnx_shaping as shaping
from engine.export.onnx_builder import Builder, Emit, alone
from engine.layers import Node
from engine.ops import LOSSES
from engine.ops.leaky_relu import SLOPE
from engine.ops.selu import ALPHA, SCALE


def dense(build: Builder, node: Node, inputs: tuple[str, ...]) -> None:
    """z = x W + b; Gemm knows matrices alone."""
    x, W, b = inputs
    if len(build.shape(x)) == 1:
        build.op("Gemm", x, W, b, into=node.name)
    else:
        build.op("Add", build.op("MatMul", x, W), b, into=node.name)


def dropout(build: Builder, node: Node, inputs: tuple[str, ...]) -> None:
    """y = x: outside of training nothing is dropped."""
    build.op("Identity", inputs[0], into=node.name)


def leaky_relu(build: Builder, node: Node, inputs: tuple[str, ...]) -> None:
    """a = max(z, 0.01 z)."""
    (z,) = inputs
    build.op("Max", z, build.op("Mul", z, build.number(SLOPE)), into=node.name)


def selu(build: Builder, node: Node, inputs: tuple[str, ...]) -> None:
    """a = SCALE (p + ALPHA (elu(z) - p)) with p = max(z, 0)."""
    (z,) = inputs
    p = build.op("Relu", z)
    negative = build.op("Mul", build.op("Sub", build.op("Elu", z), p), build.number(ALPHA))
    build.op("Mul", build.op("Add", p, negative), build.number(SCALE), into=node.name)


def gelu(build: Builder, node: Node, inputs: tuple[str, ...]) -> None:
    """a = z ½ (1 + erf(z/√2)); an operator of its own from operator set 20 on."""
    (z,) = inputs
    erf = build.op("Erf", build.op("Mul", z, build.number(1 / math.sqrt(2))))
    half = build.op("Mul", build.op("Add", erf, build.number(1.0)), build.number(0.5))
    build.op("Mul", z, half, into=node.name)


def silu(build: Builder, node: Node, inputs: tuple[str, ...]) -> None:
    """a = z σ(z)."""
    (z,) = inputs
    build.op("Mul", z, build.op("Sigmoid", z), into=node.name)


def concat(build: Builder, node: Node, inputs: tuple[str, ...]) -> None:
    """Side by side along one axis, told from the end."""
    build.op("Concat", *inputs, into=node.name, axis=node.options.get("axis", -1))


def softmax(build: Builder, node: Node, inputs: tuple[str, ...]) -> None:
    """Over one axis, told from the end."""
    build.op("Softmax", *inputs, into=node.name, axis=node.options.get("axis", -1))


#: Operation -> how it is written.
EMITTERS: dict[str, Emit] = {
    "dense": dense,
    "matmul": alone("MatMul"),
    "add": alone("Sum"),
    "concat": concat,
    "flatten": alone("Flatten", axis=1),
    "dropout": dropout,
    "linear": alone("Identity"),
    "relu": alone("Relu"),
    "leaky_relu": leaky_relu,
    "elu": alone("Elu"),
    "selu": selu,
    "gelu": gelu,
    "silu": silu,
    "tanh": alone("Tanh"),
    "sigmoid": alone("Sigmoid"),
    "softplus": alone("Softplus"),
    "sin": alone("Sin"),
    "softmax": softmax,
    **shaping.EMITTERS,
    **recurrence.EMITTERS,
    **images.EMITTERS,
    **attention.EMITTERS,
}

TRAINING_ONLY = "it belongs to the loss, and an ONNX file holds the network that answers, without its training"
#: Operations that are not written, and why.
NOT_WRITTEN: dict[str, str] = {
    **dict.fromkeys([*LOSSES, "until_end"], TRAINING_ONLY),
    **dict.fromkeys(["pixels", "gram", "apart", "roughness"], "it is for a picture that learns"),
    **dict.fromkeys(["batch_mean", "batch_variance"], "in evaluation a running average stands in its place"),
}
