"""a[k] = 1 where k is the token x, else 0; token ids come in as whole floats, (N, T) or (N,)."""

from engine.layers.base import Expansion, LayerType, Source, value_node
from engine.spec import OneHotLayer


def expand(spec: OneHotLayer, sources: tuple[Source, ...]) -> Expansion:
    """``<id>.a``: one axis more than the source, of length ``tokens``."""
    return Expansion(nodes=(value_node(spec, "one_hot", sources, tokens=spec.tokens),), mask=sources[0].mask)


ONE_HOT = LayerType(
    name="one_hot",
    summary="Writes each token as a row of zeros with a 1 at its place.",
    formula=r"a_k = [\,x = k\,]",
    arity="one",
    expand=expand,
)
