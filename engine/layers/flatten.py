"""a = x with each example as one row of numbers: (N, …) -> (N, D)."""

from engine.layers.base import Expansion, LayerType, Source, value_node
from engine.spec import FlattenLayer


def expand(spec: FlattenLayer, sources: tuple[Source, ...]) -> Expansion:
    """``<id>.a``, of shape (N, product of the other axes)."""
    return Expansion(nodes=(value_node(spec, "flatten", sources),))


FLATTEN = LayerType(
    name="flatten",
    summary="Lays each example out as one row of numbers.",
    formula=r"a_{n,k} = x_{n,i,j,\dots}",
    arity="one",
    expand=expand,
)
