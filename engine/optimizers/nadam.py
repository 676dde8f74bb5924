"""Adam with Nesterov's look-ahead and a momentum schedule.

mu_t = beta1·(1 - ½·0.96^(t·momentum_decay));  p_t = mu_1·…·mu_t
m_bar = mu_(t+1)·m / (1 - p_(t+1)) + (1 - mu_t)·g / (1 - p_t);  delta = -learning_rate·m_bar / (√v_hat + eps)

Dozat (2016), Incorporating Nesterov momentum into Adam; as in PyTorch, momentum_decay = 0.004.
"""

from math import sqrt
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from engine.arrays import Array
from engine.optimizers.base import Detail, Entry, Optimizer, Slots, Term, Update, over_root, signed, tex
from engine.spec import Nadam as NadamSpec

#: 1 less such a product is 1 in double precision.
NEGLIGIBLE = 1e-20


class Weights(NamedTuple):
    """What m and g are multiplied by at one step."""

    on_m: float  # mu_(t+1) / (1 - p_(t+1))
    on_grad: float  # (1 - mu_t) / (1 - p_t)


class Nadam(Optimizer):
    """delta = -learning_rate·m_bar / (√v_hat + eps).  The slots hold m / (1 - beta1) and v / (1 - beta2)."""

    name = "nadam"
    summary = "Adam that looks one step ahead, with a momentum that warms up."
    formula = (
        r"m \leftarrow \beta_1 m + (1-\beta_1) g \quad v \leftarrow \beta_2 v + (1-\beta_2) g^2 \quad "
        r"\mu_t = \beta_1 (1 - \tfrac12\, 0.96^{t \psi}) \quad "
        r"\bar m = \frac{\mu_{t+1} m}{1 - \prod_{i \le t+1} \mu_i} + "
        r"\frac{(1-\mu_t) g}{1 - \prod_{i \le t} \mu_i} \quad "
        r"\Delta = -\eta\, \frac{\bar m}{\sqrt{\hat v} + \epsilon}"
    )
    slots = ("grad_sum", "square_sum")

    def __init__(self, spec: NadamSpec, dtype: npt.DTypeLike) -> None:
        super().__init__(spec, dtype)
        self.beta1, self.beta2 = spec.beta1, spec.beta2
        self.momentum_decay = spec.momentum_decay
        self.eps = self._eps(spec.eps)
        self._beta1 = self._constant(spec.beta1)
        self._beta2 = self._constant(spec.beta2)
        self._eps_scaled = self._constant(self.eps)
        self._mix = self._constant(0.0)
        self._product = (0, 1.0)  # (t, mu_1·…·mu_t): remembered, because the next step needs the next one

    def delta(
        self, delta: Array, grad: Array, slots: Slots, params: Array, step: int, learning_rate: float, scratch: Array
    ) -> None:
        """delta = -rate·on_grad·(g + mix·M) / (√V / root + eps)  with mix = (1 - beta1)·on_m / on_grad."""
        grad_sum, square_sum = slots["grad_sum"], slots["square_sum"]
        weights = self.weights(step)
        root = sqrt((1 - self.beta2 ** (step + 1)) / (1 - self.beta2))
        self._rate[()] = -learning_rate * weights.on_grad * root
        self._eps_scaled[()] = self.eps * root
        self._mix[()] = (1 - self.beta1) * weights.on_m / weights.on_grad
        np.multiply(grad_sum, self._beta1, grad_sum)
        np.add(grad_sum, grad, grad_sum)
        np.multiply(square_sum, self._beta2, square_sum)
        np.multiply(grad, grad, scratch)
        np.add(square_sum, scratch, square_sum)
        np.sqrt(square_sum, scratch)
        np.add(scratch, self._eps_scaled, scratch)
        np.multiply(grad_sum, self._mix, delta)
        np.add(delta, grad, delta)
        np.divide(delta, scratch, delta)
        np.multiply(delta, self._rate, delta)

    def weights(self, step: int) -> Weights:
        """What m and g weigh at this step: a function of the step alone."""
        t = step + 1
        mu, mu_next = self._mu(t), self._mu(t + 1)
        product = self._product_to(t)
        return Weights(on_m=mu_next / (1 - product * mu_next), on_grad=(1 - mu) / (1 - product))

    def _mu(self, t: int) -> float:
        return float(self.beta1 * (1 - 0.5 * 0.96 ** (t * self.momentum_decay)))

    def _product_to(self, t: int) -> float:
        """mu_1·…·mu_t, always multiplied in this order, so that a replay gives the same bits."""
        done, product = self._product if self._product[0] <= t else (0, 1.0)
        while done < t and product > 0:
            done += 1
            product *= self._mu(done)
            if product < NEGLIGIBLE:
                product = 0.0
        self._product = (t, product)
        return product

    def explain(self, entry: Entry) -> Update:
        """Two terms over √v_hat + eps: the momentum's and the gradient's own."""
        rate, grad = entry.learning_rate, entry.grad
        weights = self.weights(entry.step)
        m = (1 - self.beta1) * entry.slots["grad_sum"]
        v = (1 - self.beta2) * entry.slots["square_sum"]
        v_hat = v / (1 - self.beta2**entry.t)
        m_bar = weights.on_m * m + weights.on_grad * grad
        minus_rate = Detail("-learning_rate", r"-\eta", -rate)
        scale = Detail("scale", r"1/(\sqrt{\hat v}+\epsilon)", 1 / (sqrt(v_hat) + self.eps))
        on_m = Detail("weight_of_m", r"\tfrac{\mu_{t+1}}{1-\prod\mu}", weights.on_m)
        on_grad = Detail("weight_of_gradient", r"\tfrac{1-\mu_t}{1-\prod\mu}", weights.on_grad)
        numerator = rf"{tex(weights.on_m)} \cdot {signed(m)} + {tex(weights.on_grad)} \cdot {signed(grad)}"
        return Update(
            details=(
                Detail("learning_rate", r"\eta", rate),
                Detail("m", "m", m),
                Detail("v", "v", v),
                Detail("mu", r"\mu_t", self._mu(entry.t)),
                Detail("m_bar", r"\bar m", m_bar),
                Detail("v_hat", r"\hat v", v_hat),
                Detail("effective_step", r"\eta/(\sqrt{\hat v}+\epsilon)", rate * scale.value),
            ),
            terms=(
                Term("momentum", (minus_rate, on_m, Detail("m", "m", m), scale)),
                Term("gradient", (minus_rate, on_grad, Detail("gradient", "g", grad), scale)),
            ),
            substituted=rf"\Delta = -{tex(rate)} \cdot {over_root(numerator, v_hat, self.eps)}",
        )
