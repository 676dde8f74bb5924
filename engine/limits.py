"""What a server allows, and what a description costs. Checked before anything is allocated."""

from collections.abc import Mapping

from pydantic import BaseModel, ConfigDict, Field

from engine.errors import LimitExceeded
from engine.graph import Graph, GraphLayer, size
from engine.spec import InputLayer, SessionSpec

#: Floating-point operations per entry of an elementwise operation, forward and backward together; an exp counts a few.
_ELEMENTWISE = 20
#: Per parameter: an optimizer reads and writes each some ten times.
_UPDATE = 12


class Limits(BaseModel):
    """Upper bounds for one session."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    layers: int = Field(default=64, ge=1, description="layers in a network")
    units: int = Field(default=512, ge=1, description="numbers in the value of one layer")
    parameters: int = Field(default=1_000_000, ge=1, description="numbers that are learned")
    batch: int = Field(default=1024, ge=1, description="examples in a step")
    rows: int = Field(default=20_000, ge=1, description="examples in a dataset")
    columns: int = Field(default=4096, ge=1, description="features of an example")
    values: int = Field(default=8_000_000, ge=1, description="numbers in the values of all nodes for one batch")
    flops: float = Field(default=2e9, gt=0, description="estimated floating-point operations in a step")


def check_spec(spec: SessionSpec, limits: Limits) -> None:
    """What can be told before the data are there.

    Raises:
        LimitExceeded: with the path of what is too large.
    """
    if len(spec.layers) > limits.layers:
        raise LimitExceeded("layers", limits.layers, len(spec.layers), ("layers",))
    for index, layer in enumerate(spec.layers):
        units = getattr(layer, "units", 0) or 0
        if units > limits.units:
            raise LimitExceeded(f'units of layer "{layer.id}"', limits.units, units, ("layers", index, "units"))
    if spec.batch_size != "full" and spec.batch_size > limits.batch:
        raise LimitExceeded("batch size", limits.batch, spec.batch_size, ("batch_size",))


def check_graph(graph: Graph, *, rows: int, batch: int, limits: Limits) -> None:
    """What the graph costs on this many examples.

    Args:
        graph: the network.
        rows: examples in the dataset.
        batch: examples in a step.
        limits: what is allowed.

    Raises:
        LimitExceeded: with the path of what is too large.
    """
    if rows > limits.rows:
        raise LimitExceeded("rows of data", limits.rows, rows, ("dataset",))
    if batch > limits.batch:
        raise LimitExceeded("batch size", limits.batch, batch, ("batch_size",))
    for layer in graph.layers.values():
        _check_layer(layer, limits)
    if graph.parameter_count > limits.parameters:
        raise LimitExceeded("parameters", limits.parameters, graph.parameter_count, ("layers",))
    values = held_values(graph, batch)
    if values > limits.values:
        raise LimitExceeded("numbers in the values of all nodes for one batch", limits.values, values, ("batch_size",))
    flops = estimated_flops(graph, batch)
    if flops > limits.flops:
        raise LimitExceeded("estimated floating-point operations in a step", limits.flops, flops, ("batch_size",))


def _check_layer(layer: GraphLayer, limits: Limits) -> None:
    numbers = size(layer.shape)
    if isinstance(layer.spec, InputLayer):
        if numbers > limits.columns:
            raise LimitExceeded("features of an example", limits.columns, numbers, ("dataset",))
    elif numbers > max(limits.units, limits.columns if layer.spec.type == "flatten" else 0):
        raise LimitExceeded(f'units of layer "{layer.id}"', limits.units, numbers, ("layers", layer.index or 0))


def held_values(graph: Graph, batch: int) -> int:
    """Numbers in the values of all nodes for one batch; the gradients are about as many again."""
    return batch * sum(size(node.shape) for node in graph.nodes.values())


def estimated_flops(graph: Graph, batch: int) -> float:
    """Floating-point operations of one training step: 2·N·fan_in·units for each of three products of a dense layer."""
    weights = sum(size(p.shape) for p in graph.parameters.values() if not p.is_bias)
    entries = sum(size(node.shape) for node in graph.nodes.values())
    return float(batch * (6 * weights + _ELEMENTWISE * entries) + _UPDATE * graph.parameter_count)


def usage(graph: Graph, *, rows: int, batch: int) -> Mapping[str, float]:
    """What a session takes of each limit, to be shown beside it."""
    return {
        "layers": sum(layer.index is not None for layer in graph.layers.values()),
        "units": max(size(layer.shape) for layer in graph.layers.values() if layer is not graph.input_layer),
        "parameters": graph.parameter_count,
        "batch": batch,
        "rows": rows,
        "columns": size(graph.input_layer.shape),
        "values": held_values(graph, batch),
        "flops": estimated_flops(graph, batch),
    }
