"""velocity ← momentum·velocity + grad;  delta = -learning_rate·(grad + momentum·velocity).

Nesterov (1983), A method for solving a convex programming problem with convergence rate O(1/k²); in PyTorch's form
(Sutskever et al. 2013 rewritten so that the gradient is taken at the parameters themselves).
"""

import numpy as np
import numpy.typing as npt

from engine.arrays import Array
from engine.optimizers.base import Detail, Entry, Optimizer, Slots, Term, Update, signed, tex
from engine.spec import Nesterov as NesterovSpec


class Nesterov(Optimizer):
    """velocity ← momentum·velocity + grad;  delta = -learning_rate·(grad + momentum·velocity)."""

    name = "nesterov"
    summary = "Momentum that looks one velocity ahead."
    formula = r"u \leftarrow \mu u + g \qquad \Delta = -\eta\,(g + \mu u)"
    slots = ("velocity",)

    def __init__(self, spec: NesterovSpec, dtype: npt.DTypeLike) -> None:
        super().__init__(spec, dtype)
        self.momentum = spec.momentum
        self._momentum = self._constant(spec.momentum)

    def delta(
        self, delta: Array, grad: Array, slots: Slots, params: Array, step: int, learning_rate: float, scratch: Array
    ) -> None:
        """velocity ← momentum·velocity + grad;  delta = -learning_rate·(grad + momentum·velocity)."""
        velocity = slots["velocity"]
        self._rate[()] = -learning_rate
        np.multiply(velocity, self._momentum, velocity)
        np.add(velocity, grad, velocity)
        np.multiply(velocity, self._momentum, delta)
        np.add(delta, grad, delta)
        np.multiply(delta, self._rate, delta)

    def explain(self, entry: Entry) -> Update:
        """Two terms: the gradient's own, and the velocity's."""
        rate, grad, velocity = entry.learning_rate, entry.grad, entry.slots["velocity"]
        minus_rate = Detail("-learning_rate", r"-\eta", -rate)
        momentum = Detail("momentum", r"\mu", self.momentum)
        u = Detail("velocity", "u", velocity)
        return Update(
            details=(
                Detail("learning_rate", r"\eta", rate),
                u,
                Detail("look_ahead", r"\mu u", momentum.value * u.value),
            ),
            terms=(
                Term("gradient", (minus_rate, Detail("gradient", "g", grad))),
                Term("look-ahead", (minus_rate, momentum, u)),
            ),
            substituted=rf"\Delta = -{tex(rate)} \cdot ({tex(grad)} + {tex(self.momentum)} \cdot {signed(velocity)})",
        )
