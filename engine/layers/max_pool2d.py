"""a = the largest number under each window; (N, C, H, W) -> (N, C, Hout, Wout)."""

from engine.layers.base import Expansion, LayerType, Source, value_node
from engine.layers.windows import image_of, pool_options
from engine.spec.images import MaxPool2dLayer


def expand(spec: MaxPool2dLayer, sources: tuple[Source, ...]) -> Expansion:
    """``<id>.a``, with as many channels as the layer reads.

    Raises:
        ShapeMismatch: if it reads no images, or smaller ones than its window.
    """
    options = pool_options(spec, image_of("max_pool2d", spec.id, sources[0]))
    return Expansion(nodes=(value_node(spec, "max_pool2d", sources, **options),))


MAX_POOL2D = LayerType(
    name="max_pool2d",
    summary="Keeps the largest number under each window: the image shrinks, what was found stays.",
    formula=r"a_{i,j} = \max_{p,q}\, x_{s i + p,\, s j + q}",
    arity="one",
    expand=expand,
)
