"""a = gamma (x - mean) / sqrt(variance + eps) + beta, over the last axis; x and a (N, …, D), gamma and beta (D,)."""

from engine.errors import ShapeMismatch
from engine.layers.base import Expansion, LayerType, Node, Parameter, Source
from engine.spec import Constant, LayerNormLayer, Zeros
from engine.words import say


def expand(spec: LayerNormLayer, sources: tuple[Source, ...]) -> Expansion:
    """``<id>.a``; parameters ``<id>.gamma`` (1 at first, or by the initializer) and ``<id>.beta`` (0 at first).

    Raises:
        ShapeMismatch: if an example has no axis.
    """
    (source,) = sources
    if not source.shape:
        raise ShapeMismatch(say('layer "{id}"', id=spec.id), ("N", "D"), ("N",))
    width = source.shape[-1]
    ones = spec.initializer or Constant(value=1.0)
    gamma = Parameter(f"{spec.id}.gamma", spec.id, (width,), width, width, ones)
    beta = Parameter(f"{spec.id}.beta", spec.id, (width,), width, width, Zeros(), is_bias=True)
    inputs = (source.node, gamma.name, beta.name)
    a = Node(f"{spec.id}.a", spec.id, "layer_norm", inputs, source.shape, {"eps": spec.eps})
    return Expansion(nodes=(a,), parameters=(gamma, beta), mask=source.mask)


LAYER_NORM = LayerType(
    name="layer_norm",
    summary="Shifts and scales the numbers of each example to mean 0 and variance 1, then by what it has learned.",
    formula=r"a = \gamma\, \dfrac{x - \mu}{\sqrt{\sigma^2 + \epsilon}} + \beta",
    arity="one",
    expand=expand,
)
