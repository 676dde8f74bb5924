"""a = f(x), elementwise (softmax: over the last axis)."""

from engine.layers.base import Expansion, LayerType, Source, value_node
from engine.spec import ActivationLayer


def expand(spec: ActivationLayer, sources: tuple[Source, ...]) -> Expansion:
    """``<id>.a``, of the shape that the layer reads."""
    return Expansion(nodes=(value_node(spec, spec.function, sources),))


ACTIVATION = LayerType(
    name="activation",
    summary="A nonlinearity as a layer of its own.",
    formula=r"a = f(x)",
    arity="one",
    expand=expand,
)
