"""z = x ⋆ kernel + b,  a = activation(z)   with x (N, C, H, W), kernel (F, C / groups, kH, kW), z (N, F, Hout, Wout).

A cross-correlation: the kernel is not flipped.
"""

from engine.layers.base import Expansion, LayerType, Source
from engine.layers.convolution import convolution
from engine.layers.windows import image_of, padding_of, pair
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
    return convolution(spec, source, source.shape[0], size, ("conv2d", "correlate2d"), options)


CONV2D = LayerType(
    name="conv2d",
    summary="A little window slides over the image and looks for the same pattern everywhere.",
    formula=r"z = x \star k + b, \quad a = f(z)",
    arity="one",
    expand=expand,
)
