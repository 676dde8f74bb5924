"""How the numbers of a picture that learns came about: pixels, Gram matrices, distances; and their gradients."""

from engine.explain.explanation import Index, Term
from engine.explain.terms import Derivation, fold, plain, product, read, right_side
from engine.explain.view import View, shape_of
from engine.layers import Node
from engine.ops import OPS
from engine.words import say


def _pixels(view: View, node: Node, index: Index) -> Derivation:
    """A learned pixel in the first picture, a given one in the others."""
    x, image = node.inputs
    learned = product("learned", read(view, image, index[1:]))
    term = product("given", read(view, x, index)) if index[0] else learned
    return Derivation(right_side(OPS["pixels"].formula), (term,))


def _pixels_back(view: View, user: Node, place: int, index: Index) -> list[Term]:
    """The first picture's gradient belongs to the learned pixels."""
    if place == 0:
        return [product("handed on", read(view, user.name, index, "gradient"))] if index[0] else []
    return [product("of the first picture", read(view, user.name, (0, *index), "gradient"))]


def _gram(view: View, node: Node, index: Index) -> Derivation:
    """The sum over all places of one map times the other, over C H W."""
    n, _, c, d = index
    x = node.inputs[0]
    channels, height, width = shape_of(view.graph, x)
    terms = (
        product(f"({h + 1}, {w + 1})", read(view, x, (n, c, h, w)), read(view, x, (n, d, h, w)))
        for h in range(height)
        for w in range(width)
    )
    return Derivation(right_side(OPS["gram"].formula), fold(terms), scale=1 / (channels * height * width))


def _gram_back(view: View, user: Node, place: int, index: Index) -> list[Term]:
    """Each map that it goes together with, times the gradients of both their entries."""
    n, c, h, w = index
    channels, height, width = shape_of(view.graph, user.inputs[0])
    share = plain("share", r"\tfrac{1}{C H W}", 1 / (channels * height * width))
    return [
        product(
            say("with map {d}", d=d + 1),
            read(view, user.name, (n, 0, *entry), "gradient"),
            read(view, user.inputs[0], (n, d, h, w)),
            share,
        )
        for d in range(channels)
        for entry in ((c, d), (d, c))
    ]


def _apart(view: View, node: Node, index: Index) -> Derivation:
    """The squared differences of the first example from the other; nothing for the others."""
    formula = right_side(OPS["apart"].formula)
    x, to = view.value(node.inputs[0]), node.options["to"]
    assert x is not None
    if index[0] or to >= len(x):
        return Derivation(formula, (product("not judged", plain("nothing", "0", 0.0)),))
    differences = (x[0] - x[to]).ravel()
    terms = (
        product(say("number {k}", k=k + 1), plain("difference", r"\Delta", d), plain("difference", r"\Delta", d))
        for k, d in enumerate(differences)
    )
    return Derivation(formula, fold(terms), scale=node.options["weight"] / differences.size)


def _apart_back(view: View, user: Node, place: int, index: Index) -> list[Term]:
    """The difference, times twice the weight over the size; the other way round for what it is compared with."""
    x, to = view.value(user.inputs[0]), user.options["to"]
    assert x is not None
    if index[0] not in {0, to} or to >= len(x):
        return []
    sign = 1.0 if index[0] == 0 else -1.0
    difference = float(x[(0, *index[1:])] - x[(to, *index[1:])])
    return [
        product(
            "the difference",
            read(view, user.name, (0, 0), "gradient"),
            plain("slope", r"\tfrac{2 \lambda}{D}", sign * 2 * user.options["weight"] / x[0].size),
            plain("difference", r"\Delta", difference),
        )
    ]


def _roughness(view: View, node: Node, index: Index) -> Derivation:
    """The squared differences of neighbours; nothing but for the first picture."""
    formula = right_side(OPS["roughness"].formula)
    x = view.value(node.inputs[0])
    assert x is not None
    if index[0]:
        return Derivation(formula, (product("not judged", plain("nothing", "0", 0.0)),))
    steps = (("down {n}", x[0][:, 1:] - x[0][:, :-1]), ("across {n}", x[0][:, :, 1:] - x[0][:, :, :-1]))
    terms = (
        product(say(label, n=k + 1), plain("difference", r"\Delta", d), plain("difference", r"\Delta", d))
        for label, differences in steps
        for k, d in enumerate(differences.ravel())
    )
    return Derivation(formula, fold(terms), scale=node.options["weight"] / x[0].size)


def _roughness_back(view: View, user: Node, place: int, index: Index) -> list[Term]:
    """The differences from each neighbour."""
    x = view.value(user.inputs[0])
    assert x is not None
    if index[0]:
        return []
    _, c, h, w = index
    slope = plain("slope", r"\tfrac{2 \lambda}{C H W}", 2 * user.options["weight"] / x[0].size)
    around = [(h - 1, w), (h + 1, w), (h, w - 1), (h, w + 1)]
    inside = [(i, j) for i, j in around if 0 <= i < x.shape[2] and 0 <= j < x.shape[3]]
    return [
        product(
            say("from ({i}, {j})", i=i + 1, j=j + 1),
            read(view, user.name, (0, 0), "gradient"),
            slope,
            plain("difference", r"\Delta", float(x[index] - x[0, c, i, j])),
        )
        for i, j in inside
    ]


RULES = {"pixels": _pixels, "gram": _gram, "apart": _apart, "roughness": _roughness}
HAND_BACK = {"pixels": _pixels_back, "gram": _gram_back, "apart": _apart_back, "roughness": _roughness_back}
