"""z = x W + b,  a = activation(z)   with x (N, …, fan_in), W (fan_in, units), b (units,), z and a (N, …, units).

On a sequence (N, T, D) it is time-distributed: every time step goes through the same weights.
"""

from engine.errors import ShapeMismatch
from engine.initializers import default_initializer
from engine.layers.base import Expansion, LayerType, Node, Parameter, Source
from engine.spec import DenseLayer
from engine.words import say


def expand(spec: DenseLayer, sources: tuple[Source, ...]) -> Expansion:
    """``<id>.z`` and ``<id>.a``; parameters ``<id>.W`` and, with ``use_bias``, ``<id>.b``.

    Raises:
        ShapeMismatch: if the layer reads an image: in which order its numbers stand is for a flatten layer to say.
    """
    (source,) = sources
    if len(source.shape) not in {1, 2}:
        raise ShapeMismatch(
            say('dense layer "{id}" (a flatten layer before it helps)', id=spec.id), ("N", "D"), ("N", *source.shape)
        )
    parameters = _parameters(spec, fan_in=source.shape[-1])
    names = tuple(parameter.name for parameter in parameters)
    shape = (*source.shape[:-1], spec.units)
    z = Node(f"{spec.id}.z", spec.id, "dense" if spec.use_bias else "matmul", (source.node, *names), shape)
    a = Node(f"{spec.id}.a", spec.id, spec.activation, (z.name,), z.shape)
    return Expansion(nodes=(z, a), parameters=parameters, mask=source.mask)


def _parameters(spec: DenseLayer, fan_in: int) -> tuple[Parameter, ...]:
    weights = spec.initializer or default_initializer(spec.activation)
    W = Parameter(f"{spec.id}.W", spec.id, (fan_in, spec.units), fan_in, spec.units, weights)
    b = Parameter(f"{spec.id}.b", spec.id, (spec.units,), fan_in, spec.units, spec.bias_initializer, is_bias=True)
    return (W, b) if spec.use_bias else (W,)


DENSE = LayerType(
    name="dense",
    summary="Every unit reads every number of the layer before: a weighted sum, then a nonlinearity.",
    formula=r"z = x W + b, \quad a = f(z)",
    arity="one",
    expand=expand,
)
