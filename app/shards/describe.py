"""What a page needs to lay out a session: its graph and its data, as JSON data. It changes with edits only."""

from typing import Any

from app.shards.data import call_data, data, json_data
from engine.arrays import Array
from engine.cursor import Cursor
from engine.datasets import Part
from engine.graph import Graph, GraphLayer, size
from engine.looking import DatasetView

#: Of each part of the data, at most this many examples are shown, and no more than about so many characters of JSON.
MOST_SHOWN = 2000
MOST_CHARACTERS = 400_000


def describe(cursor: Cursor) -> dict[str, Any]:
    """Spec, graph, calls, dataset, parameter_count, warnings and limits."""
    graph = graph_data(cursor)
    return {
        "spec": cursor.spec.model_dump(mode="json"),
        "graph": graph,
        "calls": [call_data(call) for call in cursor.calls()],
        "dataset": dataset_data(cursor.dataset()),
        "parameter_count": graph["parameter_count"],
        "warnings": warnings(cursor),
        "limits": data(cursor.network.limits),
    }


def graph_data(cursor: Cursor) -> dict[str, Any]:
    """Layers with their nodes and parameters, nodes with their operations, and how the loss is computed."""
    graph = cursor.network.graph
    formulas = {call.node: call.formula for call in cursor.calls() if call.kind in {"forward", "loss"}}
    return {
        "layers": [_layer(graph, layer) for layer in graph.layers.values()],
        "nodes": [
            {
                "name": node.name,
                "layer": node.layer,
                "kind": node.kind,
                "shape": list(node.shape),
                "inputs": list(node.inputs),
                "op": node.op,
                "formula": formulas.get(node.name),
            }
            for node in graph.nodes.values()
        ],
        "output": graph.output,
        "loss": {"type": graph.loss_spec.type, "formula": formulas.get("loss", "")},
        "parameter_count": graph.parameter_count,
    }


def _layer(graph: Graph, layer: GraphLayer) -> dict[str, Any]:
    return {
        "id": layer.id,
        "type": layer.spec.type,
        "label": layer.id,
        "units": size(layer.shape),
        "activation": layer.activation,
        "inputs": list(layer.inputs),
        "shape": list(layer.shape),
        "nodes": list(layer.nodes),
        "parameters": [{"name": name, "shape": list(graph.parameters[name].shape)} for name in layer.parameters],
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
    found = []
    view = cursor.dataset()
    rows, shown = view.train_rows, most_shown(view)
    if cursor.spec.batch_size != "full" and cursor.spec.batch_size > rows:
        found.append(f"The batch size is {cursor.spec.batch_size:,}, but there are only {rows:,} training examples.")
    if rows > shown:
        found.append(f"Only the first {shown:,} of {rows:,} training examples are drawn; all are trained on.")
    return found
