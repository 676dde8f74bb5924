"""Attention taken apart: the products under a score, the softmax of what is seen, the mixture of the values."""

from math import sqrt

import numpy as np

from engine.arrays import Array
from engine.explain.explanation import Factor, Index, Term
from engine.explain.shares import parts_of_share, through_shares
from engine.explain.terms import Derivation, fold, plain, product, read, right_side
from engine.explain.view import View, shape_of
from engine.layers import Node
from engine.ops import OPS
from engine.ops.attention_weights import later
from engine.words import say


def head_of(view: View, node: Node, head: int) -> range:
    """The numbers of q, k and v that this head reads; ``node``: the scores, or the mixture."""
    mixed = node.op == "attention_mix"
    heads = shape_of(view.graph, node.inputs[0])[0] if mixed else node.options["heads"]
    width = shape_of(view.graph, node.inputs[1])[-1] // heads
    return range(head * width, (head + 1) * width)


def _root(width: int) -> Factor:
    return plain("1/√d", r"\frac{1}{\sqrt d}", 1 / sqrt(width))


def _scores(view: View, node: Node, index: Index) -> Derivation:
    """s = Σ_u q_u k_u / √d, over the head's numbers."""
    q, k = node.inputs
    row, head, i, j = index
    units = head_of(view, node, head)
    terms = [product(say("number {u}", u=u + 1), read(view, q, (row, i, u)), read(view, k, (row, j, u))) for u in units]
    return Derivation(r"\frac{1}{\sqrt d} \sum_u q_u\, k_u", fold(terms), scale=1 / sqrt(len(units)))


def _scores_gradient(view: View, user: Node, place: int, index: Index) -> list[Term]:
    """dq_u = Σ_j ds_j k_ju / √d;  dk_u = Σ_i ds_i q_iu / √d."""
    row, step, unit = index
    steps, width = len_of_other(view, user, place), len(head_of(view, user, 0))
    head, other = unit // width, user.inputs[1 - place]
    terms = []
    for there in range(steps):
        score = (row, head, step, there) if place == 0 else (row, head, there, step)
        upstream = read(view, user.name, score, "gradient")
        terms.append(
            product(
                say("time step {there}", there=there + 1), upstream, read(view, other, (row, there, unit)), _root(width)
            )
        )
    return terms


def len_of_other(view: View, user: Node, place: int) -> int:
    """Time steps of the keys, for a query; of the queries, for a key."""
    return shape_of(view.graph, user.inputs[1 - place])[0]


def seen(view: View, node: Node, index: Index) -> Array:
    """(Tk,): which keys this query may look at."""
    scores = view.value(node.inputs[0])
    assert scores is not None
    allowed = np.ones(scores.shape[-1], bool)
    if node.options.get("causal"):
        allowed &= ~later(*scores.shape[2:])[index[2]]
    if node.op == "attention_weights_masked":
        mask = view.value(node.inputs[1])
        assert mask is not None
        allowed &= mask[index[0]] != 0
    return allowed


def _weights(view: View, node: Node, index: Index) -> Derivation:
    """w_j = exp(s_j - max s) · 1/Σ_k exp(s_k - max s), over what is seen."""
    formula, allowed = right_side(OPS[node.op or ""].formula), seen(view, node, index)
    scores = view.value(node.inputs[0])
    assert scores is not None
    if not allowed[index[-1]]:
        return Derivation(formula, (product("may not be looked at", plain("hidden", "0", 0.0)),))
    row = scores[index[:-1]].astype(np.float64)
    raised = np.where(allowed, np.exp(row - row[allowed].max()), 0.0)
    return Derivation(formula, parts_of_share(raised, index[-1], "s"), "product")


def _weights_gradient(view: View, user: Node, place: int, index: Index) -> list[Term]:
    """ds_j = Σ_k dw_k w_k (1[j = k] - w_j)."""
    return through_shares(view, user, index, len(index) - 1, "time step", ("w", "s"))


def _mix(view: View, node: Node, index: Index) -> Derivation:
    """y_u = Σ_j w_j v_ju, with the weights of the head that has this number."""
    weights, v = node.inputs
    row, i, unit = index
    head, steps = unit // len(head_of(view, node, 0)), shape_of(view.graph, v)[0]
    terms = [
        product(say("time step {j}", j=j + 1), read(view, weights, (row, head, i, j)), read(view, v, (row, j, unit)))
        for j in range(steps)
    ]
    return Derivation(r"\sum_j w_j\, v_j", fold(terms))


def _mix_gradient(view: View, user: Node, place: int, index: Index) -> list[Term]:
    """dw_ij = Σ_u dy_iu v_ju, over the head's numbers;  dv_ju = Σ_i w_ij dy_iu."""
    weights, v = user.inputs
    if place == 0:
        row, head, i, j = index
        return [
            product(
                say("number {u}", u=u + 1), read(view, user.name, (row, i, u), "gradient"), read(view, v, (row, j, u))
            )
            for u in head_of(view, user, head)
        ]
    row, j, unit = index
    head = unit // len(head_of(view, user, 0))
    return [
        product(
            say("time step {i}", i=i + 1),
            read(view, user.name, (row, i, unit), "gradient"),
            read(view, weights, (row, head, i, j)),
        )
        for i in range(shape_of(view.graph, user.name)[0])
    ]


RULES = {
    "attention_scores": _scores,
    "attention_weights": _weights,
    "attention_weights_masked": _weights,
    "attention_mix": _mix,
}
HAND_BACK = {
    "attention_scores": _scores_gradient,
    "attention_weights": _weights_gradient,
    "attention_weights_masked": _weights_gradient,
    "attention_mix": _mix_gradient,
}
