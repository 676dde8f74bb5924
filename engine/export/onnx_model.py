"""The network that answers, as a binary ONNX file: any runtime reads it, weights and all."""

import json

from engine.errors import SpecError
from engine.export import onnx_messages as messages
from engine.export.moment import Moment, guessed_from
from engine.export.onnx_builder import Builder, Emit
from engine.export.onnx_ops import EMITTERS, NOT_WRITTEN
from engine.export.onnx_recurrence import state
from engine.export.text import plain
from engine.graph import Graph
from engine.layers import Node
from engine.layers.base import NodeKind
from engine.words import say

#: Of training alone, or not computed by an operator.
LEFT_OUT: frozenset[NodeKind] = frozenset({"input", "mask", "target", "loss", "penalty"})


def onnx_model(moment: Moment) -> bytes:
    """The whole file. Input ``<input>`` (N, …) and output (N, …) have the names of their nodes; N is free.

    Raises:
        SpecError: if the network has an operation that an ONNX file cannot hold.
    """
    graph, dtype = moment.graph, moment.spec.dtype
    build = Builder(dtype, lambda name: _shape(graph, name), graph.input)
    for name, array in moment.parameters.items():
        build.weight(name, array)
    answering = _answering(graph)
    for node in answering:
        if node.kind == "statistic":  # the running one stands in its place
            build.op("Identity", graph.running[node.name], into=node.name)
        elif node.op is None:
            state(build, node)
        elif scores := guessed_from(graph, node):
            guess = build.op("ArgMax", scores, axis=1, keepdims=0)
            build.op("Cast", guess, into=node.name, to=messages.TYPES[dtype])
        else:
            _emitter(node)(build, node, node.inputs)
    message = messages.graph(
        plain(moment.spec.name),
        nodes=build.nodes,
        initializers=build.initializers,
        inputs=[_typed(graph.nodes[graph.input], dtype)],
        outputs=[_typed(graph.nodes[graph.output], dtype)],
        values=[_typed(node, dtype) for node in answering if node.name != graph.output],
    )
    doc = f"Step {moment.step}. Inputs are taken after standardisation and feature expressions."
    return messages.model(message, doc, {"deltaflow.spec": json.dumps(_spec(moment))})


def _emitter(node: Node) -> Emit:
    """How this node is written."""
    op = node.op or ""
    if op not in EMITTERS:
        loc = ("layers",)
        raise SpecError(
            say(
                'an ONNX file cannot hold layer "{layer}" ({op}): {value}',
                layer=node.layer,
                op=op,
                value=say(NOT_WRITTEN[op]),
            ),
            loc,
        )
    return EMITTERS[op]


def _answering(graph: Graph) -> list[Node]:
    """The nodes that the output is computed from, in forward order, without what comes in."""
    wanted = {graph.output}
    for node in reversed(list(graph.nodes.values())):
        if node.name in wanted and node.kind != "statistic":
            scores = guessed_from(graph, node)
            wanted.update([scores] if scores else node.inputs)
    return [node for node in graph.nodes.values() if node.name in wanted and node.kind not in LEFT_OUT]


def _spec(moment: Moment) -> object:
    """The description, without data that somebody has given inline."""
    spec = moment.spec.model_dump(mode="json")
    for own in ("inline", "csv"):
        spec["dataset"].pop(own, None)
    return spec


def _typed(node: Node, dtype: str) -> bytes:
    return messages.value_info(node.name, dtype, ("N", *node.shape) if node.has_batch_axis else node.shape)


def _shape(graph: Graph, name: str) -> tuple[int, ...]:
    return graph.nodes[name].shape if name in graph.nodes else graph.parameters[name].shape
