"""Binding: the calls of one batch size, each rule tied to views on the first rows of the plan's buffers."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np

from engine.arrays import Array
from engine.graph import Graph, backward_order
from engine.layers import Node
from engine.ops import OPS, Op, vjp_of
from engine.plan.buffers import Scratch
from engine.plan.calls import Call, CallInfo, CallKind, Phase, Quantity
from engine.plan.edges import Edge, joined
from engine.plan.parts import Parts
from engine.plan.regularizer import Regularizer


@dataclass(frozen=True)
class Bound:
    """The calls for batches of this many rows, and what they compute into.

    Args:
        rows: examples in the batch.
        values: node -> view on its value.
        gradients: node or parameter -> view on its gradient; a name that is missing never gets one.
        blocks: block -> the values of all its time steps, (slots, rows, …).
        gradient_blocks: block -> their gradients.
        forward: calls of the forward phase; the first of the step, which fills the input, is the trainer's.
        loss: calls of the loss phase.
        backward: calls of the backward phase.
    """

    rows: int
    values: Mapping[str, Array]
    gradients: Mapping[str, Array]
    blocks: Mapping[str, Array]
    gradient_blocks: Mapping[str, Array]
    forward: tuple[Call, ...]
    loss: tuple[Call, ...]
    backward: tuple[Call, ...]

    @property
    def calls(self) -> tuple[Call, ...]:
        """All of them, in order."""
        return self.forward + self.loss + self.backward


Draw = Callable[[Node, Array], Callable[[], object] | None]


class Binder:
    """Makes the calls of one batch size.

    Args:
        graph: what to compute.
        values: node or parameter -> view for this batch size.
        gradients: the same for gradients.
        blocks: block -> view on the values of all its time steps.
        gradient_blocks: the same for gradients.
        scratch: where work buffers come from.
        regularizer: computes the penalty on the flat vectors.
        draw_mask: node, buffer -> what draws its mask, or None if masks stay at 1.
        batch_statistics: whether a batch is normalised by its own statistics; otherwise by the running ones.
        holds_state: whether recurrences go on from the state that is there, instead of from 0.
    """

    def __init__(
        self,
        graph: Graph,
        *,
        values: Mapping[str, Array],
        gradients: Mapping[str, Array],
        blocks: Mapping[str, Array],
        gradient_blocks: Mapping[str, Array],
        scratch: Scratch,
        regularizer: Regularizer,
        draw_mask: Draw,
        batch_statistics: bool = True,
        holds_state: bool = False,
    ) -> None:
        self._graph = graph
        self._values = values
        self._gradients = gradients
        self._blocks = blocks
        self._gradient_blocks = gradient_blocks
        self._scratch = scratch
        self._regularizer = regularizer
        self._draw_mask = draw_mask
        self._batch_statistics = batch_statistics
        self._holds_state = holds_state
        self._parts = Parts(graph.nodes.values(), gradients)
        self._index = 0

    def forward(self) -> Iterator[Call]:
        """One call for each node of the layers: masks first within their layer."""
        for node in self._graph.nodes.values():
            if node.kind == "mask":
                draw = self._draw_mask(node, self._values[node.name])
                if draw is not None:
                    yield self._value_call(node, "forward", "dropout_mask", _mask_formula(node), draw)
            elif node.kind == "state" and not self._holds_state:
                begin = partial(self._values[node.name].fill, 0)
                yield self._value_call(node, "forward", "state", r"h_{-1} = 0", begin)
            elif node.kind == "statistic" and not self._batch_statistics:
                copy = partial(np.copyto, self._values[node.name], self._values[self._graph.running[node.name]])
                yield self._value_call(node, "forward", "running", r"y = \text{running}", copy)
            elif node.op and node.kind in {"value", "statistic", "target"} and not node.is_part:
                yield self._op_call(node, "forward")

    def loss(self) -> Iterator[Call]:
        """The data loss, then the penalty."""
        yield self._op_call(self._graph.nodes["loss"], "loss")
        if "penalty" in self._graph.nodes:
            yield self._penalty_call()

    def backward(self) -> Iterator[Call]:
        """One call for each vector-Jacobian product; contributions to one gradient are added."""
        edges = joined(self._edges(), self._graph.parameters)
        missing = Counter(edge.name for edge in edges)
        begun: set[str] = set()
        for edge in edges:
            missing[edge.name] -= 1
            yield self._vjp_call(edge, adds=edge.name in begun, completes=not missing[edge.name])
            begun.add(edge.name)
        if "penalty" in self._graph.nodes:
            yield self._penalty_gradient_call()

    def _edges(self) -> Iterator[Edge]:
        """Each gradient that is wanted of each node's inputs: of a layer first the parameters."""
        for node in backward_order(self._graph.nodes.values()):
            if node.op is None or node.name not in self._gradients or node.kind == "penalty" or node.is_part:
                continue
            op, found = OPS[node.op], []
            for place, name in enumerate(node.inputs):
                vjp, index = vjp_of(op, place)
                if vjp is not None and name in self._gradients and place not in node.cuts:
                    found.append(Edge((node,), name, vjp, {**_options(op, node), **index}))
            yield from sorted(found, key=lambda edge: edge.name not in self._graph.parameters)

    def _op_call(self, node: Node, phase: Phase) -> Call:
        assert node.op is not None
        op = OPS[node.op]
        rule = partial(op.forward, self._values[node.name], *self._arguments(op, node), **_options(op, node))
        return self._value_call(node, phase, op.name, op.formula, rule)

    def _value_call(self, node: Node, phase: Phase, op: str, formula: str, run: Callable[[], object]) -> Call:
        kind: CallKind = "loss" if phase == "loss" else "forward"
        written = self._parts.values_of(node.name)
        info = CallInfo(self._next(), phase, node.layer, node.name, op, node.name, formula, kind, written)
        return Call(info, run, self._values[node.name])

    def _vjp_call(self, edge: Edge, *, adds: bool, completes: bool) -> Call:
        name, vjp, node = edge.name, edge.vjp, edge.nodes[0]
        dx = self._gradients[name]
        rest = self._joint_arguments(edge) if len(edge.nodes) > 1 else self._vjp_arguments(node)
        formula = vjp.formula.replace("=", r"\mathrel{+}=", 1) if adds else vjp.formula
        info = CallInfo(
            index=self._next(),
            phase="backward",
            layer=node.layer,
            node=name,
            op=node.op or "",
            label=f"d {name} +" if adds else f"d {name}",
            formula=formula,
            kind="vjp",
            writes=self._parts.gradients_of(name) if completes else (),
        )
        if not adds:
            return Call(info, partial(vjp.rule, dx, *rest, **edge.options), dx)
        part = self._scratch.for_part(dx.shape)
        return Call(info, partial(_add, dx, part, partial(vjp.rule, part, *rest, **edge.options)), dx)

    def _vjp_arguments(self, node: Node) -> tuple[Array, ...]:
        """dy, y, the inputs and the work buffers."""
        op = OPS[node.op or ""]
        return (self._gradients[node.name], self._values[node.name], *self._arguments(op, node))

    def _joint_arguments(self, edge: Edge) -> tuple[Array | None, ...]:
        """The same for all time steps at once; None for an input that is no block, which no joint rule reads."""
        first, last = edge.nodes[0], edge.nodes[-1]
        op = OPS[first.op or ""]
        assert first.block is not None
        steps = slice(first.slot, last.slot + 1)
        inputs = [self._joint_input([node.inputs[place] for node in edge.nodes]) for place in range(len(first.inputs))]
        arrays = [x for x in inputs if x is not None]
        shapes = op.scratch(*(x.shape for x in arrays), **_options(op, first)) if len(arrays) == len(inputs) else ()
        work = self._scratch.for_rule(shapes)
        return (self._gradient_blocks[first.block][steps], self._blocks[first.block][steps], *inputs, *work)

    def _joint_input(self, names: list[str]) -> Array | None:
        if names[0] in self._graph.parameters:
            return self._values[names[0]]
        nodes = [self._graph.nodes[name] for name in names]
        block, begin = nodes[0].block, nodes[0].slot
        if block is None or any((n.block, n.slot) != (block, begin + place) for place, n in enumerate(nodes)):
            return None
        return self._blocks[block][begin : begin + len(nodes)]

    def _arguments(self, op: Op, node: Node) -> list[Array]:
        """The op's inputs and its work buffers."""
        inputs = [self._values[name] for name in node.inputs]
        shapes = op.scratch(*(x.shape for x in inputs), **_options(op, node))
        return [*inputs, *self._scratch.for_rule(shapes)]

    def _penalty_call(self) -> Call:
        penalty = self._values["penalty"]
        formula = r"P = \lambda_1 \textstyle\sum |w| + \tfrac12 \lambda_2 \textstyle\sum w^2"
        run = partial(self._regularizer.penalty, penalty)
        return self._value_call(self._graph.nodes["penalty"], "loss", "penalty", formula, run)

    def _penalty_gradient_call(self) -> Call:
        writes: tuple[tuple[str, Quantity], ...] = tuple((name, "gradient") for name in self._graph.learned)
        formula = r"dw \mathrel{+}= \lambda_1 \operatorname{sign}(w) + \lambda_2 w"
        info = CallInfo(
            self._next(), "backward", "penalty", "update", "penalty", "d penalty", formula, "penalty", writes
        )
        return Call(info, self._regularizer.add_gradient, self._regularizer.grads)

    def _next(self) -> int:
        self._index += 1
        return self._index


def _mask_formula(node: Node) -> str:
    """What the draw of a mask may come to; that of a decoder's teacher scales nothing."""
    return r"m \in \{0, \tfrac{1}{1 - p}\}" if node.options.get("scales", True) else r"m \in \{0, 1\}"


def _options(op: Op, node: Node) -> dict[str, Any]:
    return {**op.options, **node.options}


def _add(total: Array, part: Array, compute_part: Callable[[], object]) -> None:
    """A value used once more: its gradients add up."""
    compute_part()
    np.add(total, part, total)
