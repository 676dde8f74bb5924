"""The network once more, beside the training: a float64 copy on which anything may be changed and run forward."""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from engine.arrays import Array
from engine.graph import Graph
from engine.plan import Bound, Plan
from engine.plan.plan import Purpose


class Losses(NamedTuple):
    """What a forward pass comes to.

    Args:
        loss: of the data; None where nobody says what is right.
        penalty: of the parameters; None without regularisation.
    """

    loss: float | None
    penalty: float | None

    @property
    def minimised(self) -> float | None:
        """Loss and penalty: what gradients are of."""
        return None if self.loss is None else self.loss + (self.penalty or 0.0)


class Rehearsal:
    """A float64 copy of a network that stands on some examples; nothing of the training is touched.

    Args:
        graph: the network.
        values: what no call computes, by node: inputs, targets (left out if nobody says what is right), masks.
        params: flat parameters; copied.
        purpose: ``rehearsal``: training's formula, with the batch's statistics; ``evaluation``: running statistics.
    """

    def __init__(self, graph: Graph, values: Mapping[str, Array], params: Array, purpose: Purpose) -> None:
        self.graph = graph
        self.rows = len(values[graph.input])
        self._judged = "target" in values
        self._plan = Plan(graph, self.rows, "float64", purpose=purpose)
        self._bound: Bound = self._plan.bind(self.rows)
        self.params = self._plan.params
        self.parameters = self._plan.parameters
        self.values = self._bound.values
        self._runs = tuple(call.run for call in self._bound.forward)
        self._loss_runs = tuple(call.run for call in self._bound.loss)
        np.copyto(self.params, params)
        for name, value in values.items():
            np.copyto(self.values[name], value)

    @np.errstate(all="ignore")
    def run(self) -> Losses:
        """All values, with parameters and inputs as they are now."""
        for run in self._runs:
            run()
        if not self._judged:
            return Losses(None, None)
        for run in self._loss_runs:
            run()
        penalty = float(self.values["penalty"]) if "penalty" in self.values else None
        return Losses(float(self.values["loss"]), penalty)
