"""How a delta came about: the optimizer's own account of one parameter, in its terms and with its details."""

import numpy as np

from engine.explain.explanation import Detail, Index, Term
from engine.explain.terms import Derivation, plain, product, read, right_side
from engine.explain.view import View, shape_of
from engine.words import say


def derive_delta(view: View, name: str, index: Index) -> tuple[Derivation, tuple[Detail, ...]]:
    """Take apart what the last update added to one parameter, and give the numbers on the way."""
    if view.graph.parameters[name].running is not None:
        return _followed(view, name, index), ()
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
    details = tuple(Detail(name=say(detail.name), symbol=detail.symbol, value=detail.value) for detail in told.details)
    return Derivation(_last_line(optimizer.formula), terms, substituted=right_side(told.substituted)), details


def _followed(view: View, name: str, index: Index) -> Derivation:
    """A running statistic's: momentum · (batch statistic · n / (n - 1), of a variance, - running)."""
    follows = view.graph.parameters[name].running
    assert follows is not None
    momentum = plain("momentum", "m", follows.momentum)
    batch = [momentum, read(view, follows.node, index)]
    if follows.positions is not None:
        batch.append(plain("n / (n − 1)", r"\frac{n}{n - 1}", follows.correction(view.rows)))
    less = [plain("−1", "-1", -1.0), momentum, read(view, name, index)]
    terms = (product("towards the batch", *batch), product("away from where it was", *less))
    return Derivation(r"m \left(\text{batch} - \text{running}\right)", terms)


def _last_line(formula: str) -> str:
    r"""What follows ``\Delta =`` in the optimizer's formula."""
    return formula.rpartition(r"\Delta = ")[2]
