"""a = each number as a block of equal numbers; (N, C, H, W) -> (N, C, fH · H, fW · W)."""

from engine.layers.base import Expansion, LayerType, Source, value_node
from engine.layers.windows import image_of, pair
from engine.spec.images import UpsampleLayer


def expand(spec: UpsampleLayer, sources: tuple[Source, ...]) -> Expansion:
    """``<id>.a``, as many times as large as the layer is told.

    Raises:
        ShapeMismatch: if it reads no images.
    """
    image_of("upsample", spec.id, sources[0])
    return Expansion(nodes=(value_node(spec, "upsample2d", sources, factor=pair(spec.factor)),))


UPSAMPLE = LayerType(
    name="upsample",
    summary="Makes the image larger: each number becomes a block.",
    formula=r"a_{i,j} = x_{\lfloor i / f_H \rfloor,\, \lfloor j / f_W \rfloor}",
    arity="one",
    expand=expand,
)
