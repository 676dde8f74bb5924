"""a = the examples' features, as they come: where the network begins."""

from engine.arrays import Shape
from engine.layers.base import Expansion, LayerType, Node, Source
from engine.spec import InputLayer


def expand(spec: InputLayer, sources: tuple[Source, ...]) -> Expansion:
    """``<id>.a``, and of padded sequences ``<id>.mask``: their shapes the data tell, which are the only source here."""
    (data,) = sources
    shape: Shape = data.shape
    value = Node(f"{spec.id}.a", spec.id, op=None, inputs=(), shape=shape, kind="input")
    if data.mask is None:
        return Expansion(nodes=(value,))
    mask = Node(f"{spec.id}.mask", spec.id, "real_steps", (value.name,), shape[:1])
    return Expansion(nodes=(value, mask), value=value.name, mask=mask.name)


INPUT = LayerType(
    name="input",
    summary="The examples' features. May be left out.",
    formula=r"a = x",
    arity="none",
    expand=expand,
)
