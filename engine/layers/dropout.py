"""a = x·mask, with mask 0 with probability rate and 1 / (1 - rate) otherwise; all 1 in evaluation.

The mask is drawn at the start of each step, and is a node of its own, so that it can be seen.
"""

from engine.layers.base import Expansion, LayerType, Node, Source
from engine.spec import DropoutLayer


def expand(spec: DropoutLayer, sources: tuple[Source, ...]) -> Expansion:
    """``<id>.mask`` and ``<id>.a``, both of the shape that the layer reads."""
    (source,) = sources
    mask = Node(f"{spec.id}.mask", spec.id, None, (), source.shape, {"rate": spec.rate}, kind="mask")
    a = Node(f"{spec.id}.a", spec.id, "dropout", (source.node, mask.name), source.shape)
    return Expansion(nodes=(mask, a), mask=source.mask)


DROPOUT = LayerType(
    name="dropout",
    summary="Silences each number with some probability while training, so that no unit can rely on another.",
    formula=r"a = x \odot m, \quad m \in \{0, \tfrac{1}{1 - p}\}",
    arity="one",
    expand=expand,
)
