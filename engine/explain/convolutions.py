"""How the numbers of a convolution came about: a sum over what lies under the window; and its gradients."""

from collections.abc import Callable

import numpy as np

from engine.arrays import Array
from engine.explain.explanation import Index, Term
from engine.explain.roles import CONVOLUTIONS
from engine.explain.sliding import Slide, slide_of
from engine.explain.terms import Derivation, fold, product, read, right_side, strongest
from engine.explain.view import View, shape_of
from engine.layers import Node
from engine.ops import OPS
from engine.ops.sequences import as_image
from engine.words import say


def _value(view: View, node: Node, index: Index) -> Derivation:
    """z[f,i,j] = Σ x · kernel over what lies under the window, + b[f]."""
    x, kernel = node.inputs[:2]
    slide = slide_of(view, node)
    n, f, i, j = slide.image_index(index)
    first = _first_channel(view, node, slide, f)
    terms = [
        product(
            _place(slide, h, w, first + c),
            read(view, x, slide.own_index(n, first + c, h, w)),
            read(view, kernel, slide.kernel_index(f, c, p, q)),
        )
        for c in range(shape_of(view.graph, kernel)[1])
        for p, q, h, w in slide.under(i, j)
    ]
    if len(node.inputs) == 3:
        terms.append(product("bias", read(view, node.inputs[2], (f,))))
    return Derivation(right_side(OPS[node.op or ""].formula), fold(terms))


def _hand_back(view: View, user: Node, place: int, index: Index) -> list[Term]:
    """To x, to the kernel, or to b."""
    slide = slide_of(view, user)
    return (_to_input, _to_kernel, _to_bias)[place](view, user, slide, index)


def _to_input(view: View, user: Node, slide: Slide, index: Index) -> list[Term]:
    """dx[c,h,w] = Σ dz[f,i,j] kernel[f,c,p,q] over all windows that lie on (h, w)."""
    n, c, h, w = slide.image_index(index)
    kernel = user.inputs[1]
    filters, channels = shape_of(view.graph, kernel)[:2]
    mine = filters // slide.groups
    group, inner = divmod(c, channels)
    return [
        product(
            say("filter {f} at {place}", f=f + 1, place=_spoken(slide, i, j)),
            read(view, user.name, slide.own_index(n, f, i, j), "gradient"),
            read(view, kernel, slide.kernel_index(f, inner, p, q)),
        )
        for f in range(group * mine, (group + 1) * mine)
        for i, j, p, q in slide.over(h, w)
    ]


def _to_kernel(view: View, user: Node, slide: Slide, index: Index) -> list[Term]:
    """dkernel[f,c,p,q] = Σ dz[n,f,i,j] x[n,c,h,w] over examples and places."""
    f, c, *offset = index
    p, q = (0, offset[0]) if slide.over_time else (offset[0], offset[1])
    channel = _first_channel(view, user, slide, f) + c
    places = list(slide.seen(p, q))
    i, j, h, w = np.array(places, np.intp).reshape(-1, 4).T  # none, if the number lies on padding always
    seen = _image(view.value(user.inputs[0]), slide)[:, channel, h, w]  # (N, places)
    values = seen * _image(view.gradient(user.name), slide)[:, f, i, j]

    def term(n: int, place: int) -> Term:
        i, j, h, w = places[place]
        x = read(view, user.inputs[0], slide.own_index(n, channel, h, w))
        return product(_at(slide, n, i, j), x, read(view, user.name, slide.own_index(n, f, i, j), "gradient"))

    return _strongest(values, term)


def _to_bias(view: View, user: Node, slide: Slide, index: Index) -> list[Term]:
    """db[f] = Σ dz[n,f,i,j] over examples and places."""
    values = _image(view.gradient(user.name), slide)[:, index[0]].reshape(view.rows, -1)

    def term(n: int, place: int) -> Term:
        i, j = divmod(place, slide.places[1])
        return product(_at(slide, n, i, j), read(view, user.name, slide.own_index(n, index[0], i, j), "gradient"))

    return _strongest(values, term)


def _strongest(values: Array, term: Callable[[int, int], Term]) -> list[Term]:
    """A term for each example and place (N, places), of many only the largest."""
    return strongest(values.ravel(), lambda place: term(*divmod(place, values.shape[1])))


def _image(array: Array | None, slide: Slide) -> Array:
    """A buffer as images (N, C, H, W), in double precision."""
    assert array is not None
    return (as_image(array) if slide.over_time else array).astype(np.float64)


def _at(slide: Slide, n: int, i: int, j: int) -> str:
    return say("example {n} at {place}", n=n + 1, place=_spoken(slide, i, j))


def _first_channel(view: View, node: Node, slide: Slide, f: int) -> int:
    """The first of the channels that a filter reads: those of its group."""
    filters, channels = shape_of(view.graph, node.inputs[1])[:2]
    return f // (filters // slide.groups) * channels


def _place(slide: Slide, h: int, w: int, c: int) -> str:
    return say("channel {c} at {place}", c=c + 1, place=_spoken(slide, h, w))


def _spoken(slide: Slide, i: int, j: int) -> str:
    """``(2, 3)``, or ``step 3`` of a sequence."""
    return say("step {step}", step=j + 1) if slide.over_time else f"({i + 1}, {j + 1})"


RULES = dict.fromkeys(CONVOLUTIONS, _value)
HAND_BACK = dict.fromkeys(CONVOLUTIONS, _hand_back)
