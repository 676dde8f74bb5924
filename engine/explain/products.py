"""The product of several inputs, taken apart."""

from engine.explain.explanation import Index, Term
from engine.explain.terms import Derivation, product, read
from engine.explain.view import View
from engine.layers import Node
from engine.words import say


def _multiply(view: View, node: Node, index: Index) -> Derivation:
    """a = Π of the inputs at this place."""
    return Derivation(
        r"\prod_k x^{(k)}", (product("all together", *(read(view, name, index) for name in node.inputs)),)
    )


def _multiply_gradient(view: View, user: Node, place: int, index: Index) -> list[Term]:
    """dx = dy · the other inputs."""
    others = [read(view, name, index) for at, name in enumerate(user.inputs) if at != place]
    return [product(say("from {layer}", layer=user.layer), read(view, user.name, index, "gradient"), *others)]


RULES = {"multiply": _multiply}
HAND_BACK = {"multiply": _multiply_gradient}
