"""a = x_1 · x_2 · …, all of one shape: a gate."""

from engine.layers.base import Expansion, LayerType, Source, value_node
from engine.spec import MultiplyLayer


def expand(spec: MultiplyLayer, sources: tuple[Source, ...]) -> Expansion:
    """``<id>.a``, of the shape that all sources share.

    Raises:
        ShapeMismatch: if they do not.
    """
    return Expansion(nodes=(value_node(spec, "multiply", sources),), mask=sources[0].mask)


MULTIPLY = LayerType(
    name="multiply",
    summary="Multiplies what several layers say, number by number: one opens and closes the other like a gate.",
    formula=r"a = \textstyle\prod_k x_k",
    arity="many",
    expand=expand,
)
