"""m ← beta1·m + (1 - beta1)·g;  v ← beta2·v + (1 - beta2)·g²;  delta = -learning_rate·m_hat / (√v_hat + eps).

With m_hat = m / (1 - beta1^t) and v_hat = v / (1 - beta2^t); eps outside the root.
Kingma & Ba (2015), Adam: a method for stochastic optimization, arXiv:1412.6980.
"""

from math import sqrt

import numpy as np
import numpy.typing as npt

from engine.arrays import Array
from engine.optimizers.base import Detail, Entry, Optimizer, Slots, Term, Update, over_root, tex
from engine.spec import Adam as AdamSpec


class Adam(Optimizer):
    """delta = -learning_rate·m_hat / (√v_hat + eps).  The slots hold m / (1 - beta1) and v / (1 - beta2)."""

    name = "adam"
    summary = "Running mean of the gradient over the root of the running mean of its square, both bias-corrected."
    formula = (
        r"m \leftarrow \beta_1 m + (1-\beta_1) g \quad v \leftarrow \beta_2 v + (1-\beta_2) g^2 \quad "
        r"\hat m = \tfrac{m}{1-\beta_1^t} \quad \hat v = \tfrac{v}{1-\beta_2^t} \quad "
        r"\Delta = -\eta\, \frac{\hat m}{\sqrt{\hat v} + \epsilon}"
    )
    slots = ("grad_sum", "square_sum")

    def __init__(self, spec: AdamSpec, dtype: npt.DTypeLike) -> None:
        super().__init__(spec, dtype)
        self.beta1, self.beta2 = spec.beta1, spec.beta2
        self.eps = self._eps(spec.eps)
        self._beta1 = self._constant(spec.beta1)
        self._beta2 = self._constant(spec.beta2)
        self._eps_scaled = self._constant(self.eps)

    def delta(
        self, delta: Array, grad: Array, slots: Slots, params: Array, step: int, learning_rate: float, scratch: Array
    ) -> None:
        """delta = -(rate·c1·root)·M / (√V + eps·root)  with M, V the sums, c1 and root below: nine calls.

        m_hat = c1·M with c1 = (1 - beta1) / (1 - beta1^t);
        √v_hat = √V / root with root = √((1 - beta2^t) / (1 - beta2)).
        """
        grad_sum, square_sum = slots["grad_sum"], slots["square_sum"]
        t = step + 1
        root = sqrt((1 - self.beta2**t) / (1 - self.beta2))
        self._rate[()] = -learning_rate * (1 - self.beta1) / (1 - self.beta1**t) * root
        self._eps_scaled[()] = self.eps * root
        np.multiply(grad_sum, self._beta1, grad_sum)
        np.add(grad_sum, grad, grad_sum)
        np.multiply(square_sum, self._beta2, square_sum)
        np.multiply(grad, grad, scratch)
        np.add(square_sum, scratch, square_sum)
        np.sqrt(square_sum, scratch)
        np.add(scratch, self._eps_scaled, scratch)
        np.divide(grad_sum, scratch, delta)
        np.multiply(delta, self._rate, delta)

    def explain(self, entry: Entry) -> Update:
        """Factors: rate, m_hat, and one over √v_hat + eps."""
        rate, t = entry.learning_rate, entry.t
        m = (1 - self.beta1) * entry.slots["grad_sum"]
        v = (1 - self.beta2) * entry.slots["square_sum"]
        m_hat, v_hat = m / (1 - self.beta1**t), v / (1 - self.beta2**t)
        scale = 1 / (sqrt(v_hat) + self.eps)
        factors = (
            Detail("-learning_rate", r"-\eta", -rate),
            Detail("m_hat", r"\hat m", m_hat),
            Detail("scale", r"1/(\sqrt{\hat v}+\epsilon)", scale),
        )
        return Update(
            details=(
                Detail("learning_rate", r"\eta", rate),
                Detail("m", "m", m),
                Detail("v", "v", v),
                Detail("m_hat", r"\hat m", m_hat),
                Detail("v_hat", r"\hat v", v_hat),
                Detail("effective_step", r"\eta/(\sqrt{\hat v}+\epsilon)", rate * scale),
            ),
            terms=(Term("step", factors),),
            substituted=rf"\Delta = -{tex(rate)} \cdot {over_root(tex(m_hat), v_hat, self.eps)}",
        )
