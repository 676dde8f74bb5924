"""Looking tokens up: which row of the table a number was copied from, and what a row's gradient is summed over."""

import numpy as np

from engine.explain.explanation import Index, Term
from engine.explain.terms import Derivation, place_label, plain, product, read, right_side
from engine.explain.view import View
from engine.layers import Node
from engine.ops import OPS
from engine.words import say


def token_at(view: View, node: Node, index: Index) -> int:
    """The id that was looked up for the number at this index of the output."""
    ids = view.value(node.inputs[0])
    assert ids is not None
    return int(ids[index[:-1]])


def _one_hot(view: View, node: Node, index: Index) -> Derivation:
    """a = 1 where the token is this one."""
    hit = 1.0 if token_at(view, node, index) == index[-1] else 0.0
    term = product("is it this token?", plain("1 for yes, 0 for no", r"[\,x = k\,]", hit))
    return Derivation(right_side(OPS["one_hot"].formula), (term,))


def _embedding(view: View, node: Node, index: Index) -> Derivation:
    """a = W[x]."""
    row = token_at(view, node, index)
    term = product(say("row of token {row}", row=row), read(view, node.inputs[1], (row, index[-1])))
    return Derivation(right_side(OPS["embedding"].formula), (term,))


def _embedding_gradient(view: View, user: Node, place: int, index: Index) -> list[Term]:
    """dW[k] = Σ dy over the places where token k stands."""
    ids = view.value(user.inputs[0])
    assert ids is not None
    token, unit = index
    places = [tuple(int(i) for i in there) for there in np.argwhere(ids == token)]
    if not places:
        return [product(say("token {token} is not in the batch", token=token), plain("does not occur", "0", 0.0))]
    return [product(place_label(there), read(view, user.name, (*there, unit), "gradient")) for there in places]


RULES = {"one_hot": _one_hot, "embedding": _embedding}
HAND_BACK = {"embedding": _embedding_gradient}
