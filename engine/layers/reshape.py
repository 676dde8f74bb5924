"""a = the numbers of x in another shape, the last axis fastest."""

from engine.layers.base import Expansion, LayerType, Source, value_node
from engine.spec import ReshapeLayer


def expand(spec: ReshapeLayer, sources: tuple[Source, ...]) -> Expansion:
    """``<id>.a``, of the shape that is asked for.

    Raises:
        ShapeMismatch: if the input has not as many numbers.
    """
    return Expansion(nodes=(value_node(spec, "reshape", sources, to=spec.shape),))


RESHAPE = LayerType(
    name="reshape",
    summary="Arranges the numbers of each example in another shape.",
    formula=r"a = \operatorname{reshape}(x)",
    arity="one",
    expand=expand,
)
