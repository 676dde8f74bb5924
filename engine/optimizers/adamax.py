"""m ← beta1·m + (1 - beta1)·g;  u ← max(beta2·u, |g| + eps);  delta = -learning_rate / (1 - beta1^t)·m / u.

Kingma & Ba (2015), arXiv:1412.6980, section 7.1; eps beside |g|, as in PyTorch.
"""

import numpy as np
import numpy.typing as npt

from engine.arrays import Array
from engine.optimizers.base import Detail, Entry, Optimizer, Slots, Term, Update, tex
from engine.spec import Adamax as AdamaxSpec


class Adamax(Optimizer):
    """delta = -learning_rate·m_hat / u.  The first slot holds m / (1 - beta1)."""

    name = "adamax"
    summary = "Adam that divides by the largest recent gradient instead of the root mean square."
    formula = (
        r"m \leftarrow \beta_1 m + (1-\beta_1) g \quad u \leftarrow \max(\beta_2 u,\, |g| + \epsilon) \quad "
        r"\Delta = -\eta\, \frac{\hat m}{u}, \; \hat m = \tfrac{m}{1-\beta_1^t}"
    )
    slots = ("grad_sum", "largest")

    def __init__(self, spec: AdamaxSpec, dtype: npt.DTypeLike) -> None:
        super().__init__(spec, dtype)
        self.beta1 = spec.beta1
        self._beta1 = self._constant(spec.beta1)
        self._beta2 = self._constant(spec.beta2)
        self._eps_constant = self._constant(self._eps(spec.eps))

    def delta(
        self, delta: Array, grad: Array, slots: Slots, params: Array, step: int, learning_rate: float, scratch: Array
    ) -> None:
        """delta = -learning_rate·m_hat / u."""
        grad_sum, largest = slots["grad_sum"], slots["largest"]
        self._rate[()] = -learning_rate * (1 - self.beta1) / (1 - self.beta1 ** (step + 1))
        np.multiply(grad_sum, self._beta1, grad_sum)
        np.add(grad_sum, grad, grad_sum)
        np.multiply(largest, self._beta2, largest)
        np.absolute(grad, scratch)
        np.add(scratch, self._eps_constant, scratch)
        np.maximum(largest, scratch, out=largest)
        np.divide(grad_sum, largest, delta)
        np.multiply(delta, self._rate, delta)

    def explain(self, entry: Entry) -> Update:
        """Factors: rate, m_hat, and one over u."""
        rate, largest = entry.learning_rate, entry.slots["largest"]
        m = (1 - self.beta1) * entry.slots["grad_sum"]
        m_hat = m / (1 - self.beta1**entry.t)
        factors = (
            Detail("-learning_rate", r"-\eta", -rate),
            Detail("m_hat", r"\hat m", m_hat),
            Detail("scale", "1/u", 1 / largest),
        )
        return Update(
            details=(
                Detail("learning_rate", r"\eta", rate),
                Detail("m", "m", m),
                Detail("m_hat", r"\hat m", m_hat),
                Detail("u", "u", largest),
                Detail("effective_step", r"\eta/u", rate / largest),
            ),
            terms=(Term("step", factors),),
            substituted=rf"\Delta = -{tex(rate)} \cdot \frac{{{tex(m_hat)}}}{{{tex(largest)}}}",
        )
