"""A graph compiled: every buffer allocated once, and straight lists of bound calls."""

from collections.abc import Callable
from functools import partial
from typing import Literal

import numpy as np

from engine.arrays import Array
from engine.errors import ShapeMismatch
from engine.graph import Graph, with_gradient
from engine.layers import Node
from engine.plan.binding import Binder, Bound
from engine.plan.buffers import NodeBuffers, Scratch, spans_of, views_of
from engine.plan.masks import draw_mask
from engine.plan.regularizer import Regularizer

#: What a plan is for: whether masks are drawn, whether a batch is normalised by its own statistics or by the running
#: ones, and which gradients there are.
Purpose = Literal["training", "evaluation", "probe", "check", "rehearsal", "sense", "generation"]
#: What computes no gradient at all, and what computes those of parameters.
FORWARD_ONLY = frozenset({"evaluation", "rehearsal", "generation"})
WITH_PARAMETERS = frozenset({"training", "probe", "check"})


class Plan:
    """The buffers of one network and the calls that compute into them.

    All parameters lie in one flat vector, all gradients in another; ``parameters`` and ``parameter_gradients`` are
    views. ``bind(rows)`` gives the calls for a batch of that many examples.

    Args:
        graph: what to compute.
        capacity: the largest batch.
        dtype: ``float32`` or ``float64``.
        params: a flat vector to share, say with the plan that trains it; a new one of zeros if left out.
        purpose: ``training``; ``evaluation``: forward and loss only, dropout off, running statistics; ``probe``: the
            same with all gradients, those of the input included; ``check``: training's formula, statistics of the
            batch, with masks that are given; ``rehearsal``: that without gradients; ``sense``: as
            ``evaluation``, with the gradients of one node (``end``) with respect to the input, or to the vectors that
            are looked up for its tokens, none of parameters;
            ``generation``: as ``evaluation``, but recurrences go on from the state that is there.
        seed: of the dropout masks.
        end: the node whose gradient is handed back; what it is filled with is the caller's business, but for the loss.
    """

    def __init__(
        self,
        graph: Graph,
        capacity: int,
        dtype: str,
        *,
        params: Array | None = None,
        purpose: Purpose = "training",
        seed: int = 0,
        end: str = "loss",
    ) -> None:
        self.graph = graph
        self.end = end
        self.capacity = capacity
        self.dtype = dtype
        self.purpose: Purpose = purpose
        self.seed = seed
        self.step = 0  # which step's masks to draw: the trainer counts it
        self.spans = spans_of(graph.parameters)
        self.params = _flat(graph, dtype) if params is None else params
        self.parameters = views_of(self.params, graph.parameters)
        self._values = NodeBuffers(graph.nodes.values(), capacity, dtype, lambda node: float(node.kind == "mask"))
        self.values = self._values.views(capacity)
        self.grads = _flat(graph, dtype if purpose in WITH_PARAMETERS else None)
        self.delta = _flat(graph, dtype if purpose == "training" else None)
        self.before = _flat(graph, dtype if purpose == "training" else None)
        self._gradients = NodeBuffers(self._with_gradient(), capacity, dtype, lambda node: float(node.kind == "loss"))
        self.gradients = self._gradients.views(capacity)
        self._scratch = Scratch(dtype)
        self._regularizer = Regularizer(graph, self.params, self.grads)
        self._bound: dict[int, Bound] = {}

    @property
    def parameter_gradients(self) -> dict[str, Array]:
        """Views on the flat gradient, of what is learned."""
        return views_of(self.grads, self.graph.learned)

    def view(self, flat: Array, name: str) -> Array:
        """This parameter's part of a flat vector (parameters, gradients, deltas, a slot of the optimizer)."""
        return flat[self.spans[name]].reshape(self.graph.parameters[name].shape)

    def bind(self, rows: int) -> Bound:
        """The calls for a batch of this size, made once and then kept.

        Raises:
            ShapeMismatch: if the plan has no room for so many examples.
        """
        if not 1 <= rows <= self.capacity:
            raise ShapeMismatch("batch", (f"1 to {self.capacity}",), (rows,))
        if rows not in self._bound:
            self._bound[rows] = self._bind(rows)
        return self._bound[rows]

    def _bind(self, rows: int) -> Bound:
        values, gradients = self._values.views(rows), self._gradients.views(rows)
        blocks, gradient_blocks = self._values.blocks(rows), self._gradients.blocks(rows)
        inner = gradients | (self.parameter_gradients if self.purpose in WITH_PARAMETERS else {})
        binder = Binder(
            self.graph,
            values={**values, **self.parameters},
            gradients=inner,
            blocks=blocks,
            gradient_blocks=gradient_blocks,
            scratch=self._scratch,
            regularizer=self._regularizer,
            draw_mask=self._mask,
            batch_statistics=self._uses_batch_statistics,
            holds_state=self.purpose == "generation",
        )
        return Bound(
            rows=rows,
            values=values,
            gradients=inner,
            blocks=blocks,
            gradient_blocks=gradient_blocks,
            forward=tuple(binder.forward()),
            loss=tuple(binder.loss()) if "loss" in self.graph.nodes else (),
            backward=tuple(binder.backward()) if inner else (),
        )

    def _with_gradient(self) -> list[Node]:
        """The nodes that get a gradient; the loss's is 1."""
        if self.purpose in FORWARD_ONLY:
            return []
        starts = self.graph.sensed if self.purpose == "sense" else tuple(self.graph.learned)
        if self.purpose == "probe":
            starts = (*starts, self.graph.input)
        wanted = with_gradient(starts, tuple(self.graph.nodes.values()), self.end) | {self.end}
        nodes = [node for node in self.graph.nodes.values() if node.name in wanted]
        return [node for node in nodes if self._uses_batch_statistics or node.kind != "statistic"]

    @property
    def _uses_batch_statistics(self) -> bool:
        return self.purpose in {"training", "check", "rehearsal"}

    def _mask(self, node: Node, mask: Array) -> Callable[[], object] | None:
        if self.purpose != "training":
            return None
        place = self.graph.layers[node.layer].index or 0
        return partial(draw_mask, mask, self, place=place, **node.options)


def _flat(graph: Graph, dtype: str | None) -> Array:
    """Zeros for every parameter; nothing where there is nothing to hold."""
    return np.zeros(graph.flat_size if dtype else 0, dtype or "float32")
