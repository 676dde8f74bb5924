"""What a server allows, and what a description costs. Checked before anything is allocated."""

from collections.abc import Mapping

from pydantic import BaseModel, ConfigDict, Field

from engine.arrays import Shape
from engine.errors import LimitExceeded
from engine.graph import Graph, GraphLayer, size
from engine.layers import Node
from engine.spec import InputLayer, SessionSpec
from engine.words import say

#: Floating-point operations per entry of an elementwise operation, forward and backward together; an exp counts a few.
_ELEMENTWISE = 20
#: What running a node's calls costs beside their numbers, forward and back: some 10 µs, that many operations.
_CALLS = 250_000
#: Per parameter: an optimizer reads and writes each some ten times.
_UPDATE = 12
#: An input of so many axes is an image, whose pixels are limited like those of maps.
IMAGE_AXES = 3


class Limits(BaseModel):
    """Upper bounds for one session."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    layers: int = Field(default=64, ge=1, description="layers in a network")
    units: int = Field(default=512, ge=1, description="numbers in the value of one layer that is a row")
    maps: int = Field(default=32_768, ge=1, description="numbers in all feature maps, or time steps, of one layer")
    nodes: int = Field(default=6144, ge=1, description="nodes: every quantity of every time step is one")
    parameters: int = Field(default=1_000_000, ge=1, description="numbers that are learned")
    batch: int = Field(default=1024, ge=1, description="examples in a step")
    rows: int = Field(default=20_000, ge=1, description="examples in a dataset")
    columns: int = Field(default=4096, ge=1, description="features of an example")
    values: int = Field(default=8_000_000, ge=1, description="numbers in the values of all nodes for one batch")
    flops: float = Field(default=1.5e9, gt=0, description="estimated floating-point operations in a step")


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
            raise LimitExceeded(
                say('units of layer "{id}"', id=layer.id), limits.units, units, ("layers", index, "units")
            )
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
    if isinstance(layer.spec, InputLayer) and len(layer.shape) < IMAGE_AXES:
        if numbers > limits.columns:
            raise LimitExceeded("features of an example", limits.columns, numbers, ("dataset",))
    elif _is_row(layer):
        if numbers > limits.units:
            raise LimitExceeded(
                say('units of layer "{id}"', id=layer.id), limits.units, numbers, ("layers", layer.index or 0)
            )
    elif numbers > limits.maps:
        what = say('numbers in the value of layer "{id}"', id=layer.id)
        raise LimitExceeded(what, limits.maps, numbers, ("layers", layer.index or 0))


def _is_row(layer: GraphLayer) -> bool:
    """Whether its value is a row of units; flattened maps are maps still."""
    return len(layer.shape) == 1 and layer.spec.type != "flatten"


def held_values(graph: Graph, batch: int) -> int:
    """Numbers in the values of all nodes for one batch; the gradients are about as many again."""
    return batch * sum(size(node.shape) for node in graph.nodes.values() if not node.is_part)


def estimated_flops(graph: Graph, batch: int) -> float:
    """Work of one training step: three products for each layer with weights, the rest, and what calls cost."""
    return arithmetic(graph, batch) + _CALLS * _computed(graph)


def estimated_seconds(graph: Graph, batch: int) -> float:
    """What a step takes on a slow machine."""
    return 2e-5 + arithmetic(graph, batch) / 1e9 + 2e-5 * _computed(graph)


def arithmetic(graph: Graph, batch: int) -> float:
    """Floating-point operations of a step alone, without what its calls cost."""
    numbers = batch * (6 * multiplications(graph) + _ELEMENTWISE * _entries(graph))
    return float(numbers + _UPDATE * graph.parameter_count)


def _computed(graph: Graph) -> int:
    """Nodes that calls compute."""
    return sum(node.op is not None and not node.is_part for node in graph.nodes.values())


def forward_flops(graph: Graph) -> float:
    """Floating-point operations of a forward pass, for one example."""
    return float(2 * multiplications(graph) + _ELEMENTWISE / 10 * _entries(graph))


def multiplications(graph: Graph) -> int:
    """Products in the forward pass of one example: each weight once at each place where it is used, and attention's.

    A lookup multiplies nothing.
    """
    weighed = sum(
        size(graph.parameters[name].shape) * _places(node, graph.parameters[name].shape)
        for node in graph.nodes.values()
        for name in node.inputs
        if name in graph.parameters and not graph.parameters[name].is_bias and node.kind == "value"
        if node.op != "embedding"
    )
    return weighed + sum(size(node.shape) * _terms(graph, node) for node in graph.nodes.values())


def _terms(graph: Graph, node: Node) -> int:
    """How many products of two values are added up for each number of attention; 0 for every other operation."""
    if node.op not in {"attention_scores", "attention_mix"}:
        return 0
    steps, units = graph.nodes[node.inputs[1]].shape  # of the keys, or of the values
    return int(units // node.options["heads"]) if node.op == "attention_scores" else steps


def _places(node: Node, weights: Shape) -> int:
    """How often weights are used for one example: at every place of a feature map, at every time step."""
    units = weights[0] if len(node.shape) == 3 else weights[-1]
    return max(1, size(node.shape) // units)


def _entries(graph: Graph) -> int:
    """Numbers that are computed one by one for an example; a pooling reads each window. Parts cost nothing."""
    computed = (node for node in graph.nodes.values() if not node.is_part)
    return sum(size(node.shape) * size(node.options.get("size") or ()) for node in computed)


def usage(graph: Graph, *, rows: int, batch: int) -> Mapping[str, float]:
    """What a session takes of each limit, to be shown beside it."""
    computed = [layer for layer in graph.layers.values() if layer is not graph.input_layer]
    return {
        "layers": sum(layer.index is not None for layer in graph.layers.values()),
        "units": max((size(layer.shape) for layer in computed if _is_row(layer)), default=0),
        "maps": max((size(layer.shape) for layer in computed if not _is_row(layer)), default=0),
        "nodes": len(graph.nodes),
        "parameters": graph.parameter_count,
        "batch": batch,
        "rows": rows,
        "columns": size(graph.input_layer.shape),
        "values": held_values(graph, batch),
        "flops": estimated_flops(graph, batch),
    }
