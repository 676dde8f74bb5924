"""Softmax taken apart: all scores share one cake, so what one share gets the others lack."""

import numpy as np

from engine.arrays import Array
from engine.explain.explanation import Index, Term
from engine.explain.terms import Derivation, plain, product, read, right_side
from engine.explain.view import View
from engine.layers import Node
from engine.ops import OPS
from engine.words import say


def parts_of_share(raised: Array, place: int, score: str) -> tuple[Term, Term]:
    """exp(score - max) of one place and 1 / Σ exp(score - max) of all: a share is their product.

    Args:
        raised: (K,): exp(score - max), 0 for what gets nothing.
        place: whose share.
        score: the scores' letter.
    """
    top = plain(say("exp({score} − max {score})", score=score), rf"e^{{{score}_j - \max {score}}}", raised[place])
    name, symbol = (
        say("1 / Σ exp({score} − max {score})", score=score),
        rf"\frac{{1}}{{\sum_k e^{{{score}_k - \max {score}}}}}",
    )
    return product("this score", top), product("all scores", plain(name, symbol, 1 / raised.sum()))


def through_shares(
    view: View, user: Node, index: Index, axis: int, called: str, letters: tuple[str, str]
) -> list[Term]:
    """ds_j = Σ_k dw_k w_k (1[j = k] - w_j).

    Args:
        view: the numbers.
        user: the node whose values w are the shares.
        index: of the score s_j.
        axis: along which the shares add up to 1.
        called: what a share belongs to.
        letters: of a share and of a score.
    """
    shares = view.value(user.name)
    assert shares is not None
    (w, s), j, terms = letters, index[axis], []
    for k in range(shares.shape[axis]):
        there = (*index[:axis], k, *index[axis + 1 :])
        jacobian = float(shares[there]) * ((1.0 if j == k else 0.0) - float(shares[index]))
        symbol = rf"\frac{{\partial {w}_{{{k + 1}}}}}{{\partial {s}_{{{j + 1}}}}}"
        slope = plain(f"∂{w}{k + 1}/∂{s}{j + 1}", symbol, jacobian)
        terms.append(product(f"{called} {k + 1}", read(view, user.name, there, "gradient"), slope))
    return terms


def _axis(node: Node, axes: int) -> int:
    """Along which of so many axes the shares add up to 1."""
    return int(node.options.get("axis", -1)) % axes


def _softmax(view: View, node: Node, index: Index) -> Derivation:
    """a_j = exp(z_j - max z) · 1/Σ_k exp(z_k - max z)."""
    z = view.value(node.inputs[0])
    assert z is not None
    axis = _axis(node, z.ndim)
    logits = np.moveaxis(z, axis, -1)[(*index[:axis], *index[axis + 1 :])].astype(np.float64)
    terms = parts_of_share(np.exp(logits - logits.max()), index[axis], "z")
    return Derivation(right_side(OPS["softmax"].formula), terms, "product")


def _softmax_gradient(view: View, user: Node, place: int, index: Index) -> list[Term]:
    """dz_j = Σ_k da_k a_k (1[j = k] - a_j)."""
    return through_shares(view, user, index, _axis(user, len(index)), "share", ("a", "z"))


RULES = {"softmax": _softmax}
HAND_BACK = {"softmax": _softmax_gradient}
