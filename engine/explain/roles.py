"""What a parameter is to the operation that reads it: a weight on a wire, a bias, a row of a table, a scale."""

from typing import Literal, NamedTuple

from engine.graph import Graph
from engine.ops import OPS
from engine.words import say

Role = Literal["weight", "bias", "entry", "scale", "shift", "statistic", "kernel", "filter_bias", "pixel"]


class Words(NamedTuple):
    """The stories of a parameter's value and gradient (keys of the texts), and what it is called in a sentence."""

    value: str
    gradient: str
    thing: str


WORDS: dict[Role, Words] = {
    "weight": Words("parameter", "gradient_weight", "weight"),
    "bias": Words("bias", "gradient_bias", "bias"),
    "entry": Words("entry", "gradient_entry", "entry"),
    "scale": Words("scale", "gradient_scale", "scale"),
    "shift": Words("shift", "gradient_shift", "shift"),
    "statistic": Words("statistic", "never_computed", "running statistic"),
    "kernel": Words("kernel", "gradient_kernel", "weight"),
    "pixel": Words("pixel", "gradient_pixel", "pixel"),
    "filter_bias": Words("bias", "gradient_kernel_bias", "bias"),
}

CONVOLUTIONS = ("conv2d", "correlate2d", "conv1d", "correlate1d")

#: (operation, its input) -> role, where it is neither a weight on a wire nor a bias
ROLES: dict[tuple[str, str], Role] = {
    ("embedding", "W"): "entry",
    ("pixels", "image"): "pixel",
    ("layer_norm", "gamma"): "scale",
    ("layer_norm", "beta"): "shift",
    ("batch_norm", "gamma"): "scale",
    ("batch_norm", "beta"): "shift",
    **{(op, "kernel"): "kernel" for op in CONVOLUTIONS},
    **{(op, "b"): "filter_bias" for op in CONVOLUTIONS},
}


def role_of(graph: Graph, name: str) -> Role:
    """What this parameter is to the first node that reads it."""
    if graph.parameters[name].running is not None:
        return "statistic"
    for node in graph.nodes.values():
        if node.op in OPS and name in node.inputs:
            inputs = OPS[node.op].inputs
            place = min(node.inputs.index(name), len(inputs) - 1)
            return ROLES.get((node.op, inputs[place]), "bias" if graph.parameters[name].is_bias else "weight")
    return "bias" if graph.parameters[name].is_bias else "weight"


def subject(graph: Graph, name: str, index: tuple[int, ...]) -> str | None:
    """What a parameter's number belongs to, for people; None for a weight and a bias, whose wire or unit is named."""
    layer, role = graph.parameters[name].layer, role_of(graph, name)
    if role == "entry":
        return say("number {n} of token {token} in {layer}", n=index[1] + 1, token=index[0], layer=layer)
    if role in {"scale", "shift"}:
        return say(f"the {role} of {{unit}}", unit=f"{layer}[{index[-1] + 1}]")
    if role == "statistic":
        statistic = name.rpartition(".")[2].replace("_", " ")
        return say(f"the {statistic} of {{unit}}", unit=f"{layer}[{index[-1] + 1}]")
    if role == "pixel":
        return say("pixel ({place}) of {layer}", place=", ".join(str(i + 1) for i in index), layer=layer)
    if role == "kernel":
        place = ", ".join(str(i + 1) for i in index[1:])
        return say("entry ({place}) of the kernel of {unit}", place=place, unit=f"{layer}[{index[0] + 1}]")
    return None
