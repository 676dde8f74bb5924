"""a = the examples' features, as they come: where the network begins."""

from engine.arrays import Shape
from engine.layers.base import Expansion, LayerType, Node, Source
from engine.spec import InputLayer


def expand(spec: InputLayer, sources: tuple[Source, ...]) -> Expansion:
    """``<id>.a``, whose shape the data tells: here they are the only source, under the name of the node itself."""
    shape: Shape = sources[0].shape
    return Expansion(nodes=(Node(f"{spec.id}.a", spec.id, op=None, inputs=(), shape=shape, kind="input"),))


INPUT = LayerType(
    name="input",
    summary="The examples' features. May be left out.",
    formula=r"a = x",
    arity="none",
    expand=expand,
)
