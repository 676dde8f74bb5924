"""What the convolution layers share: parameters and nodes."""

from math import prod
from typing import Any

from engine.arrays import Shape
from engine.initializers import default_initializer
from engine.layers.base import Expansion, Node, Parameter, Source
from engine.ops import OPS
from engine.spec.images import ConvLayer


def convolution(
    spec: ConvLayer, source: Source, channels: int, size: Shape, ops: tuple[str, str], options: dict[str, Any]
) -> Expansion:
    """``<id>.z`` and ``<id>.a``; parameters ``<id>.kernel`` and, with ``use_bias``, ``<id>.b``.

    Args:
        spec: the layer's description.
        source: what it reads.
        channels: of what it reads.
        size: of the window.
        ops: the operation with a bias, and the one without.
        options: of the operation.
    """
    op = ops[0] if spec.use_bias else ops[1]
    parameters = _parameters(spec, channels, size)
    shape = OPS[op].shape((1, *source.shape), *(parameter.shape for parameter in parameters), **options)[1:]
    inputs = (source.node, *(parameter.name for parameter in parameters))
    z = Node(f"{spec.id}.z", spec.id, op, inputs, shape, options)
    a = Node(f"{spec.id}.a", spec.id, spec.activation, (z.name,), shape)
    return Expansion(nodes=(z, a), parameters=parameters)


def _parameters(spec: ConvLayer, channels: int, size: Shape) -> tuple[Parameter, ...]:
    shape = (spec.filters, max(1, channels // spec.groups), *size)
    fans = prod(shape[1:]), spec.filters * prod(size)
    weights = spec.initializer or default_initializer(spec.activation)
    kernel = Parameter(f"{spec.id}.kernel", spec.id, shape, *fans, weights)
    b = Parameter(f"{spec.id}.b", spec.id, (spec.filters,), *fans, spec.bias_initializer, is_bias=True)
    return (kernel, b) if spec.use_bias else (kernel,)
