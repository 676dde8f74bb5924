"""a = x_1 + x_2 + …, all of one shape: the joint of a skip connection."""

from engine.layers.base import Expansion, LayerType, Source, value_node
from engine.spec import AddLayer


def expand(spec: AddLayer, sources: tuple[Source, ...]) -> Expansion:
    """``<id>.a``, of the shape that all sources share.

    Raises:
        ShapeMismatch: if they do not.
    """
    return Expansion(nodes=(value_node(spec, "add", sources),), mask=sources[0].mask)


ADD = LayerType(
    name="add",
    summary="Adds what several layers say, entry by entry: a skip connection ends here.",
    formula=r"a = \textstyle\sum_k x_k",
    arity="many",
    expand=expand,
)
