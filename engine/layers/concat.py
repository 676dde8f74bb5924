"""a = [x_1, x_2, …], side by side along the last axis."""

from engine.layers.base import Expansion, LayerType, Source, value_node
from engine.spec import ConcatLayer


def expand(spec: ConcatLayer, sources: tuple[Source, ...]) -> Expansion:
    """``<id>.a``, as wide as its sources together.

    Raises:
        ShapeMismatch: if they differ in any axis but the last.
    """
    return Expansion(nodes=(value_node(spec, "concat", sources),), mask=sources[0].mask)


CONCAT = LayerType(
    name="concat",
    summary="Puts what several layers say side by side.",
    formula=r"a = [x_1, x_2, \dots]",
    arity="many",
    expand=expand,
)
