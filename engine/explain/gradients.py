"""How a gradient came about: what each user of a value hands back, terms read from the buffers.

The rules mirror the vjps of ``engine/ops``, one index at a time; a test compares every one of them with the buffers.
"""

from collections.abc import Callable

import numpy as np

from engine.explain import (
    attention,
    batches,
    convolutions,
    decoders,
    moves,
    norms,
    pictures,
    pools,
    products,
    recurrence,
    shares,
    tokens,
)
from engine.explain.explanation import Index, Term
from engine.explain.loss_gradients import loss_gradient
from engine.explain.terms import Derivation, fold, plain, product, read, right_side
from engine.explain.values import concat_axis, concat_source, held_at
from engine.explain.view import View, shape_of, users
from engine.layers import Node
from engine.ops import LOSSES, OPS
from engine.regularization import counts
from engine.words import joined, say

#: (view, the node that used the value, which of its inputs, the index of the value) -> terms of the sum
HandBack = Callable[[View, Node, int, Index], list[Term]]


def derive_gradient(view: View, name: str, index: Index) -> Derivation:
    """Take apart the gradient of a node or a parameter at one index."""
    contributions = [(user, place) for user, place in users(view.graph, name)]
    formulas, terms = [], []
    for user, place in contributions:
        formulas.append(_formula(user, place))
        terms += _hand_back(view, user, place, index)
    if name not in view.graph.nodes:
        terms += penalties(view, name, index)
        if is_penalised(view, name):
            formulas.append(r"\lambda_1 \operatorname{sign}(W) + \lambda_2 W")
    return Derivation(" + ".join(dict.fromkeys(formulas)), fold(terms))


def _formula(user: Node, place: int) -> str:
    """The right side of the vjp's own formula, from the table of operations."""
    assert user.op is not None
    op = OPS[user.op]
    vjps = {vjp.input.rstrip("*"): vjp.formula for vjp in op.vjps}
    named = [name.rstrip("*") for name in op.inputs]
    return right_side(vjps[named[min(place, len(named) - 1)]])


def _hand_back(view: View, user: Node, place: int, index: Index) -> list[Term]:
    assert user.op is not None
    if user.op in LOSSES:
        return loss_gradient(view, user, index)
    if OPS[user.op].elementwise:
        return _elementwise(view, user, index)
    return HAND_BACK[user.op](view, user, place, index)


def local_derivative(view: View, user: Node, index: Index) -> float:
    """da/dz of an elementwise operation at one index: its own vjp for an upstream gradient of 1."""
    assert user.op is not None
    op = OPS[user.op]
    z, a = view.value(user.inputs[0]), view.value(user.name)
    assert z is not None
    assert a is not None
    one = np.ones((1, 1), z.dtype)
    dz = np.empty_like(one)
    scratch = [np.empty(shape, z.dtype) for shape in op.scratch((1, 1), **user.options)]
    op.vjps[0].rule(dz, one, one * a[index], one * z[index], *scratch, **user.options)
    return float(dz[0, 0])


def _elementwise(view: View, user: Node, index: Index) -> list[Term]:
    """dz = da · f'(z)."""
    slope = plain(f"{user.op}′(z)", r"f'(z)", local_derivative(view, user, index))
    return [product("upstream · local", read(view, user.name, index, "gradient"), slope)]


def _affine(view: View, user: Node, place: int, index: Index) -> list[Term]:
    """dx = dz Wᵀ, dW = xᵀ dz, db = Σ dz."""
    x, W = user.inputs[:2]
    if place == 0:
        *row, i = index
        units = shape_of(view.graph, W)[1]
        return [
            product(say("unit {j}", j=j + 1), read(view, user.name, (*row, j), "gradient"), read(view, W, (i, j)))
            for j in range(units)
        ]
    places = list(np.ndindex(view.rows, *user.shape[:-1]))
    if place == 1:
        i, j = index
        return [
            product(spoken_place(row), read(view, x, (*row, i)), read(view, user.name, (*row, j), "gradient"))
            for row in places
        ]
    return [product(spoken_place(row), read(view, user.name, (*row, *index), "gradient")) for row in places]


def spoken_place(row: Index) -> str:
    """``example 3``; of a sequence ``example 3, step 2``."""
    example = say("example {n}", n=row[0] + 1)
    return joined((example, *(say("step {step}", step=t + 1) for t in row[1:])))


def _same_place(view: View, user: Node, place: int, index: Index) -> list[Term]:
    """dx = dy."""
    return [product(say("from {layer}", layer=user.layer), read(view, user.name, index, "gradient"))]


def _concat(view: View, user: Node, place: int, index: Index) -> list[Term]:
    """dx is this input's stretch of dy."""
    axis = concat_axis(user)
    offset = sum(shape_of(view.graph, source)[axis - 1] for source in user.inputs[:place])
    there = (*index[:axis], offset + index[axis], *index[axis + 1 :])
    assert concat_source(view, user, there)[1] == index
    return [product(say("from {layer}", layer=user.layer), read(view, user.name, there, "gradient"))]


def _flatten(view: View, user: Node, place: int, index: Index) -> list[Term]:
    """dx is dy in the shape of x."""
    there = (index[0], int(np.ravel_multi_index(index[1:], shape_of(view.graph, user.inputs[0]))))
    return [product(say("from {layer}", layer=user.layer), read(view, user.name, there, "gradient"))]


def _dropout(view: View, user: Node, place: int, index: Index) -> list[Term]:
    """dx = dy · mask."""
    return [product("through the mask", read(view, user.name, index, "gradient"), read(view, user.inputs[1], index))]


def _clamp(view: View, user: Node, place: int, index: Index) -> list[Term]:
    """dx = dy where the unit is free; 0 where it is held, whatever the upstream gradient."""
    upstream = read(view, user.name, index, "gradient")
    if held_at(user, index) is None:
        return [product("free", upstream)]
    return [product("held: nothing passes", upstream, plain("held", "0", 0.0))]


def is_penalised(view: View, name: str) -> bool:
    """Whether l1 or l2 count this parameter."""
    rule = view.spec.regularization
    parameter = view.graph.parameters[name]
    return bool(rule.l1 or rule.l2) and counts(rule, parameter)


def penalties(view: View, name: str, index: Index) -> list[Term]:
    """+ l1 sign(W) + l2 W, once the penalty's call has run; none for a node."""
    if name not in view.graph.parameters or not is_penalised(view, name):
        return []
    rule, W = view.spec.regularization, read(view, name, index)
    terms = []
    if rule.l1:
        sign = plain("sign(W)", r"\operatorname{sign}(W)", float(np.sign(W.value)))
        terms.append(product("penalty l1", plain("l1", r"\lambda_1", rule.l1), sign))
    if rule.l2:
        terms.append(product("penalty l2", plain("l2", r"\lambda_2", rule.l2), W))
    return terms


HAND_BACK: dict[str, HandBack] = {
    "dense": _affine,
    "matmul": _affine,
    "add": _same_place,
    "concat": _concat,
    "flatten": _flatten,
    "dropout": _dropout,
    "clamp": _clamp,
    **moves.HAND_BACK,
    **products.HAND_BACK,
    **tokens.HAND_BACK,
    **norms.HAND_BACK,
    **recurrence.HAND_BACK,
    **decoders.HAND_BACK,
    **shares.HAND_BACK,
    **attention.HAND_BACK,
    **batches.HAND_BACK,
    **convolutions.HAND_BACK,
    **pools.HAND_BACK,
    **pictures.HAND_BACK,
}
