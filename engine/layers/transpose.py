"""a = x with the axes of each example in another order."""

from engine.layers.base import Expansion, LayerType, Source, value_node
from engine.spec import TransposeLayer


def expand(spec: TransposeLayer, sources: tuple[Source, ...]) -> Expansion:
    """``<id>.a``, whose axis k is axis ``axes[k]`` of the source.

    Raises:
        ShapeMismatch: if the axes are not those of the source, each once.
    """
    return Expansion(nodes=(value_node(spec, "transpose", sources, axes=spec.axes),))


TRANSPOSE = LayerType(
    name="transpose",
    summary="Exchanges the axes of each example: rows become columns.",
    formula=r"a = x^\top",
    arity="one",
    expand=expand,
)
