"""The module of a network in PyTorch: its own modules where it has them, otherwise operation by operation."""

from collections.abc import Iterator

from engine.export.moment import Moment, guessed_from
from engine.export.text import identifiers
from engine.export.torch_layers import Native, native
from engine.export.torch_ops import EXPRESSIONS
from engine.graph import GraphLayer
from engine.layers import Node

#: What a module of PyTorch has already.
RESERVED = frozenset(
    """
    T_destination add_module apply bfloat16 buffers call_super_init children compile cpu cuda double dump_patches eval
    extra_repr float forward get_buffer get_extra_state get_parameter get_submodule half ipu load_state_dict modules
    mtia named_buffers named_children named_modules named_parameters parameters register_backward_hook register_buffer
    register_forward_hook register_forward_pre_hook register_full_backward_hook register_full_backward_pre_hook
    register_load_state_dict_post_hook register_load_state_dict_pre_hook register_module register_parameter
    register_state_dict_post_hook register_state_dict_pre_hook requires_grad_ scores set_extra_state set_submodule
    share_memory state_dict to to_empty train training type xpu zero_grad
    """.split()  # noqa: SIM905  # as a list it would fill a page
)
#: Names that the functions of a script use.
TAKEN = frozenset({"x", "self", "given", "torch", "nn", "F", "math", "network", "loss"})


class TorchNetwork:
    """Writes the parts of a script that depend on the network.

    Args:
        moment: what is exported.
    """

    def __init__(self, moment: Moment) -> None:
        graph = moment.graph
        self._moment, self._graph = moment, graph
        found = {layer.id: native(graph, layer) for layer in graph.layers.values()}
        self._native: dict[str, Native] = {layer: each for layer, each in found.items() if each}
        self._attributes = identifiers([*graph.layers, *graph.parameters], RESERVED)
        self._variables = {**identifiers(graph.nodes, TAKEN), graph.input: "x"}
        self._read = graph.nodes["loss"].inputs[0]

    def module(self) -> str:
        """``class Network(nn.Module)``."""
        lines = [
            "class Network(nn.Module):",
            f'    """{self._graph.parameter_count} numbers are learned."""',
            "",
            "    def __init__(self) -> None:",
            "        super().__init__()",
            *(f"        {line}" for layer in self._graph.layers.values() for line in self._made(layer)),
            "",
        ]
        if not self._graph.fused:
            lines += self._method("forward", self._graph.output)
            return "\n".join(lines)
        last = self._graph.nodes[self._graph.output]
        lines += self._method("scores", self._read)
        lines += [
            "",
            "    def forward(self, x: Tensor, given: dict[str, Tensor] | None = None) -> Tensor:",
            '        """The answer. The loss reads the scores: PyTorch\'s loss has the nonlinearity inside."""',
            f"        {self._variables[self._read]} = self.scores(x, given)",
            f"        return {self._expression(last)}",
        ]
        return "\n".join(lines)

    def _made(self, layer: GraphLayer) -> Iterator[str]:
        """The layer's parameters."""
        found = self._native.get(layer.id)
        if found is None:
            for name in layer.parameters:
                shape = self._graph.parameters[name].shape
                yield f"self.{self._attributes[name]} = nn.Parameter(torch.empty({shape}))"
            return
        attribute = self._attributes[layer.id]
        yield f"self.{attribute} = {found.module}" + (f"  # {found.note}" if found.note else "")
        for name in found.frozen:
            yield f"nn.init.zeros_(self.{attribute}.{name}).requires_grad_(False)"

    def _method(self, name: str, returned: str) -> Iterator[str]:
        yield f"    def {name}(self, x: Tensor, given: dict[str, Tensor] | None = None) -> Tensor:"
        shapes = [self._graph.input_layer.shape, self._graph.nodes[returned].shape]
        taken, answered = (f"({', '.join(map(str, ('N', *shape)))})" for shape in shapes)
        yield f'        """x {taken} -> {answered}; given: the dropout masks, where it is trained."""'
        for node in self._answering(returned):
            yield from (f"        {line}" for line in self._statement(node))
        yield f"        return {self._variables[returned]}"

    def _answering(self, end: str) -> list[Node]:
        """What ``end`` is computed from, without what is inside of modules."""
        hidden: set[str] = set()
        for identifier, found in self._native.items():
            nodes = self._graph.layers[identifier].nodes
            hidden.update(nodes[: nodes.index(found.node)])
        seen = [node for node in self._behind(end) if node.name not in hidden]
        return [node for node in seen if not self._is_taught(node)]

    def _is_taught(self, node: Node) -> bool:
        """What a teacher says: it is read where it is given, once a sequence is being learned."""
        whole = self._graph.nodes[node.inputs[0]] if node.is_part and node.inputs[0] in self._graph.nodes else node
        return whole.kind == "target" or (whole.kind == "mask" and whole.name == f"{whole.layer}.teacher")

    def _behind(self, end: str) -> list[Node]:
        wanted = {end}
        for node in reversed(list(self._graph.nodes.values())):
            if node.name in wanted:
                wanted.update(node.inputs)
        return [node for node in self._graph.nodes.values() if node.name in wanted and node.kind != "input"]

    def _statement(self, node: Node) -> Iterator[str]:
        variable = self._variables[node.name]
        if node.kind == "state":
            yield f"{variable} = x.new_zeros(len(x), {', '.join(map(str, node.shape))})"
        elif node.kind == "mask":
            yield f'{variable} = given["{node.name}"] if given and self.training else 1'
        elif scores := guessed_from(self._graph, node):
            guess = f"{self._variables[scores]}.argmax(1).to(x.dtype)"
            yield f"{variable} = {self._expression(node)} if given else {guess}"
        else:
            yield f"{variable} = {self._expression(node)}"

    def _expression(self, node: Node) -> str:
        found = self._native.get(node.layer)
        if found and found.node == node.name:
            layer = self._graph.layers[node.layer]
            read = self._variables[self._graph.layers[layer.inputs[0]].value]
            return found.call.format(f"self.{self._attributes[node.layer]}", read)
        names = [
            self._argument(name) + (".detach()" if place in node.cuts else "") for place, name in enumerate(node.inputs)
        ]
        return EXPRESSIONS[node.op or ""](node, *names)

    def _argument(self, name: str) -> str:
        if name in self._graph.parameters:
            return f"self.{self._attributes[name]}"
        node = self._graph.nodes[name]
        if node.is_part and self._is_taught(node):
            return EXPRESSIONS["part"](node, f'given["{node.inputs[0]}"]')
        return self._variables[name]

    def loss(self) -> str:
        """``def loss_of``: the loss of a batch, the penalty included."""
        graph = self._graph
        method = "network.scores" if graph.fused else "network"
        lines = [
            "def loss_of(network: Network, given: dict[str, Tensor]) -> Tensor:",
            f'    """{self._moment.spec.loss.type} of the given batch'
            + (', and the penalty."""' if self._penalty() else '."""'),
            f'    x = given["{graph.input}"]',
            f"    {self._variables[self._read]} = {method}(x, given)",
        ]
        before = {node.name for node in self._behind(self._read)}
        for node in self._behind("loss"):
            if node.name in before and node.kind != "target":
                continue
            value = (
                f'given["{node.name}"]'
                if node.op is None
                else EXPRESSIONS[node.op](node, *map(self._argument, node.inputs))
            )
            lines.append(f"    {self._variables[node.name]} = {value}")
        return "\n".join([*lines, *self._penalty(), f"    return {self._variables['loss']}"])

    def _penalty(self) -> list[str]:
        if "penalty" not in self._graph.nodes:
            return []
        spec, loss = self._graph.regularization, self._variables["loss"]
        return [
            f"    for name in {self._moment.counted()!r}:",
            "        w, _ = places(network)[name]",
            f"        {loss} = {loss} + {spec.l1!r} * w.abs().sum() + {spec.l2 / 2!r} * (w * w).sum()",
        ]

    def places(self) -> str:
        """``def places``: where PyTorch keeps each parameter."""
        lines = [
            "def places(network: Network) -> dict[str, tuple[Tensor, bool]]:",
            '    """Deltaflow\'s name -> where PyTorch keeps it, and whether it keeps the transpose there."""',
            "    return {",
        ]
        for name, parameter in self._graph.parameters.items():
            found = self._native.get(parameter.layer)
            attribute, transposed = found.weights[name] if found else ("", False)
            place = f"{self._attributes[parameter.layer]}.{attribute}" if found else self._attributes[name]
            lines.append(f'        "{name}": (network.{place}, {transposed}),')
        return "\n".join([*lines, "    }"])
