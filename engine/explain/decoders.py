"""What a decoder does at a time step, taken apart: the symbol it reads, how well each place fits, what it looks at."""

from engine.explain.explanation import Index, Term
from engine.explain.terms import Derivation, fold, plain, product, read, right_side
from engine.explain.view import View, shape_of
from engine.layers import Node
from engine.ops import OPS
from engine.ops.attend import NOWHERE
from engine.words import say


def _chosen(view: View, node: Node, index: Index) -> Derivation:
    """The symbol before: the true one, or the best guess."""
    target, teach, scores = (view.value(name) for name in node.inputs)
    assert target is not None
    assert teach is not None
    assert scores is not None
    if teach[index] > 0:
        return Derivation(right_side(OPS["choose"].formula), (product("taught", read(view, node.inputs[0], index)),))
    guess = plain("best guess", r"\operatorname{argmax}", float(scores[index[0]].argmax()))
    return Derivation(right_side(OPS["choose"].formula), (product("guessed", guess),))


def _attend(view: View, node: Node, index: Index) -> Derivation:
    """s_k = Σ_m h_m keys_km; -10³⁰ at the padding."""
    h, keys, *mask = node.inputs
    row, place = index
    real = view.value(mask[0]) if mask else None
    if real is not None and real[row, place] == 0:
        return Derivation(r"-10^{30}", (product("padding", plain("padding", "-10^{30}", NOWHERE)),))
    units = range(shape_of(view.graph, h)[0])
    terms = [
        product(say("number {m}", m=m + 1), read(view, h, (row, m)), read(view, keys, (row, place, m))) for m in units
    ]
    return Derivation(right_side(OPS["attend"].formula), fold(terms))


def _blend(view: View, node: Node, index: Index) -> Derivation:
    """y_m = Σ_k w_k v_km."""
    w, values = node.inputs
    row, unit = index
    places = range(shape_of(view.graph, w)[0])
    terms = [
        product(say("place {k}", k=k + 1), read(view, w, (row, k)), read(view, values, (row, k, unit))) for k in places
    ]
    return Derivation(right_side(OPS["blend"].formula), fold(terms))


def _attend_gradient(view: View, user: Node, place: int, index: Index) -> list[Term]:
    """dh = Σ_k ds_k keys_k, dkeys_k = ds_k h."""
    h, keys = user.inputs[:2]
    if place == 1:
        row, k, m = index
        return [
            product(
                say("from {name}", name=user.name), read(view, user.name, (row, k), "gradient"), read(view, h, (row, m))
            )
        ]
    row, m = index
    return [
        product(say("place {k}", k=k + 1), read(view, user.name, (row, k), "gradient"), read(view, keys, (row, k, m)))
        for k in range(user.shape[0])
    ]


def _blend_gradient(view: View, user: Node, place: int, index: Index) -> list[Term]:
    """dw_k = dy · v_k, dv_k = w_k dy."""
    w, values = user.inputs
    if place == 1:
        row, k, m = index
        return [
            product(
                say("from {name}", name=user.name), read(view, user.name, (row, m), "gradient"), read(view, w, (row, k))
            )
        ]
    row, k = index
    return [
        product(
            say("number {m}", m=m + 1), read(view, user.name, (row, m), "gradient"), read(view, values, (row, k, m))
        )
        for m in range(user.shape[0])
    ]


RULES = {"choose": _chosen, "attend": _attend, "blend": _blend}
HAND_BACK = {"attend": _attend_gradient, "blend": _blend_gradient}
