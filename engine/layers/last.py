"""a = the last time step of x; x (N, T, D), a (N, D)."""

from engine.layers.base import Expansion, LayerType, Source, value_node
from engine.spec import LastLayer


def expand(spec: LastLayer, sources: tuple[Source, ...]) -> Expansion:
    """``<id>.a``, without the time axis.

    Raises:
        ShapeMismatch: if the source is no sequence.
    """
    return Expansion(nodes=(value_node(spec, "last", sources),))


LAST = LayerType(
    name="last",
    summary="Hands on the last time step of a sequence.",
    formula=r"a = x_{T}",
    arity="one",
    expand=expand,
)
