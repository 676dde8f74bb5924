"""a = x[start:stop] along one axis of the example."""

from engine.layers.base import Expansion, LayerType, Node, Source, value_node
from engine.spec import SliceLayer


def expand(spec: SliceLayer, sources: tuple[Source, ...]) -> Expansion:
    """``<id>.a``, the stretch of the source; and ``<id>.mask``, that of its mask, where time steps are taken.

    Raises:
        ShapeMismatch: if there is no such axis, or nothing of it is taken.
    """
    (source,) = sources
    a = value_node(spec, "slice", sources, axis=spec.axis, start=spec.start, stop=spec.stop)
    if source.mask is None or spec.axis % len(source.shape):
        return Expansion(nodes=(a,), mask=source.mask)
    options = {"axis": 0, "start": spec.start, "stop": spec.stop}
    mask = Node(f"{spec.id}.mask", spec.id, "slice", (source.mask,), a.shape[:1], options)
    return Expansion(nodes=(a, mask), value=a.name, mask=mask.name)


SLICE = LayerType(
    name="slice",
    summary="Takes a stretch of its input along one axis: some time steps, some channels, some numbers.",
    formula=r"a = x_{[\text{start}:\text{stop}]}",
    arity="one",
    expand=expand,
)
