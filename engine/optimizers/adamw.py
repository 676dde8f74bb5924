"""delta = Adam's delta - learning_rate·weight_decay·w: the decay is decoupled, it passes by m and v.

Loshchilov & Hutter (2019), Decoupled weight decay regularization, arXiv:1711.05101; as in PyTorch every parameter
decays, biases too.
"""

import numpy as np
import numpy.typing as npt

from engine.arrays import Array
from engine.optimizers.adam import Adam
from engine.optimizers.base import Detail, Entry, Slots, Term, Update, signed, tex
from engine.spec import AdamW as AdamWSpec


class AdamW(Adam):
    """delta = -learning_rate·m_hat / (√v_hat + eps) - learning_rate·weight_decay·w."""

    name = "adamw"
    summary = "Adam, and every weight also shrinks by a fixed part of itself."
    formula = (
        r"m \leftarrow \beta_1 m + (1-\beta_1) g \quad v \leftarrow \beta_2 v + (1-\beta_2) g^2 \quad "
        r"\Delta = -\eta\, \frac{\hat m}{\sqrt{\hat v} + \epsilon} - \eta \lambda w"
    )

    def __init__(self, spec: AdamWSpec, dtype: npt.DTypeLike) -> None:
        super().__init__(spec, dtype)
        self.weight_decay = spec.weight_decay
        self._decay = self._constant(0.0)

    def delta(
        self, delta: Array, grad: Array, slots: Slots, params: Array, step: int, learning_rate: float, scratch: Array
    ) -> None:
        """Adam's delta, then - learning_rate·weight_decay·w."""
        super().delta(delta, grad, slots, params, step, learning_rate, scratch)
        self._decay[()] = learning_rate * self.weight_decay
        np.multiply(params, self._decay, scratch)
        np.subtract(delta, scratch, delta)

    def explain(self, entry: Entry) -> Update:
        """Adam's term and the decay's."""
        adam = super().explain(entry)
        decay = (
            Detail("-learning_rate", r"-\eta", -entry.learning_rate),
            Detail("weight_decay", r"\lambda", self.weight_decay),
            Detail("weight", "w", entry.param),
        )
        shrink = rf" - {tex(entry.learning_rate)} \cdot {tex(self.weight_decay)} \cdot {signed(entry.param)}"
        return Update(
            details=(*adam.details, *decay[1:]),
            terms=(*adam.terms, Term("weight decay", decay)),
            substituted=adam.substituted + shrink,
        )
