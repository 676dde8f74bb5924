"""Operations of recurrence, taken apart: what came in now, what was remembered, what the gates let through."""

from engine.explain.explanation import Factor, Index, Term
from engine.explain.terms import Derivation, fold, plain, product, read, right_side
from engine.explain.view import View, shape_of
from engine.layers import Node
from engine.layers.recurrence import step_of
from engine.ops import OPS
from engine.words import say


def _recur(view: View, node: Node, index: Index) -> Derivation:
    """z_j = x_j + Σ_i h_{t-1,i} W_ij."""
    x, h_prev, W = node.inputs
    row, unit = index
    terms = [product("from the input", read(view, x, index))]
    for i in range(shape_of(view.graph, h_prev)[0]):
        terms.append(product(say("remembered {i}", i=i + 1), read(view, h_prev, (row, i)), read(view, W, (i, unit))))
    return Derivation(r"x_j + \sum_i h_{t-1,i}\, W_{i,j}", fold(terms))


def _lstm_cell(view: View, node: Node, index: Index) -> Derivation:
    """c = f c_prev + i g."""
    f, c_prev, i, g = (read(view, name, index) for name in node.inputs)
    return Derivation(right_side(OPS["lstm_cell"].formula), (product("kept", f, c_prev), product("taken in", i, g)))


def _gru_mix(view: View, node: Node, index: Index) -> Derivation:
    """h = u h_prev + (1 - u) n."""
    update, h_prev, candidate = (read(view, name, index) for name in node.inputs)
    return Derivation(
        right_side(OPS["gru_mix"].formula),
        (product("kept", update, h_prev), product("taken in", _rest(update), candidate)),
    )


def _carry(view: View, node: Node, index: Index) -> Derivation:
    """y = m x + (1 - m) prev."""
    m, x, prev = node.inputs
    mask = read(view, m, (index[0], 0))
    return Derivation(
        right_side(OPS["carry"].formula),
        (product("goes on", mask, read(view, x, index)), product("has ended", _rest(mask), read(view, prev, index))),
    )


def _stack(view: View, node: Node, index: Index) -> Derivation:
    """y[t] is the value of time step t."""
    row, t, *rest = index
    return Derivation(
        right_side(OPS["stack"].formula),
        (product(say("step {step}", step=t + 1), read(view, node.inputs[t], (row, *rest))),),
    )


def _part(view: View, node: Node, index: Index) -> Derivation:
    """y is a piece of x."""
    whole = _whole_index(node, index)
    return Derivation(right_side(OPS["part"].formula), (product("a piece of it", read(view, node.inputs[0], whole)),))


def _whole_index(node: Node, index: Index) -> Index:
    """Where in the whole a number of a part stands."""
    row, *inner = index
    found, left = [row], list(inner)
    for cut in node.options["place"]:
        found.append(cut if isinstance(cut, int) else cut[0] + left.pop(0))
    return (*found, *left)


def _part_index(node: Node, index: Index) -> Index | None:
    """Where in a part a number of the whole stands; None where it is outside."""
    row, *inner = index
    found = [row]
    for cut, at in zip(node.options["place"], inner, strict=False):
        if isinstance(cut, int):
            if at != cut:
                return None
        elif not cut[0] <= at < cut[1]:
            return None
        else:
            found.append(at - cut[0])
    return (*found, *inner[len(node.options["place"]) :])


def _step_mask(view: View, node: Node, index: Index) -> Derivation:
    """1 for a real time step, 0 for padding."""
    value = view.value(node.name)
    assert value is not None
    return Derivation(
        right_side(OPS[node.op or ""].formula), (product("real", plain("real or padding", "m", float(value[index]))),)
    )


def _rest(of: Factor) -> Factor:
    """1 less a number."""
    return plain(f"1 − {of.name}", f"(1 - {of.symbol})", 1 - of.value)


# ------------------------------------------------------------------------------------------------------ the way back


def _recur_gradient(view: View, user: Node, place: int, index: Index) -> list[Term]:
    """dx = dz, dh_prev = dz Wᵀ, dW = Σ h_prevᵀ dz."""
    step = say("step {step}", step=(step_of(user.name) or 0) + 1)
    if place == 0:
        return [product(say("at {step}", step=step), read(view, user.name, index, "gradient"))]
    if place == 1:
        row, i = index
        return [
            product(
                say("{step}, sum {j}", step=step, j=j + 1),
                read(view, user.name, (row, j), "gradient"),
                read(view, W, (i, j)),
            )
            for W in user.inputs[2:]
            for j in range(user.shape[0])
        ]
    i, j = index
    h_prev = user.inputs[1]
    return [
        product(
            say("example {n}, {step}", n=n + 1, step=step),
            read(view, h_prev, (n, i)),
            read(view, user.name, (n, j), "gradient"),
        )
        for n in range(view.rows)
    ]


def _lstm_cell_gradient(view: View, user: Node, place: int, index: Index) -> list[Term]:
    """df = dc c_prev, dc_prev = dc f, di = dc g, dg = dc i: each gets the other of its pair."""
    other = user.inputs[(1, 0, 3, 2)[place]]
    return [
        product(say("from {name}", name=user.name), read(view, user.name, index, "gradient"), read(view, other, index))
    ]


def _gru_mix_gradient(view: View, user: Node, place: int, index: Index) -> list[Term]:
    """du = dh (h_prev - n), dh_prev = dh u, dn = dh (1 - u)."""
    update, h_prev, candidate = (read(view, name, index) for name in user.inputs)
    upstream = read(view, user.name, index, "gradient")
    if place == 0:
        between = plain("h before − candidate", "(h_{t-1} - n_t)", h_prev.value - candidate.value)
        return [product(say("from {name}", name=user.name), upstream, between)]
    return [product(say("from {name}", name=user.name), upstream, update if place == 1 else _rest(update))]


def _carry_gradient(view: View, user: Node, place: int, index: Index) -> list[Term]:
    """dx = dy m, dprev = dy (1 - m)."""
    mask = read(view, user.inputs[0], (index[0], 0))
    return [
        product(
            say("from {name}", name=user.name),
            read(view, user.name, index, "gradient"),
            mask if place == 1 else _rest(mask),
        )
    ]


def _stack_gradient(view: View, user: Node, place: int, index: Index) -> list[Term]:
    """dx_t = dy[t]."""
    row, *rest = index
    return [product(say("from {layer}", layer=user.layer), read(view, user.name, (row, place, *rest), "gradient"))]


def _part_gradient(view: View, user: Node, place: int, index: Index) -> list[Term]:
    """dx is the dy of the part that covers it."""
    there = _part_index(user, index)
    return (
        [] if there is None else [product(say("as {name}", name=user.name), read(view, user.name, there, "gradient"))]
    )


RULES = {
    "recur": _recur,
    "lstm_cell": _lstm_cell,
    "gru_mix": _gru_mix,
    "carry": _carry,
    "stack": _stack,
    "part": _part,
    "real_steps": _step_mask,
    "until_end": _step_mask,
}
HAND_BACK = {
    "recur": _recur_gradient,
    "lstm_cell": _lstm_cell_gradient,
    "gru_mix": _gru_mix_gradient,
    "carry": _carry_gradient,
    "stack": _stack_gradient,
    "part": _part_gradient,
}
