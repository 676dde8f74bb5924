"""What a layer type is: how a layer of the description becomes nodes (values) and parameters.

A layer file has the same parts in the same order: the expansion, then the entry for the registry.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from engine.arrays import Shape
from engine.ops import OPS
from engine.spec import InitializerSpec, LayerSpec

NodeKind = Literal["input", "value", "mask", "state", "statistic", "target", "loss", "penalty"]


@dataclass(frozen=True)
class Running:
    """How a parameter follows a statistic of the batch, instead of being learned.

    Args:
        node: the statistic.
        momentum: how far it moves towards the batch's at each step.
        positions: numbers of one example that a variance is taken of (1 in a vector, H·W in an image): it is divided by
            n - 1 instead of n, n being the batch's; None for a mean.
    """

    node: str
    momentum: float
    positions: int | None = None

    def correction(self, rows: int) -> float:
        """n / (n - 1) for a variance, where n is more than 1; otherwise 1."""
        if self.positions is None:
            return 1.0
        count = rows * self.positions
        return count / max(1, count - 1)


@dataclass(frozen=True)
class Parameter:
    """An array that is learned, or a running statistic: whatever a step changes and a checkpoint keeps.

    Args:
        name: ``<layer id>.W``, ``<layer id>.b``.
        layer: the layer's id.
        shape: without a batch axis.
        fan_in: connections into a unit.
        fan_out: connections out of one.
        initializer: the rule that draws its first values.
        is_bias: whether the penalty leaves it out unless told otherwise.
        frozen: whether training leaves it as it was drawn: it has no gradient and no delta.
        running: of a running statistic, what it follows: it has no gradient, and the optimizer leaves it alone.
        minimum: no value may be below; None if any will do.
        shift: (start, stop, value): what is added, once drawn, to these places of the last axis.
    """

    name: str
    layer: str
    shape: Shape
    fan_in: int
    fan_out: int
    initializer: InitializerSpec
    is_bias: bool = False
    frozen: bool = False
    shift: tuple[int, int, float] | None = None
    running: Running | None = None
    minimum: float | None = None


@dataclass(frozen=True)
class Node:
    """A value of the graph and the operation that computes it.

    Args:
        name: ``<layer id>.z``, ``<layer id>.a``; ``target``, ``loss``, ``penalty``.
        layer: the layer's id; ``loss`` for the last three.
        op: name in the registry of operations; None for what comes from outside (input, target, mask).
        inputs: names of nodes and parameters, in the operation's order.
        shape: of one example, without the batch axis; () for loss and penalty.
        options: of the operation.
        kind: what sort of value; a ``state`` is what a recurrence begins with: 0 in training; a ``statistic`` is one
            value for the whole batch.
        block: name under which the values of several time steps lie in one piece, one after the other.
        slot: its place there.
        cuts: places of inputs to which no gradient is handed back.
    """

    name: str
    layer: str
    op: str | None
    inputs: tuple[str, ...]
    shape: Shape
    options: Mapping[str, Any] = field(default_factory=dict)
    kind: NodeKind = "value"
    block: str | None = None
    slot: int = 0
    cuts: tuple[int, ...] = ()

    @property
    def is_part(self) -> bool:
        """Whether it is a view of another node, which costs no call."""
        return self.op == "part"

    @property
    def has_batch_axis(self) -> bool:
        """Whether the buffer's first axis is the batch; loss and penalty are one number, a statistic is the batch's."""
        return self.kind not in {"loss", "penalty", "statistic"}


@dataclass(frozen=True)
class Source:
    """What a layer reads: the value node of another layer.

    Args:
        node: its name.
        shape: of one example.
        mask: node (T,) that is 1 at an example's real time steps and 0 at the padding; None if all steps are real.
        state: nodes of the last hidden (and cell) state, of a recurrent layer.
    """

    node: str
    shape: Shape
    mask: str | None = None
    state: tuple[str, ...] = ()


@dataclass(frozen=True)
class Expansion:
    """What one layer becomes.

    Args:
        nodes: in forward order.
        parameters: in flat order.
        value: the node that other layers read; the last if None.
        mask: as in ``Source``, for those who read the layer.
        state: likewise.
    """

    nodes: tuple[Node, ...]
    parameters: tuple[Parameter, ...] = ()
    value: str | None = None
    mask: str | None = None
    state: tuple[str, ...] = ()

    @property
    def value_node(self) -> Node:
        """The node that other layers read."""
        return next((node for node in self.nodes if node.name == self.value), self.nodes[-1])


@dataclass(frozen=True)
class LayerType:
    """One entry of the registry.

    Args:
        name: the tag of its description.
        summary: one line for people.
        formula: TeX.
        arity: how many layers it reads.
        expand: ``expand(spec, sources)`` -> its nodes and parameters.
    """

    name: str
    summary: str
    formula: str
    arity: Literal["none", "one", "many"]
    expand: Callable[[Any, tuple[Source, ...]], Expansion]


def value_node(spec: LayerSpec, op: str, sources: tuple[Source, ...], **options: Any) -> Node:
    """The node ``<id>.a``, whose shape the operation itself tells."""
    shapes = [(1, *source.shape) for source in sources]
    return Node(
        name=f"{spec.id}.a",
        layer=spec.id,
        op=op,
        inputs=tuple(source.node for source in sources),
        shape=OPS[op].shape(*shapes, **options)[1:],
        options=options,
    )
