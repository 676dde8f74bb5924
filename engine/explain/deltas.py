"""How a delta came about: the optimizer's own account of one parameter, in its terms and with its details."""

import math

from engine.explain.explanation import Detail, Index, Term
from engine.explain.terms import Derivation, plain, product
from engine.explain.view import View, shape_of


def derive_delta(view: View, name: str, index: Index) -> tuple[Derivation, tuple[Detail, ...]]:
    """Take apart what the last update added to one parameter, and give the numbers on the way."""
    update = view.update()
    assert update is not None  # a delta is computed, so the optimizer has run
    place = update.offsets[name] + _flat(shape_of(view.graph, name), index)
    optimizer = update.optimizer
    told = optimizer.explain(
        optimizer.entry(place, update.grad, update.slots, update.params, update.step, update.learning_rate)
    )
    terms: tuple[Term, ...] = tuple(
        product(term.label, *(plain(factor.name, factor.symbol, factor.value) for factor in term.factors))
        for term in told.terms
    )
    details = tuple(Detail(name=detail.name, symbol=detail.symbol, value=detail.value) for detail in told.details)
    substituted = told.substituted.partition("=")[2].strip()
    return Derivation(_right_side(optimizer.formula), terms, substituted=substituted), details


def _right_side(formula: str) -> str:
    r"""What follows ``\Delta =`` in the optimizer's formula."""
    return formula.rpartition(r"\Delta = ")[2]


def _flat(shape: tuple[int, ...], index: Index) -> int:
    """The place of a parameter's entry in its stretch of the flat vector."""
    return sum(i * math.prod(shape[axis + 1 :]) for axis, i in enumerate(index))
