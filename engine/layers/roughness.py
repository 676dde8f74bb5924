"""a[0] = weight · mean squared difference of neighbours, 0 for the others; (N, C, H, W) -> (N, 1)."""

from engine.layers.base import Expansion, LayerType, Source, value_node
from engine.layers.windows import image_of
from engine.spec.pictures import RoughnessLayer


def expand(spec: RoughnessLayer, sources: tuple[Source, ...]) -> Expansion:
    """``<id>.a``.

    Raises:
        ShapeMismatch: if it reads no images.
    """
    image_of("roughness", spec.id, sources[0])
    return Expansion(nodes=(value_node(spec, "roughness", sources, weight=spec.weight),))


ROUGHNESS = LayerType(
    name="roughness",
    summary="How much neighbouring pixels of the first picture differ.",
    formula=r"a_0 = \tfrac{\lambda}{C H W} \textstyle\sum (x_{h+1,w} - x_{h,w})^2 + (x_{h,w+1} - x_{h,w})^2",
    arity="one",
    expand=expand,
)
