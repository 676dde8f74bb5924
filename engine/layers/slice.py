"""a = x[start:stop] along one axis of the example."""

from engine.layers.base import Expansion, LayerType, Source, value_node
from engine.spec import SliceLayer


def expand(spec: SliceLayer, sources: tuple[Source, ...]) -> Expansion:
    """``<id>.a``, the stretch of the source.

    Raises:
        ShapeMismatch: if there is no such axis, or nothing of it is taken.
    """
    return Expansion(nodes=(value_node(spec, "slice", sources, axis=spec.axis, start=spec.start, stop=spec.stop),))


SLICE = LayerType(
    name="slice",
    summary="Takes a stretch of its input along one axis: some time steps, some channels, some numbers.",
    formula=r"a = x_{[\text{start}:\text{stop}]}",
    arity="one",
    expand=expand,
)
