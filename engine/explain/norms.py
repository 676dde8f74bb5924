"""Normalisation taken apart: mean, spread and the learned scale and shift, as factors of one number."""

from math import sqrt

import numpy as np

from engine.arrays import Array
from engine.explain.explanation import Factor, Index, Term
from engine.explain.terms import Derivation, place_label, plain, product, read, strongest
from engine.explain.view import View
from engine.layers import Node
from engine.words import say


def row_of(view: View, node: Node, index: Index) -> tuple[Array, float]:
    """x̂ of the row that holds this index, in float64, and 1 / √(variance + eps)."""
    x = view.value(node.inputs[0])
    assert x is not None
    row = x[index[:-1]].astype(np.float64)
    inverse = 1 / sqrt(float(row.var()) + node.options["eps"])
    return (row - row.mean()) * inverse, inverse


def _normal(value: float) -> Factor:
    return plain("x̂", r"\hat x", value)


def _layer_norm(view: View, node: Node, index: Index) -> Derivation:
    """a = gamma x̂ + beta."""
    normal, _ = row_of(view, node, index)
    _, gamma, beta = node.inputs
    unit = index[-1]
    terms = (
        product("scaled", _normal(normal[unit]), read(view, gamma, (unit,))),
        product("shifted", read(view, beta, (unit,))),
    )
    return Derivation(r"\gamma\, \hat x + \beta", terms)


def _layer_norm_gradient(view: View, user: Node, place: int, index: Index) -> list[Term]:
    """dx_i = Σ_j dy_j gamma_j ∂x̂_j/∂x_i;  dgamma = Σ dy x̂;  dbeta = Σ dy."""
    if place == 0:
        return _through_row(view, user, index)
    (unit,) = index
    dy = view.gradient(user.name)
    assert dy is not None
    normal = _all_normal(view, user, unit) if place == 1 else np.ones(dy[..., unit].size)

    def term(row: int) -> Term:
        there = tuple(int(i) for i in np.unravel_index(row, dy.shape[:-1]))
        upstream = read(view, user.name, (*there, unit), "gradient")
        return product(place_label(there), *([upstream] if place == 2 else [upstream, _normal(normal[row])]))

    return strongest(dy[..., unit].astype(np.float64).ravel() * normal, term)


def _all_normal(view: View, node: Node, unit: int) -> Array:
    """x̂ of one unit, of all rows."""
    x = view.value(node.inputs[0])
    assert x is not None
    rows = x.reshape(-1, x.shape[-1]).astype(np.float64)
    normal: Array = (rows[:, unit] - rows.mean(axis=1)) / np.sqrt(rows.var(axis=1) + node.options["eps"])
    return normal


def _through_row(view: View, user: Node, index: Index) -> list[Term]:
    """∂x̂_j/∂x_i = (1[i = j] - 1/D - x̂_i x̂_j / D) / √(variance + eps): every number of the row moves all."""
    normal, inverse = row_of(view, user, index)
    i, width = index[-1], len(normal)
    terms = []
    for j in range(width):
        slope = inverse * ((1.0 if i == j else 0.0) - (1.0 + normal[i] * normal[j]) / width)
        symbol = rf"\frac{{\partial \hat x_{{{j + 1}}}}}{{\partial x_{{{i + 1}}}}}"
        terms.append(
            product(
                say("number {j}", j=j + 1),
                read(view, user.name, (*index[:-1], j), "gradient"),
                read(view, user.inputs[1], (j,)),
                plain(f"∂x̂{j + 1}/∂x{i + 1}", symbol, slope),
            )
        )
    return terms


RULES = {"layer_norm": _layer_norm}
HAND_BACK = {"layer_norm": _layer_norm_gradient}
