"""a = the last real time step of x; x (N, T, D), a (N, D)."""

from engine.layers.base import Expansion, LayerType, Source, value_node
from engine.spec import LastLayer


def expand(spec: LastLayer, sources: tuple[Source, ...]) -> Expansion:
    """``<id>.a``, without the time axis; of padded sequences the step before the padding.

    Raises:
        ShapeMismatch: if the source is no sequence.
    """
    (source,) = sources
    if source.mask is None:
        return Expansion(nodes=(value_node(spec, "last", sources),))
    return Expansion(nodes=(value_node(spec, "last_real", (source, Source(source.mask, source.shape[:1]))),))


LAST = LayerType(
    name="last",
    summary="Hands on the last time step of a sequence, before its padding begins.",
    formula=r"a = x_{T}",
    arity="one",
    expand=expand,
)
