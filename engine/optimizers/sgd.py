"""delta = -learning_rate·grad. Robbins & Monro (1951), A stochastic approximation method."""

import numpy as np

from engine.arrays import Array
from engine.optimizers.base import Detail, Entry, Optimizer, Slots, Term, Update, signed, tex


class Sgd(Optimizer):
    """delta = -learning_rate·grad."""

    name = "sgd"
    summary = "Straight down the gradient, by the learning rate."
    formula = r"\Delta = -\eta\, g"

    def delta(
        self, delta: Array, grad: Array, slots: Slots, params: Array, step: int, learning_rate: float, scratch: Array
    ) -> None:
        """delta = -learning_rate·grad."""
        self._rate[()] = -learning_rate
        np.multiply(grad, self._rate, delta)

    def explain(self, entry: Entry) -> Update:
        """One factor for the rate, one for the gradient."""
        rate, grad = entry.learning_rate, entry.grad
        term = Term("step", (Detail("-learning_rate", r"-\eta", -rate), Detail("gradient", "g", grad)))
        return Update(
            details=(Detail("learning_rate", r"\eta", rate),),
            terms=(term,),
            substituted=rf"\Delta = -{tex(rate)} \cdot {signed(grad)}",
        )
