"""Running statistics: how they follow the batch's, so that evaluation does not depend on who else is in a batch."""

from collections.abc import Iterator

import numpy as np

from engine.arrays import Array
from engine.graph import Graph
from engine.layers import Running
from engine.plan.plan import Plan


class Statistics:
    """Writes the deltas of the running statistics, beside the optimizer's.

    delta = momentum · (batch statistic - running): running moves by ``momentum`` towards the batch, as PyTorch counts
    it. A variance is taken with n - 1 here, as there, though the batch itself is normalised with n.

    Args:
        plan: in training.
    """

    def __init__(self, plan: Plan) -> None:
        self._entries = tuple(_entries(plan))

    def write_deltas(self, rows: int) -> None:
        """Of a batch of so many examples, whose forward pass has run."""
        for delta, batch, running, follows in self._entries:
            np.multiply(batch, follows.correction(rows), out=delta)
            np.subtract(delta, running, delta)
            np.multiply(delta, follows.momentum, out=delta)


def _entries(plan: Plan) -> Iterator[tuple[Array, Array, Array, Running]]:
    """(delta, the batch's statistic, the running one, how it follows)."""
    graph: Graph = plan.graph
    for name, parameter in graph.parameters.items():
        if parameter.running is not None and not parameter.frozen:
            batch = plan.values[parameter.running.node]
            yield plan.view(plan.delta, name), batch, plan.parameters[name], parameter.running
