"""sum ← sum + grad²;  delta = -learning_rate·grad / (√sum + eps).

Duchi, Hazan & Singer (2011), Adaptive subgradient methods, JMLR 12; without a decay of the learning rate.
"""

from math import sqrt

import numpy as np
import numpy.typing as npt

from engine.arrays import Array
from engine.optimizers.base import Detail, Entry, Optimizer, Slots, Term, Update, over_root, tex
from engine.spec import Adagrad as AdagradSpec


class Adagrad(Optimizer):
    """sum ← sum + grad²;  delta = -learning_rate·grad / (√sum + eps)."""

    name = "adagrad"
    summary = "A parameter that has moved much moves less: its rate falls with the sum of its squared gradients."
    formula = r"s \leftarrow s + g^2 \qquad \Delta = -\eta\, \frac{g}{\sqrt{s} + \epsilon}"
    slots = ("square_sum",)

    def __init__(self, spec: AdagradSpec, dtype: npt.DTypeLike) -> None:
        super().__init__(spec, dtype)
        self.eps = self._eps(spec.eps)
        self._eps_constant = self._constant(self.eps)

    def delta(
        self, delta: Array, grad: Array, slots: Slots, params: Array, step: int, learning_rate: float, scratch: Array
    ) -> None:
        """sum ← sum + grad²;  delta = -learning_rate·grad / (√sum + eps)."""
        square_sum = slots["square_sum"]
        self._rate[()] = -learning_rate
        np.multiply(grad, grad, scratch)
        np.add(square_sum, scratch, square_sum)
        np.sqrt(square_sum, scratch)
        np.add(scratch, self._eps_constant, scratch)
        np.divide(grad, scratch, delta)
        np.multiply(delta, self._rate, delta)

    def explain(self, entry: Entry) -> Update:
        """Factors: rate, gradient, and one over the root of the squares."""
        rate, grad, square_sum = entry.learning_rate, entry.grad, entry.slots["square_sum"]
        scale = 1 / (sqrt(square_sum) + self.eps)
        factors = (
            Detail("-learning_rate", r"-\eta", -rate),
            Detail("gradient", "g", grad),
            Detail("scale", r"1/(\sqrt{s}+\epsilon)", scale),
        )
        return Update(
            details=(
                Detail("learning_rate", r"\eta", rate),
                Detail("square_sum", "s", square_sum),
                Detail("effective_step", r"\eta/(\sqrt{s}+\epsilon)", rate * scale),
            ),
            terms=(Term("step", factors),),
            substituted=rf"\Delta = -{tex(rate)} \cdot {over_root(tex(grad), square_sum, self.eps)}",
        )
