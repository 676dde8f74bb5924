"""The L1 and L2 penalty, tied to a plan's flat vectors."""

import numpy as np

from engine.arrays import Array
from engine.graph import Graph, size
from engine.regularization import add_penalty_gradient, counted, counts, is_on
from engine.regularization import penalty as penalty_of


class Regularizer:
    """Computes the penalty of the parameters and adds its gradient to theirs.

    Args:
        graph: says which parameters count, and how much.
        params: flat, read.
        grads: flat, added to; empty where no gradients are wanted.
    """

    def __init__(self, graph: Graph, params: Array, grads: Array) -> None:
        self._spec = graph.regularization
        self._params = params
        self.grads = grads
        sizes = [(counts(self._spec, parameter), size(parameter.shape)) for parameter in graph.parameters.values()]
        length = len(params) if is_on(self._spec) else 0
        self._mask = counted(sizes if length else [], params.dtype)
        self._scratch = np.zeros(length, params.dtype)

    def penalty(self, out: Array) -> None:
        """Writes l1·Σ|w| + ½·l2·Σw²."""
        out[()] = penalty_of(self._spec, self._params, self._mask, self._scratch)

    def add_gradient(self) -> None:
        """Adds l1·sign(w) + l2·w to the gradients."""
        add_penalty_gradient(self.grads, self._spec, self._params, self._mask, self._scratch)
