"""a[0] = weight · mean (x[0] - x[to])², 0 for the others; (N, …) -> (N, 1)."""

from engine.layers.base import Expansion, LayerType, Source, value_node
from engine.spec.pictures import ApartLayer


def expand(spec: ApartLayer, sources: tuple[Source, ...]) -> Expansion:
    """``<id>.a``."""
    return Expansion(nodes=(value_node(spec, "apart", sources, to=spec.to, weight=spec.weight),))


APART = LayerType(
    name="apart",
    summary="How far the first example is from another of the batch.",
    formula=r"a_0 = \lambda\, \operatorname{mean}\,(x_0 - x_m)^2",
    arity="one",
    expand=expand,
)
