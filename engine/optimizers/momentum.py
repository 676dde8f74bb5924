"""velocity ← momentum·velocity + grad;  delta = -learning_rate·velocity  (undamped).

Polyak (1964), Some methods of speeding up the convergence of iteration methods; in the form of PyTorch's SGD, where
the learning rate scales the velocity at the end, not the gradient on its way in.
"""

import numpy as np
import numpy.typing as npt

from engine.arrays import Array
from engine.optimizers.base import Detail, Entry, Optimizer, Slots, Term, Update, signed, tex
from engine.spec import Momentum as MomentumSpec


class Momentum(Optimizer):
    """velocity ← momentum·velocity + grad;  delta = -learning_rate·velocity  (undamped)."""

    name = "momentum"
    summary = "Past gradients keep pushing: the step is a fading sum of them."
    formula = r"u \leftarrow \mu u + g \qquad \Delta = -\eta\, u"
    slots = ("velocity",)

    def __init__(self, spec: MomentumSpec, dtype: npt.DTypeLike) -> None:
        super().__init__(spec, dtype)
        self._momentum = self._constant(spec.momentum)

    def delta(
        self, delta: Array, grad: Array, slots: Slots, params: Array, step: int, learning_rate: float, scratch: Array
    ) -> None:
        """velocity ← momentum·velocity + grad;  delta = -learning_rate·velocity."""
        velocity = slots["velocity"]
        self._rate[()] = -learning_rate
        np.multiply(velocity, self._momentum, velocity)
        np.add(velocity, grad, velocity)
        np.multiply(velocity, self._rate, delta)

    def explain(self, entry: Entry) -> Update:
        """One factor for the rate, one for the velocity."""
        rate, velocity = entry.learning_rate, entry.slots["velocity"]
        term = Term("step", (Detail("-learning_rate", r"-\eta", -rate), Detail("velocity", "u", velocity)))
        return Update(
            details=(Detail("learning_rate", r"\eta", rate), Detail("velocity", "u", velocity)),
            terms=(term,),
            substituted=rf"\Delta = -{tex(rate)} \cdot {signed(velocity)}",
        )
