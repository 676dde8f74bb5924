"""a = f(x), elementwise (softmax: over one axis, the last unless told otherwise)."""

from engine.errors import ShapeMismatch
from engine.layers.base import Expansion, LayerType, Source, value_node
from engine.spec import ActivationLayer
from engine.words import say


def expand(spec: ActivationLayer, sources: tuple[Source, ...]) -> Expansion:
    """``<id>.a``, of the shape that the layer reads.

    Raises:
        ShapeMismatch: if softmax is to run along an axis that the source does not have.
    """
    axes = len(sources[0].shape)
    if spec.function != "softmax":
        return Expansion(nodes=(value_node(spec, spec.function, sources),), mask=sources[0].mask)
    if not -axes <= spec.axis < axes:
        needed = spec.axis + 1 if spec.axis >= 0 else -spec.axis
        raise ShapeMismatch(
            say("softmax along axis {axis}", axis=spec.axis), ("N", *["…"] * needed), ("N", *sources[0].shape)
        )
    return Expansion(nodes=(value_node(spec, "softmax", sources, axis=spec.axis % axes - axes),), mask=sources[0].mask)


ACTIVATION = LayerType(
    name="activation",
    summary="A nonlinearity as a layer of its own.",
    formula=r"a = f(x)",
    arity="one",
    expand=expand,
)
