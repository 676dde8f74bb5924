"""What an optimizer is: named slots beside the flat parameters, and a few in-place calls from gradient to delta.

All definitions are PyTorch's. ``step`` counts from 0; the formulas' t is ``step + 1``.

Some slots hold a running *sum* where the papers write a running *mean*: with S = m / (1 - beta) the rule
m ← beta·m + (1 - beta)·g becomes S ← beta·S + g, one call less over all parameters. The constant moves into the one
number that scales the delta, and ``explain`` gives m back.
"""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from math import isfinite, isnan, prod
from typing import Any, ClassVar, NamedTuple

import numpy as np
import numpy.typing as npt

from engine.arrays import Array

#: name of the slot -> flat vector, as long as the parameters. All zeros before step 0.
Slots = Mapping[str, Array]


class Detail(NamedTuple):
    """One number of an update: its name on the wire, its TeX symbol, its value."""

    name: str
    symbol: str
    value: float


class Term(NamedTuple):
    """A product of numbers; the terms of an update add up to the delta."""

    label: str
    factors: tuple[Detail, ...]

    @property
    def value(self) -> float:
        """The product of the factors."""
        return prod(factor.value for factor in self.factors)


@dataclass(frozen=True)
class Entry:
    """What one parameter's update depends on.

    Args:
        grad: the gradient that the optimizer was given (clipped, if clipping is on).
        param: the parameter *before* the update.
        slots: the slots *after* the update.
        step: number of the step, from 0.
        learning_rate: the step's rate, schedule included.
    """

    grad: float
    param: float
    slots: Mapping[str, float]
    step: int
    learning_rate: float

    @property
    def t(self) -> int:
        """The step counted from 1, as the papers do."""
        return self.step + 1


@dataclass(frozen=True)
class Update:
    """Why a delta is what it is: ``value`` is the sum over the terms of the products of their factors."""

    details: tuple[Detail, ...]
    terms: tuple[Term, ...]
    substituted: str

    @property
    def value(self) -> float:
        """The delta, recomputed in double precision."""
        return sum(term.value for term in self.terms)


class Optimizer(ABC):
    """Writes the delta of every parameter, given the gradient; ``params += delta`` is the caller's.

    Args:
        spec: the optimizer's part of the spec.
        dtype: of the flat vectors; constants are kept in it, so that float32 stays float32.
    """

    name: ClassVar[str]
    summary: ClassVar[str]
    formula: ClassVar[str]
    slots: ClassVar[tuple[str, ...]] = ()

    def __init__(self, spec: Any, dtype: npt.DTypeLike) -> None:
        self._dtype = np.dtype(dtype)
        self._rate = self._constant(0.0)

    @abstractmethod
    def delta(
        self, delta: Array, grad: Array, slots: Slots, params: Array, step: int, learning_rate: float, scratch: Array
    ) -> None:
        """Write what ``params`` moves by into ``delta`` and bring the slots up to date.

        Args:
            delta: (P,), written.
            grad: (P,), read.
            slots: each (P,), read and written.
            params: (P,), read: the parameters before the update.
            step: number of the step, from 0.
            learning_rate: the step's rate, schedule included.
            scratch: (P,), overwritten.
        """

    @abstractmethod
    def explain(self, entry: Entry) -> Update:
        """The same update for one parameter, in numbers."""

    def entry(self, index: int, grad: Array, slots: Slots, params: Array, step: int, learning_rate: float) -> Entry:
        """Pick one parameter out of the flat vectors (``slots`` after, ``params`` before the update)."""
        picked = {name: float(slots[name][index]) for name in self.slots}
        return Entry(float(grad[index]), float(params[index]), picked, step, learning_rate)

    def details(
        self, index: int, grad: Array, slots: Slots, params: Array, step: int, learning_rate: float
    ) -> list[Detail]:
        """The numbers of one parameter's update, recomputed from the slots after it."""
        return list(self.explain(self.entry(index, grad, slots, params, step, learning_rate)).details)

    def substituted(self, index: int, grad: Array, slots: Slots, params: Array, step: int, learning_rate: float) -> str:
        """The formula of one parameter's delta with the numbers filled in, as TeX."""
        return self.explain(self.entry(index, grad, slots, params, step, learning_rate)).substituted

    def _constant(self, value: float) -> Array:
        """A number that numpy need not convert: on 100 parameters a call with it costs half of one with a float."""
        return np.array(value, dtype=self._dtype)

    def _eps(self, eps: float) -> float:
        """Eps, but never so small that this dtype rounds it to 0: then 0 / 0 would be possible."""
        return max(eps, float(np.finfo(self._dtype).tiny))


def tex(value: float) -> str:
    r"""A number as TeX, six significant digits: ``0.0125``, ``-3.2 \cdot 10^{-9}``."""
    if not isfinite(value):
        return r"\text{NaN}" if isnan(value) else r"\infty" if value > 0 else r"-\infty"
    mantissa, _, exponent = f"{value:.6g}".partition("e")
    return rf"{mantissa} \cdot 10^{{{int(exponent)}}}" if exponent else mantissa


def signed(value: float) -> str:
    """As ``tex``, in brackets if it is negative, so that it may follow an operator."""
    return f"({tex(value)})" if value < 0 else tex(value)


def over_root(numerator: str, square: float, eps: float) -> str:
    """The fraction numerator / (√square + eps) as TeX."""
    return rf"\frac{{{numerator}}}{{\sqrt{{{tex(square)}}} + {tex(eps)}}}"
