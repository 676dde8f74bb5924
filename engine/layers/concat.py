"""a = [x_1, x_2, …], side by side: rows and sequences along the last axis, images (C, H, W) channel by channel."""

from engine.layers.base import Expansion, LayerType, Source, value_node
from engine.spec import ConcatLayer


def expand(spec: ConcatLayer, sources: tuple[Source, ...]) -> Expansion:
    """``<id>.a``, with as many numbers as its sources together.

    Raises:
        ShapeMismatch: if they differ in any other axis.
    """
    axes = len(sources[0].shape)
    a = value_node(spec, "concat", sources, axis=-3 if axes == 3 else -1)
    return Expansion(nodes=(a,), mask=sources[0].mask if axes > 1 else None)  # of token ids the steps themselves add up


CONCAT = LayerType(
    name="concat",
    summary="Puts what several layers say side by side.",
    formula=r"a = [x_1, x_2, \dots]",
    arity="many",
    expand=expand,
)
