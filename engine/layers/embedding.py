"""a = row x of W, for each token id x; ids (N, T) or (N,) as whole floats, W (tokens, units), a (N, T, units).

PyTorch's ``nn.Embedding`` has the same orientation. First weights are standard normal there and here.
"""

from engine.layers.base import Expansion, LayerType, Node, Parameter, Source
from engine.ops import OPS
from engine.spec import EmbeddingLayer, Normal


def expand(spec: EmbeddingLayer, sources: tuple[Source, ...]) -> Expansion:
    """``<id>.a``, one axis more than the source; parameter ``<id>.W``."""
    (source,) = sources
    initializer = spec.initializer or Normal(std=1.0)
    W = Parameter(f"{spec.id}.W", spec.id, (spec.tokens, spec.units), spec.tokens, spec.units, initializer)
    shape = OPS["embedding"].shape((1, *source.shape), W.shape)[1:]
    a = Node(f"{spec.id}.a", spec.id, "embedding", (source.node, W.name), shape)
    return Expansion(nodes=(a,), parameters=(W,), mask=source.mask)


EMBEDDING = LayerType(
    name="embedding",
    summary="Gives each token a row of numbers, which is learned.",
    formula=r"a = W_{x}",
    arity="one",
    expand=expand,
)
