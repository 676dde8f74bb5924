"""a = gamma (x - mean) / √(variance + eps) + beta, each feature or channel by its mean and variance over the batch.

Vectors (N, D) by feature over N, sequences (N, T, D) by feature over N and T (padding counts), images (N, C, H, W) by
channel over N, H and W. In evaluation ``running_mean`` and ``running_variance`` stand in: parameters that are not
learned but follow the batch, running ← running + momentum · (batch - running), the variance with n - 1 (the batch
itself is normalised with n). All of this is PyTorch's.
"""

from math import prod

from engine.errors import ShapeMismatch
from engine.layers.base import Expansion, LayerType, Node, Parameter, Running, Source
from engine.spec import BatchNormLayer, Constant, Zeros


def expand(spec: BatchNormLayer, sources: tuple[Source, ...]) -> Expansion:
    """``<id>.mean``, ``variance`` (of the batch) and ``a``; parameters ``<id>.gamma``, ``beta`` and the running ones.

    Raises:
        ShapeMismatch: if an example has no axis.
    """
    (source,) = sources
    if not source.shape:
        raise ShapeMismatch("batch norm", ("N", "D"), ("N",))
    axis = 1 if len(source.shape) == 3 else -1
    width = source.shape[0] if axis == 1 else source.shape[-1]
    mean = _statistic(spec, "mean", (source.node,), width, axis)
    variance = _statistic(spec, "variance", (source.node, mean.name), width, axis)
    learned = _learned(spec, width)
    inputs = (source.node, mean.name, variance.name, *(parameter.name for parameter in learned))
    a = Node(f"{spec.id}.a", spec.id, "batch_norm", inputs, source.shape, {"axis": axis, "eps": spec.eps})
    running = _running(spec, width, prod(source.shape) // width)
    return Expansion(nodes=(mean, variance, a), parameters=(*learned, *running), mask=source.mask)


def _statistic(spec: BatchNormLayer, name: str, inputs: tuple[str, ...], width: int, axis: int) -> Node:
    """A node of the whole batch, (width,)."""
    full = f"{spec.id}.{name}"
    return Node(full, spec.id, f"batch_{name}", inputs, (width,), {"axis": axis}, kind="statistic")


def _learned(spec: BatchNormLayer, width: int) -> tuple[Parameter, Parameter]:
    ones = spec.initializer or Constant(value=1.0)
    gamma = Parameter(f"{spec.id}.gamma", spec.id, (width,), width, width, ones)
    return gamma, Parameter(f"{spec.id}.beta", spec.id, (width,), width, width, Zeros(), is_bias=True)


def _running(spec: BatchNormLayer, width: int, positions: int) -> tuple[Parameter, Parameter]:
    """What follows the batch's mean and variance: 0 and 1 at first."""

    def follower(name: str, first: Zeros | Constant, running: Running, minimum: float | None) -> Parameter:
        full = f"{spec.id}.running_{name}"
        return Parameter(full, spec.id, (width,), width, width, first, running=running, minimum=minimum)

    mean = Running(f"{spec.id}.mean", spec.momentum)
    variance = Running(f"{spec.id}.variance", spec.momentum, positions)
    return follower("mean", Zeros(), mean, None), follower("variance", Constant(value=1.0), variance, 0.0)


BATCH_NORM = LayerType(
    name="batch_norm",
    summary="Shifts and scales each feature to mean 0 and variance 1 over the batch, then by what it has learned.",
    formula=r"a = \gamma\, \dfrac{x - \mu}{\sqrt{\sigma^2 + \epsilon}} + \beta",
    arity="one",
    expand=expand,
)
