"""What a page needs to outline the window of an image layer: its size, how far it moves, and what it may hang over."""

from typing import Any

from engine.graph import Graph, GraphLayer

#: Operations whose window slides over an image.
SLIDING = frozenset({"conv2d", "correlate2d", "max_pool2d", "avg_pool2d"})


def window_data(graph: Graph, layer: GraphLayer) -> dict[str, Any] | None:
    """``size``, ``stride``, ``padding`` and ``dilation``, each (down, across); or an image's ``factor``; or None."""
    if not layer.nodes:
        return None
    node = graph.nodes[layer.nodes[0]]
    if node.op == "upsample2d":
        return {"op": node.op, "factor": list(node.options["factor"])}
    if node.op == "global_avg_pool2d":
        return _sliding(node.op, _source_shape(graph, node.inputs[0])[1:], {})
    if node.op not in SLIDING:
        return None
    size = node.options.get("size") or graph.parameters[node.inputs[1]].shape[2:]
    return _sliding(node.op, size, node.options)


def _sliding(op: str, size: Any, options: Any) -> dict[str, Any]:
    return {
        "op": op,
        "size": list(size),
        "stride": list(options.get("stride", (1, 1))),
        "padding": [list(side) for side in options.get("padding", ((0, 0), (0, 0)))],
        "dilation": list(options.get("dilation", (1, 1))),
        "groups": options.get("groups", 1),
    }


def _source_shape(graph: Graph, name: str) -> tuple[int, ...]:
    return graph.nodes[name].shape
