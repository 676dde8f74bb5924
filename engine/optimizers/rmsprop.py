"""v ← rho·v + (1 - rho)·grad²;  delta = -learning_rate·grad / (√v + eps).

Tieleman & Hinton (2012), Lecture 6.5 of Neural Networks for Machine Learning; eps outside the root, not centred, no
momentum (PyTorch's defaults).
"""

from math import sqrt

import numpy as np
import numpy.typing as npt

from engine.arrays import Array
from engine.optimizers.base import Detail, Entry, Optimizer, Slots, Term, Update, over_root, tex
from engine.spec import RmsProp as RmsPropSpec


class RmsProp(Optimizer):
    """v ← rho·v + (1 - rho)·grad²;  delta = -learning_rate·grad / (√v + eps).  The slot holds v / (1 - rho)."""

    name = "rmsprop"
    summary = "Each parameter's gradient is divided by its recent size."
    formula = r"v \leftarrow \rho v + (1-\rho) g^2 \qquad \Delta = -\eta\, \frac{g}{\sqrt{v} + \epsilon}"
    slots = ("square_sum",)

    def __init__(self, spec: RmsPropSpec, dtype: npt.DTypeLike) -> None:
        super().__init__(spec, dtype)
        self.rho = spec.rho
        self.eps = self._eps(spec.eps)
        self._rho = self._constant(spec.rho)
        self._root = sqrt(1 - spec.rho)
        self._eps_scaled = self._constant(self.eps / self._root)

    def delta(
        self, delta: Array, grad: Array, slots: Slots, params: Array, step: int, learning_rate: float, scratch: Array
    ) -> None:
        """v ← rho·v + (1 - rho)·grad²;  delta = -learning_rate·grad / (√v + eps)."""
        square_sum = slots["square_sum"]
        self._rate[()] = -learning_rate / self._root
        np.multiply(square_sum, self._rho, square_sum)
        np.multiply(grad, grad, scratch)
        np.add(square_sum, scratch, square_sum)
        np.sqrt(square_sum, scratch)
        np.add(scratch, self._eps_scaled, scratch)
        np.divide(grad, scratch, delta)
        np.multiply(delta, self._rate, delta)

    def explain(self, entry: Entry) -> Update:
        """Factors: rate, gradient, and one over the root of the mean square."""
        rate, grad = entry.learning_rate, entry.grad
        v = (1 - self.rho) * entry.slots["square_sum"]
        scale = 1 / (sqrt(v) + self.eps)
        factors = (
            Detail("-learning_rate", r"-\eta", -rate),
            Detail("gradient", "g", grad),
            Detail("scale", r"1/(\sqrt{v}+\epsilon)", scale),
        )
        return Update(
            details=(
                Detail("learning_rate", r"\eta", rate),
                Detail("v", "v", v),
                Detail("effective_step", r"\eta/(\sqrt{v}+\epsilon)", rate * scale),
            ),
            terms=(Term("step", factors),),
            substituted=rf"\Delta = -{tex(rate)} \cdot {over_root(tex(grad), v, self.eps)}",
        )
