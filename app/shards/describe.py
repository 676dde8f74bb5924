"""What a page needs to lay out a session: its graph and its data, as JSON data. It changes with edits only."""

from typing import Any

from app.protocol.ribbon import pack_calls
from app.shards.data import call_data, data, json_data
from app.shards.windows import window_data
from engine.arrays import Array
from engine.cursor import Cursor
from engine.datasets import Part
from engine.graph import GraphLayer, size
from engine.layers import Node
from engine.layers.recurrence import step_of
from engine.looking import DatasetView
from engine.network import Network
from engine.sequences import TimeBlock, pattern
from engine.words import say

#: Of each part of the data, at most this many examples are shown, and no more than about so many characters of JSON.
MOST_SHOWN = 2000
MOST_CHARACTERS = 400_000


def describe(cursor: Cursor) -> dict[str, Any]:
    """Spec, graph, calls, dataset, parameter_count, warnings and limits."""
    graph = graph_data(cursor)
    return {
        "spec": cursor.spec.model_dump(mode="json"),
        "graph": graph,
        "calls": pack_calls(call_data(call) for call in cursor.calls()),
        "dataset": dataset_data(cursor.dataset()),
        "parameter_count": graph["parameter_count"],
        "warnings": warnings(cursor),
        "limits": data(cursor.network.limits),
    }


def graph_data(cursor: Cursor) -> dict[str, Any]:
    """Layers with their nodes and parameters, nodes with their operations, and how the loss is computed.

    A quantity of a recurrent layer is one node with ``steps``; ``inputs`` say what a middle step reads.
    """
    network = cursor.network
    graph, blocks = network.graph, network.blocks
    formulas = {call.node: call.formula for call in cursor.calls() if call.kind in {"forward", "loss"}}
    alone = [node for node in graph.nodes.values() if not (node.is_part or node.block in blocks)]
    starts = [node for node in graph.nodes.values() if node.block in blocks and step_of(node.name) is None]
    return {
        "layers": [_layer(network, layer) for layer in graph.layers.values()],
        "nodes": [
            *(_node(node, node.name, list(node.inputs), formulas) for node in (*alone, *starts)),
            *(_sequence(block, formulas) for block in blocks.values()),
        ],
        "output": graph.output,
        "loss": {"type": graph.loss_spec.type, "formula": formulas.get("loss", "")},
        "parameter_count": graph.parameter_count,
    }


def _node(node: Node, name: str, inputs: list[str], formulas: dict[str, str]) -> dict[str, Any]:
    return {
        "name": name,
        "layer": node.layer,
        "kind": node.kind,
        "shape": list(node.shape),
        "inputs": inputs,
        "op": node.op,
        "formula": formulas.get(node.name),
    }


def _sequence(block: TimeBlock, formulas: dict[str, str]) -> dict[str, Any]:
    middle = block.nodes[len(block.nodes) // 2]
    return {**_node(middle, block.name, pattern(block), formulas), "steps": len(block.nodes)}


def _layer(network: Network, layer: GraphLayer) -> dict[str, Any]:
    graph, blocks = network.graph, [block for block in network.blocks.values() if block.layer == layer.id]
    nodes = (graph.nodes[name] for name in layer.nodes)
    return {
        "id": layer.id,
        "type": layer.spec.type,
        "label": layer.id,
        "units": size(layer.shape),
        "activation": layer.activation,
        "inputs": list(layer.inputs),
        "shape": list(layer.shape),
        "window": window_data(graph, layer),
        "trainable": layer.spec.trainable,
        "clamps": layer.spec.clamps,
        "nodes": [node.name for node in nodes if not (node.is_part or step_of(node.name) is not None)],
        "parameters": [{"name": name, "shape": list(graph.parameters[name].shape)} for name in layer.parameters],
        "blocks": [
            {"name": block.name, "units": size(block.shape), "steps": len(block.nodes), "reverse": block.reverse}
            for block in blocks
        ],
    }


def dataset_data(view: DatasetView) -> dict[str, Any]:
    """The data as measured, in raw columns; what is more than ``most_shown`` is cut."""
    return {
        "name": view.name,
        "task": view.task,
        "columns": list(view.columns),
        "features": list(view.features),
        "classes": list(view.classes),
        "target_name": view.target_name,
        "units": view.units,
        "scale": {column: {"mean": mean, "std": std} for column, (mean, std) in view.scale.items()},
        "plot": {"x": view.plot[0], "y": view.plot[1]} if view.plot else None,
        "tokens": list(view.tokens),
        "target_tokens": list(view.target_tokens),
        "brightest": view.brightest,
        "train": _part(view, "train", view.train_rows),
        "test": _part(view, "test", view.test_rows),
    }


def _part(view: DatasetView, part: Part, count: int) -> dict[str, Any]:
    shown = most_shown(view)
    return {
        "count": count,
        "raw": json_data(view.raw(part, shown)),
        "targets": json_data(view.targets(part, shown)),
        "lengths": json_data(view.lengths(part, shown)),
        "target_lengths": json_data(view.target_lengths(part, shown)),
    }


def most_shown(view: DatasetView) -> int:
    """Examples of each part that are shown: as many as fit into MOST_CHARACTERS, at most MOST_SHOWN."""
    dataset = view.network.dataset
    characters = sum(_characters(array) for array in (dataset.raw_train, dataset.y_train))
    return max(1, min(MOST_SHOWN, MOST_CHARACTERS // characters))


def _characters(array: Array) -> int:
    """About what an example takes in JSON: a count is short, a measured number is not."""
    return size(array.shape[1:]) * (20 if array.dtype.kind == "f" else 4)


def warnings(cursor: Cursor) -> list[str]:
    """What is allowed but probably not meant."""
    found: list[str] = []
    view = cursor.dataset()
    rows, shown = view.train_rows, most_shown(view)
    if cursor.spec.batch_size != "full" and cursor.spec.batch_size > rows:
        found.append(
            say(
                "The batch size is {batch_size:,}, but there are only {rows:,} training examples.",
                batch_size=cursor.spec.batch_size,
                rows=rows,
            )
        )
    if view.plot is not None and rows > shown:  # pictures and texts are a selection anyway, and say so
        found.append(
            say(
                "Only the first {shown:,} of {rows:,} training examples are drawn; all are trained on.",
                shown=shown,
                rows=rows,
            )
        )
    return found
