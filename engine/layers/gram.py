"""a[c,d] = Σ x[c,h,w] x[d,h,w] / (C H W); (N, C, H, W) -> (N, 1, C, C)."""

from engine.layers.base import Expansion, LayerType, Source, value_node
from engine.layers.windows import image_of
from engine.spec.pictures import GramLayer


def expand(spec: GramLayer, sources: tuple[Source, ...]) -> Expansion:
    """``<id>.a``.

    Raises:
        ShapeMismatch: if it reads no images.
    """
    image_of("gram", spec.id, sources[0])
    return Expansion(nodes=(value_node(spec, "gram", sources),))


GRAM = LayerType(
    name="gram",
    summary="How strongly each two feature maps go together, wherever in the picture: its style.",
    formula=r"G_{c,d} = \tfrac{1}{C H W} \textstyle\sum_{h,w} x_{c,h,w}\, x_{d,h,w}",
    arity="one",
    expand=expand,
)
