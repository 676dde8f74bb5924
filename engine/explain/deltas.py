"""How a delta came about: the optimizer's own account of one parameter, in its terms and with its details."""

import numpy as np

from engine.explain.explanation import Detail, Index, Term
from engine.explain.terms import Derivation, plain, product, right_side
from engine.explain.view import View, shape_of


def derive_delta(view: View, name: str, index: Index) -> tuple[Derivation, tuple[Detail, ...]]:
    """Take apart what the last update added to one parameter, and give the numbers on the way."""
    update = view.update()
    assert update is not None  # a delta is computed, so the optimizer has run
    place = update.offsets[name] + int(np.ravel_multi_index(index, shape_of(view.graph, name)))
    optimizer = update.optimizer
    told = optimizer.explain(
        optimizer.entry(place, update.grad, update.slots, update.params, update.step, update.learning_rate)
    )
    terms: tuple[Term, ...] = tuple(
        product(term.label, *(plain(factor.name, factor.symbol, factor.value) for factor in term.factors))
        for term in told.terms
    )
    details = tuple(Detail(name=detail.name, symbol=detail.symbol, value=detail.value) for detail in told.details)
    return Derivation(_last_line(optimizer.formula), terms, substituted=right_side(told.substituted)), details


def _last_line(formula: str) -> str:
    r"""What follows ``\Delta =`` in the optimizer's formula."""
    return formula.rpartition(r"\Delta = ")[2]
