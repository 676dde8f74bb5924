"""a = the mean of each feature map; (N, C, H, W) -> (N, C)."""

from engine.layers.base import Expansion, LayerType, Source, value_node
from engine.layers.windows import image_of
from engine.spec.images import GlobalAvgPool2dLayer


def expand(spec: GlobalAvgPool2dLayer, sources: tuple[Source, ...]) -> Expansion:
    """``<id>.a``, one number for each channel.

    Raises:
        ShapeMismatch: if it reads no images.
    """
    image_of("global_avg_pool2d", spec.id, sources[0])
    return Expansion(nodes=(value_node(spec, "global_avg_pool2d", sources),))


GLOBAL_AVG_POOL2D = LayerType(
    name="global_avg_pool2d",
    summary="The mean of each feature map: how much of its pattern there is in the whole image.",
    formula=r"a_c = \tfrac{1}{H W} \textstyle\sum_{h,w} x_{c,h,w}",
    arity="one",
    expand=expand,
)
