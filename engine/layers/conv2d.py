"""z = x ⋆ kernel + b,  a = activation(z)   with x (N, C, H, W), kernel (F, C / groups, kH, kW), z (N, F, Hout, Wout).

A cross-correlation: the kernel is not flipped.
"""

from math import prod

from engine.initializers import default_initializer
from engine.layers.base import Expansion, LayerType, Node, Parameter, Source
from engine.layers.windows import image_of, padding_of, pair
from engine.ops import OPS
from engine.spec.images import Conv2dLayer


def expand(spec: Conv2dLayer, sources: tuple[Source, ...]) -> Expansion:
    """``<id>.z`` and ``<id>.a``; parameters ``<id>.kernel`` and, with ``use_bias``, ``<id>.b``.

    Raises:
        ShapeMismatch: if the layer reads no images, or such as are too small or have channels that groups cannot share.
    """
    (source,) = sources
    image = image_of("conv2d", spec.id, source)
    size, stride, dilation = pair(spec.kernel), pair(spec.stride), pair(spec.dilation)
    padding = padding_of(spec.padding, image, size, stride, dilation)
    options = {"stride": stride, "padding": padding, "dilation": dilation, "groups": spec.groups}
    parameters = _parameters(spec, source.shape[0])
    op = "conv2d" if spec.use_bias else "correlate2d"
    shape = OPS[op].shape((1, *source.shape), *(parameter.shape for parameter in parameters), **options)[1:]
    inputs = (source.node, *(parameter.name for parameter in parameters))
    z = Node(f"{spec.id}.z", spec.id, op, inputs, shape, options)
    a = Node(f"{spec.id}.a", spec.id, spec.activation, (z.name,), shape)
    return Expansion(nodes=(z, a), parameters=parameters)


def _parameters(spec: Conv2dLayer, channels: int) -> tuple[Parameter, ...]:
    size = pair(spec.kernel)
    shape = (spec.filters, max(1, channels // spec.groups), *size)
    fans = prod(shape[1:]), spec.filters * prod(size)
    weights = spec.initializer or default_initializer(spec.activation)
    kernel = Parameter(f"{spec.id}.kernel", spec.id, shape, *fans, weights)
    b = Parameter(f"{spec.id}.b", spec.id, (spec.filters,), *fans, spec.bias_initializer, is_bias=True)
    return (kernel, b) if spec.use_bias else (kernel,)


CONV2D = LayerType(
    name="conv2d",
    summary="A little window slides over the image and looks for the same pattern everywhere.",
    formula=r"z = x \star k + b, \quad a = f(z)",
    arity="one",
    expand=expand,
)
