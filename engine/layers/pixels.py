"""a[0] = image, a[n] = x[n]: a picture that is learned, before the others of the batch; (N, C, H, W)."""

from math import prod

from engine.layers.base import Expansion, LayerType, Node, Parameter, Source
from engine.layers.windows import image_of
from engine.spec.pictures import PixelsLayer


def expand(spec: PixelsLayer, sources: tuple[Source, ...]) -> Expansion:
    """``<id>.a``; parameter ``<id>.image`` (C, H, W).

    Raises:
        ShapeMismatch: if it reads no images.
    """
    (source,) = sources
    image_of("pixels", spec.id, source)
    rule = spec.initializer or type(spec).model_fields["initializer"].default
    image = Parameter(f"{spec.id}.image", spec.id, source.shape, 1, prod(source.shape), rule)
    a = Node(f"{spec.id}.a", spec.id, "pixels", (source.node, image.name), source.shape)
    return Expansion(nodes=(a,), parameters=(image,))


PIXELS = LayerType(
    name="pixels",
    summary="A picture that is learned stands in place of the first; the others are as they are given.",
    formula=r"a_0 = \text{image}, \quad a_n = x_n",
    arity="one",
    expand=expand,
)
