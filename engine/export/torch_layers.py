"""Layers that PyTorch has as modules of its own: which, with what arguments, and where they keep their weights."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from engine.graph import Graph, GraphLayer


@dataclass(frozen=True)
class Native:
    """One layer as a module of PyTorch.

    Args:
        node: the node that the module computes; those before it in the layer are inside of it.
        module: how it is made.
        call: how it is called: {0} is the module, {1} what it reads.
        weights: parameter -> (attribute, whether PyTorch stores the transpose).
        note: what differs there.
        frozen: attributes that stay 0, because our layer has no such parameter.
    """

    node: str
    module: str
    call: str
    weights: Mapping[str, tuple[str, bool]]
    note: str = ""
    frozen: tuple[str, ...] = ()


def native(graph: Graph, layer: GraphLayer) -> Native | None:
    """The layer as a module; None where it is written operation by operation."""
    make = NATIVE.get(layer.spec.type)
    found = make(graph, layer) if make else None
    if found and found.node == layer.value:  # units are held behind the module
        found = replace(found, node=layer.natural)
    return found if found and _is_closed(graph, layer, found) else None


def _is_closed(graph: Graph, layer: GraphLayer, found: Native) -> bool:
    """Nobody outside reads what is inside of the module."""
    inside = set(layer.nodes[: layer.nodes.index(found.node)])
    outside = (node for node in graph.nodes.values() if node.name not in inside and node.name != found.node)
    return not any(name in inside for node in outside for name in node.inputs)


def dense(graph: Graph, layer: GraphLayer) -> Native:
    """nn.Linear: weight (out, in)."""
    fan_in, units = graph.parameters[f"{layer.id}.W"].shape
    has_bias = f"{layer.id}.b" in graph.parameters
    weights = {f"{layer.id}.W": ("weight", True)} | ({f"{layer.id}.b": ("bias", False)} if has_bias else {})
    bias = "" if has_bias else ", bias=False"
    return Native(
        f"{layer.id}.z", f"nn.Linear({fan_in}, {units}{bias})", "{0}({1})", weights, "weight is the transpose of W"
    )


def conv2d(graph: Graph, layer: GraphLayer) -> Native | None:
    """nn.Conv2d, where above and below, left and right are padded alike."""
    options = graph.nodes[f"{layer.id}.z"].options
    (above, below), (left, right) = options["padding"]
    if (above, left) != (below, right):
        return None
    filters, channels, *size = graph.parameters[f"{layer.id}.kernel"].shape
    has_bias = f"{layer.id}.b" in graph.parameters
    groups = options["groups"]
    given = [str(channels * groups), str(filters), str(tuple(size)), f"stride={options['stride']}"]
    given += [f"padding=({above}, {left})", f"dilation={options['dilation']}", f"groups={groups}", f"bias={has_bias}"]
    weights = {f"{layer.id}.kernel": ("weight", False)} | ({f"{layer.id}.b": ("bias", False)} if has_bias else {})
    return Native(f"{layer.id}.z", f"nn.Conv2d({', '.join(given)})", "{0}({1})", weights)


def embedding(graph: Graph, layer: GraphLayer) -> Native:
    """nn.Embedding: weight (tokens, units), as here."""
    tokens, units = graph.parameters[f"{layer.id}.W"].shape
    weights = {f"{layer.id}.W": ("weight", False)}
    return Native(layer.value, f"nn.Embedding({tokens}, {units})", "{0}({1}.long())", weights)


def layer_norm(graph: Graph, layer: GraphLayer) -> Native:
    """nn.LayerNorm over the last axis."""
    (width,) = graph.parameters[f"{layer.id}.gamma"].shape
    eps = graph.nodes[layer.natural].options["eps"]
    weights = {f"{layer.id}.gamma": ("weight", False), f"{layer.id}.beta": ("bias", False)}
    return Native(
        layer.value, f"nn.LayerNorm({width}, eps={eps!r})", "{0}({1})", weights, "weight is gamma, bias is beta"
    )


def batch_norm(graph: Graph, layer: GraphLayer) -> Native:
    """nn.BatchNorm1d or 2d; sequences have their features last here, and second in PyTorch."""
    spec: Any = layer.spec
    (width,) = graph.parameters[f"{layer.id}.gamma"].shape
    kind, call = ("2d", "{0}({1})") if len(layer.shape) == 3 else ("1d", "{0}({1})")
    call = "{0}({1}.mT).mT" if len(layer.shape) == 2 else call
    names = {"gamma": "weight", "beta": "bias", "running_mean": "running_mean", "running_variance": "running_var"}
    weights = {f"{layer.id}.{ours}": (theirs, False) for ours, theirs in names.items()}
    momentum = spec.momentum if spec.trainable else 0.0  # what is frozen follows no batch
    module = f"nn.BatchNorm{kind}({width}, eps={spec.eps!r}, momentum={momentum!r})"
    return Native(layer.value, module, call, weights, "weight is gamma, bias is beta")


def recurrent(graph: Graph, layer: GraphLayer) -> Native | None:
    """nn.RNN, nn.LSTM, nn.GRU: not where a sequence ends early, the gradient is cut, or both ways run backwards."""
    spec: Any = layer.spec
    masked = any(graph.nodes[name].op == "carry" for name in layer.nodes)
    if masked or spec.truncate or (spec.bidirectional and spec.reverse):
        return None
    fan_in, units = graph.parameters[f"{layer.id}.W_ih"].shape[0], spec.units
    more = ", bidirectional=True" if spec.bidirectional else ""
    more += f', nonlinearity="{spec.activation}"' if spec.type == "rnn" else ""
    module = f"nn.{spec.type.upper()}({fan_in}, {units}, batch_first=True{more})"
    weights: dict[str, tuple[str, bool]] = {}
    frozen: list[str] = []
    for prefix, suffix in [(layer.id, ""), (f"{layer.id}.back", "_reverse")][: 1 + spec.bidirectional]:
        weights |= _recurrent_weights(graph, prefix, f"_l0{suffix}")
        frozen += [] if spec.type == "gru" else [f"bias_hh_l0{suffix}"]
    return Native(layer.value, module, _recurrent_call(spec), weights, _recurrent_note(spec.type), tuple(frozen))


def _recurrent_weights(graph: Graph, prefix: str, suffix: str) -> dict[str, tuple[str, bool]]:
    names = {"W_ih": "weight_ih", "W_hh": "weight_hh", "b": "bias_ih", "b_ih": "bias_ih", "b_hh": "bias_hh"}
    return {
        f"{prefix}.{ours}": (theirs + suffix, ours.startswith("W"))
        for ours, theirs in names.items()
        if f"{prefix}.{ours}" in graph.parameters
    }


def _recurrent_call(spec: Any) -> str:
    """Its outputs, or the last of them; against time, the sequence is turned round before and after."""
    if spec.reverse:
        return "{0}({1}.flip(1))[0]" + (".flip(1)" if spec.return_sequences else "[:, -1]")
    if spec.return_sequences:
        return "{0}({1})[0]"
    if not spec.bidirectional:
        return "{0}({1})[0][:, -1]"
    last = "{0}({1})[1]" + ("[0]" if spec.type == "lstm" else "")
    return f"{last}.transpose(0, 1).flatten(1)"  # the last state of each way


def _recurrent_note(kind: str) -> str:
    order = {"lstm": "; gates in the order i, f, g, o there and here", "gru": "; gates: reset, update, candidate"}
    bias = "" if kind == "gru" else "; of PyTorch's two biases the second stays 0"
    return f"weights are the transposes of W_ih and W_hh{order.get(kind, '')}{bias}"


NATIVE: dict[str, Callable[[Graph, GraphLayer], Native | None]] = {
    "dense": dense,
    "conv2d": conv2d,
    "embedding": embedding,
    "layer_norm": layer_norm,
    "batch_norm": batch_norm,
    "rnn": recurrent,
    "lstm": recurrent,
    "gru": recurrent,
}
