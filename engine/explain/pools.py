"""How the numbers of a pooling came about, of an enlarged image too; and their gradients."""

import numpy as np

from engine.explain.explanation import Index, Term
from engine.explain.sliding import slide_of
from engine.explain.terms import Derivation, fold, plain, product, read, right_side
from engine.explain.view import View, shape_of
from engine.layers import Node
from engine.ops import OPS
from engine.words import say


def winner(view: View, node: Node, index: Index) -> Index | None:
    """The first of the largest numbers under the window: the one that y was copied from. None if all are NaN."""
    x, y = view.value(node.inputs[0]), view.value(node.name)
    assert x is not None
    assert y is not None
    n, c, i, j = index
    places = ((n, c, h, w) for _, _, h, w in slide_of(view, node).under(i, j))
    return next((place for place in places if x[place] == y[index]), None)


def _max(view: View, node: Node, index: Index) -> Derivation:
    """y is the number that won."""
    place = winner(view, node, index)
    formula = right_side(OPS["max_pool2d"].formula)
    if place is None:
        return Derivation(formula, (product("not a number", plain("NaN", r"\text{NaN}", float("nan"))),))
    return Derivation(formula, (product("the largest", read(view, node.inputs[0], place)),))


def _max_back(view: View, user: Node, place: int, index: Index) -> list[Term]:
    """All of dy from each window that this number has won, nothing from the others."""
    n, c, h, w = index
    terms = []
    for i, j, _, _ in sorted(slide_of(view, user).over(h, w)):
        there = (n, c, i, j)
        won = winner(view, user, there) == index
        label = say("window ({i}, {j}), won" if won else "window ({i}, {j}), lost", i=i + 1, j=j + 1)
        terms.append(
            product(label, read(view, user.name, there, "gradient"), plain("won", r"[\text{won}]", float(won)))
        )
    return terms


def _average(view: View, node: Node, index: Index) -> Derivation:
    """y = Σ x / (kH · kW)."""
    n, c, i, j = index
    slide = slide_of(view, node)
    terms = [
        product(f"({h + 1}, {w + 1})", read(view, node.inputs[0], (n, c, h, w))) for _, _, h, w in slide.under(i, j)
    ]
    return Derivation(right_side(OPS["avg_pool2d"].formula), fold(terms), scale=1 / (slide.size[0] * slide.size[1]))


def _average_back(view: View, user: Node, place: int, index: Index) -> list[Term]:
    """An equal share of dy from each window that this number lies in."""
    n, c, h, w = index
    slide = slide_of(view, user)
    share = 1 / (slide.size[0] * slide.size[1])
    return [
        product(
            say("window ({i}, {j})", i=i + 1, j=j + 1),
            read(view, user.name, (n, c, i, j), "gradient"),
            plain("share", r"\tfrac{1}{k_H k_W}", share),
        )
        for i, j, _, _ in sorted(slide.over(h, w))
    ]


def _global(view: View, node: Node, index: Index) -> Derivation:
    """y = the mean of the map."""
    n, c = index
    places = list(np.ndindex(shape_of(view.graph, node.inputs[0])[1:]))
    terms = [product(f"({h + 1}, {w + 1})", read(view, node.inputs[0], (n, c, h, w))) for h, w in places]
    return Derivation(right_side(OPS["global_avg_pool2d"].formula), fold(terms), scale=1 / len(places))


def _global_back(view: View, user: Node, place: int, index: Index) -> list[Term]:
    """An equal share of dy."""
    _, height, width = shape_of(view.graph, user.inputs[0])
    share = plain("share", r"\tfrac{1}{H W}", 1 / (height * width))
    return [product("an equal share", read(view, user.name, index[:2], "gradient"), share)]


def _upsampled(view: View, node: Node, index: Index) -> Derivation:
    """y is the number whose block this is."""
    n, c, i, j = index
    down, across = node.options["factor"]
    there = (n, c, i // down, j // across)
    return Derivation(right_side(OPS["upsample2d"].formula), (product("copied", read(view, node.inputs[0], there)),))


def _upsampled_back(view: View, user: Node, place: int, index: Index) -> list[Term]:
    """The sum of dy over the block."""
    n, c, h, w = index
    down, across = user.options["factor"]
    return [
        product(f"({i + 1}, {j + 1})", read(view, user.name, (n, c, i, j), "gradient"))
        for i in range(h * down, (h + 1) * down)
        for j in range(w * across, (w + 1) * across)
    ]


RULES = {
    "max_pool2d": _max,
    "avg_pool2d": _average,
    "global_avg_pool2d": _global,
    "upsample2d": _upsampled,
}
HAND_BACK = {
    "max_pool2d": _max_back,
    "avg_pool2d": _average_back,
    "global_avg_pool2d": _global_back,
    "upsample2d": _upsampled_back,
}
