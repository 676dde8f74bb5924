"""Operations that only move numbers: which number of the input stands where in the output, and the way back."""

from collections.abc import Callable

import numpy as np

from engine.explain.explanation import Index, Term
from engine.explain.terms import Derivation, plain, product, read, right_side
from engine.explain.view import View, shape_of
from engine.layers import Node
from engine.ops import OPS
from engine.words import say

#: (view, node, an index) -> the index on the other side; None where that number is not taken
Way = Callable[[View, Node, Index], Index | None]


def _reshaped(view: View, node: Node, index: Index) -> Index:
    """Where in x the number of y at this index comes from."""
    return (index[0], *_unravelled(index[1:], node.shape, shape_of(view.graph, node.inputs[0])))


def _reshaped_to(view: View, node: Node, index: Index) -> Index:
    return (index[0], *_unravelled(index[1:], shape_of(view.graph, node.inputs[0]), node.shape))


def _unravelled(index: Index, shape: tuple[int, ...], other: tuple[int, ...]) -> Index:
    """The same place in another shape."""
    return tuple(int(i) for i in np.unravel_index(int(np.ravel_multi_index(index, shape)), other))


def _transposed(view: View, node: Node, index: Index) -> Index:
    """Axis k of y is axis axes[k] of x."""
    axes = node.options["axes"]
    return (index[0], *(index[1 + axes.index(axis)] for axis in range(len(axes))))


def _transposed_to(view: View, node: Node, index: Index) -> Index:
    return (index[0], *(index[1 + axis] for axis in node.options["axes"]))


def _sliced(view: View, node: Node, index: Index) -> Index:
    place, taken = _stretch(view, node)
    return (*index[:place], taken[index[place]], *index[place + 1 :])


def _sliced_to(view: View, node: Node, index: Index) -> Index | None:
    place, taken = _stretch(view, node)
    if index[place] not in taken:
        return None
    return (*index[:place], taken.index(index[place]), *index[place + 1 :])


def _stretch(view: View, node: Node) -> tuple[int, range]:
    """The axis of a slice, the batch's counted in, and what is taken of it."""
    shape, options = shape_of(view.graph, node.inputs[0]), node.options
    place = options["axis"] % len(shape)
    return 1 + place, range(shape[place])[options["start"] : options["stop"]]


def _last(view: View, node: Node, index: Index) -> Index:
    return (index[0], _last_step(view, node, index[0]), index[1])


def _last_to(view: View, node: Node, index: Index) -> Index | None:
    row, step, unit = index
    return (row, unit) if step == _last_step(view, node, row) else None


def _last_step(view: View, node: Node, row: int) -> int:
    """The last real time step of this example."""
    if node.op == "last":
        return shape_of(view.graph, node.inputs[0])[0] - 1
    mask = view.value(node.inputs[1])
    assert mask is not None
    return int(mask[row].sum()) - 1


#: operation -> (from the output's index to the input's, and the other way)
WAYS: dict[str, tuple[Way, Way]] = {
    "reshape": (_reshaped, _reshaped_to),
    "transpose": (_transposed, _transposed_to),
    "slice": (_sliced, _sliced_to),
    "last": (_last, _last_to),
    "last_real": (_last, _last_to),
}


def _value(view: View, node: Node, index: Index) -> Derivation:
    """a is a number of x."""
    place = WAYS[node.op or ""][0](view, node, index)
    assert place is not None
    return Derivation(right_side(OPS[node.op or ""].formula), (product("moved", read(view, node.inputs[0], place)),))


def _hand_back(view: View, user: Node, place: int, index: Index) -> list[Term]:
    """dx is the dy of the place that x was moved to; 0 where it was not taken."""
    there = WAYS[user.op or ""][1](view, user, index)
    if there is None:
        return [product(say("not taken by {layer}", layer=user.layer), plain("not taken", "0", 0.0))]
    return [product(say("from {layer}", layer=user.layer), read(view, user.name, there, "gradient"))]


RULES = dict.fromkeys(WAYS, _value)
HAND_BACK = dict.fromkeys(WAYS, _hand_back)
