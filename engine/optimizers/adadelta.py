"""v ← rho·v + (1 - rho)·g²;  r = √(d + eps) / √(v + eps)·g;  d ← rho·d + (1 - rho)·r²;  delta = -learning_rate·r.

Zeiler (2012), ADADELTA: an adaptive learning rate method, arXiv:1212.5701; eps inside the roots, as in the paper.
"""

from math import sqrt

import numpy as np
import numpy.typing as npt

from engine.arrays import Array
from engine.optimizers.base import Detail, Entry, Optimizer, Slots, Term, Update, signed, tex
from engine.spec import Adadelta as AdadeltaSpec


class Adadelta(Optimizer):
    """delta = -learning_rate·√(d + eps) / √(v + eps)·g.  The slots hold v / (1 - rho) and d / (1 - rho)."""

    name = "adadelta"
    summary = "The step's size comes from the size of the past steps; no learning rate is needed."
    formula = (
        r"v \leftarrow \rho v + (1-\rho) g^2 \quad r = \frac{\sqrt{d + \epsilon}}{\sqrt{v + \epsilon}}\, g \quad "
        r"d \leftarrow \rho d + (1-\rho) r^2 \quad \Delta = -\eta\, r"
    )
    slots = ("square_sum", "move_sum")

    def __init__(self, spec: AdadeltaSpec, dtype: npt.DTypeLike) -> None:
        super().__init__(spec, dtype)
        self.rho = spec.rho
        self.eps = self._eps(spec.eps)
        self._rho = self._constant(spec.rho)
        self._eps_scaled = self._constant(self.eps / (1 - spec.rho))

    def delta(
        self, delta: Array, grad: Array, slots: Slots, params: Array, step: int, learning_rate: float, scratch: Array
    ) -> None:
        """r = √((D + e) / (V + e))·g  with V, D the sums and e = eps / (1 - rho): the factor 1 - rho cancels."""
        square_sum, move_sum = slots["square_sum"], slots["move_sum"]
        self._rate[()] = -learning_rate
        np.multiply(square_sum, self._rho, square_sum)
        np.multiply(grad, grad, scratch)
        np.add(square_sum, scratch, square_sum)
        np.add(square_sum, self._eps_scaled, scratch)
        np.add(move_sum, self._eps_scaled, delta)
        np.divide(delta, scratch, delta)
        np.sqrt(delta, delta)
        np.multiply(delta, grad, delta)
        np.multiply(move_sum, self._rho, move_sum)
        np.multiply(delta, delta, scratch)
        np.add(move_sum, scratch, move_sum)
        np.multiply(delta, self._rate, delta)

    def explain(self, entry: Entry) -> Update:
        """Factors: rate, the root of past moves over past gradients, gradient."""
        rate, grad = entry.learning_rate, entry.grad
        v = (1 - self.rho) * entry.slots["square_sum"]
        d_after = (1 - self.rho) * entry.slots["move_sum"]
        d = self._before(d_after, grad * grad / (v + self.eps))
        ratio = sqrt((d + self.eps) / (v + self.eps))
        factors = (
            Detail("-learning_rate", r"-\eta", -rate),
            Detail("ratio", r"\sqrt{d+\epsilon}/\sqrt{v+\epsilon}", ratio),
            Detail("gradient", "g", grad),
        )
        fraction = rf"\frac{{\sqrt{{{tex(d)} + {tex(self.eps)}}}}}{{\sqrt{{{tex(v)} + {tex(self.eps)}}}}}"
        return Update(
            details=(
                Detail("learning_rate", r"\eta", rate),
                Detail("v", "v", v),
                Detail("d_before", "d", d),
                Detail("d", r"d_{\text{new}}", d_after),
                Detail("effective_step", r"\eta \sqrt{d+\epsilon}/\sqrt{v+\epsilon}", rate * ratio),
            ),
            terms=(Term("step", factors),),
            substituted=rf"\Delta = -{tex(rate)} \cdot {fraction} \cdot {signed(grad)}",
        )

    def _before(self, d_after: float, q: float) -> float:
        """Solve d_after = rho·d + (1 - rho)·(d + eps)·q for d, where q = g² / (v + eps), so r² = (d + eps)·q."""
        weight = self.rho + (1 - self.rho) * q
        return max(0.0, (d_after - (1 - self.rho) * self.eps * q) / weight) if weight > 0 else 0.0
