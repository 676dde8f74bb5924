"""Which story the values of the special layers have, what fills its braces, and how their gradients come back."""

from collections.abc import Callable

from engine.explain import tex
from engine.explain.explanation import Index
from engine.explain.norms import row_of
from engine.explain.tokens import token_at
from engine.explain.view import View
from engine.layers import Node

#: (view, node, index) -> the story's key and its fields
Teller = Callable[[View, Node, Index], tuple[str, dict[str, str]]]

MOVES = {
    "reshape": "arranges the same numbers in another shape",
    "transpose": "exchanges the axes of each example",
    "slice": "takes a stretch of its input",
    "last": "takes the last time step",
    "last_real": "takes the last time step before the padding",
}


def _moved(view: View, node: Node, index: Index) -> tuple[str, dict[str, str]]:
    return "moved", {"does": MOVES[node.op or ""], "source": node.inputs[0]}


def _multiply(view: View, node: Node, index: Index) -> tuple[str, dict[str, str]]:
    values = [view.value(name) for name in node.inputs]
    numbers = [tex.words(float(value[index])) for value in values if value is not None]
    return "product", {"numbers": " · ".join(numbers), "count": str(len(numbers))}


def _token(view: View, node: Node, index: Index) -> tuple[str, dict[str, str]]:
    fields = {"token": str(token_at(view, node, index)), "unit": str(index[-1] + 1), "asked": str(index[-1])}
    return "embedding" if node.op == "embedding" else "one_hot", fields


def _layer_norm(view: View, node: Node, index: Index) -> tuple[str, dict[str, str]]:
    x, gamma = view.value(node.inputs[0]), view.value(node.inputs[1])
    assert x is not None
    assert gamma is not None
    normal, inverse = row_of(view, node, index)
    fields = {
        "x": tex.words(float(x[index])),
        "normal": tex.words(float(normal[index[-1]])),
        "inverse": tex.words(inverse),
        "count": f"{len(normal):,}",
        "gamma": tex.words(float(gamma[index[-1]])),
    }
    return "layer_norm", fields


TELLERS: dict[str, Teller] = {
    **dict.fromkeys(MOVES, _moved),
    "multiply": _multiply,
    "one_hot": _token,
    "embedding": _token,
    "layer_norm": _layer_norm,
}

#: operation that used a number -> how its gradient comes back: for a kid, and for the others
HANDS_BACK: dict[str, tuple[str, str]] = {
    "multiply": (
        "The louder the others are, the more this one matters.",
        "the upstream gradient times the other factors",
    ),
    "layer_norm": (
        "All numbers of its row are measured together, so all of them have a say.",
        "each number of the row hands back its upstream gradient, times its scale, times the slope of x̂; what would "
        "shift or stretch the whole row cancels out",
    ),
    "softmax": (
        "All share one cake: what one gets the others lack, so all of them have a say.",
        "each share a_k hands back its upstream gradient times a_k (1[j = k] − a_j), the slope between them",
    ),
}
