"""a = the mean of the numbers under each window, padding included as zeros; (N, C, H, W) -> (N, C, Hout, Wout)."""

from engine.layers.base import Expansion, LayerType, Source, value_node
from engine.layers.windows import image_of, pool_options
from engine.spec.images import AvgPool2dLayer


def expand(spec: AvgPool2dLayer, sources: tuple[Source, ...]) -> Expansion:
    """``<id>.a``, with as many channels as the layer reads.

    Raises:
        ShapeMismatch: if it reads no images, or smaller ones than its window.
    """
    options = pool_options(spec, image_of("avg_pool2d", spec.id, sources[0]))
    return Expansion(nodes=(value_node(spec, "avg_pool2d", sources, **options),))


AVG_POOL2D = LayerType(
    name="avg_pool2d",
    summary="The mean under each window: the image shrinks and blurs.",
    formula=r"a_{i,j} = \tfrac{1}{k_H k_W} \textstyle\sum_{p,q} x_{s i + p,\, s j + q}",
    arity="one",
    expand=expand,
)
