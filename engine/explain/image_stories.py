"""Which story the values of convolutions and poolings have, and how their gradients come back."""

from collections.abc import Callable
from math import prod

from engine.explain.explanation import Index
from engine.explain.pools import winner
from engine.explain.roles import CONVOLUTIONS
from engine.explain.sliding import slide_of
from engine.explain.terms import spoken
from engine.explain.view import View, shape_of
from engine.layers import Node
from engine.words import say

#: (view, node, index) -> the story's key and its fields
Teller = Callable[[View, Node, Index], tuple[str, dict[str, str]]]


def _convolution(view: View, node: Node, index: Index) -> tuple[str, dict[str, str]]:
    slide = slide_of(view, node)
    _, f, i, j = slide.image_index(index)
    seen = len(list(slide.under(i, j))) * shape_of(view.graph, node.inputs[1])[1]
    with_bias = len(node.inputs) == 3
    fields = {
        "over": say("the sequence") if slide.over_time else say("the picture"),
        "where": say("at step {step}", step=j + 1) if slide.over_time else say("at place ({i}, {j})", i=i + 1, j=j + 1),
        "seen": _numbers(seen),
        "filter": str(f + 1),
        "bias_words": say(", and the bias") if with_bias else "",
        "bias_tldr": " + b" if with_bias else "",
    }
    return "convolution", fields


def _max_pool(view: View, node: Node, index: Index) -> tuple[str, dict[str, str]]:
    seen = len(list(slide_of(view, node).under(index[2], index[3])))
    place = winner(view, node, index)
    top = say("none") if place is None else spoken(view.graph, node.inputs[0], place, "value", view.features)
    return "max_pool", {"seen": _numbers(seen), "top": top}


def _average(view: View, node: Node, index: Index) -> tuple[str, dict[str, str]]:
    slide = slide_of(view, node)
    seen, count = len(list(slide.under(index[2], index[3]))), prod(slide.size)
    padded = say(" Padding counts, as zeros.") if seen < count else ""
    return "average", {"seen": _numbers(seen), "count": str(count), "padding_words": padded}


def _global(view: View, node: Node, index: Index) -> tuple[str, dict[str, str]]:
    count = prod(shape_of(view.graph, node.inputs[0])[1:])
    return "average", {"seen": _numbers(count), "count": str(count), "padding_words": ""}


def _upsampled(view: View, node: Node, index: Index) -> tuple[str, dict[str, str]]:
    down, across = node.options["factor"]
    return "upsampled", {"factor": f"{down} × {across}", "count": str(down * across)}


def _numbers(count: int) -> str:
    return say("{n:,} numbers", n=count) if count != 1 else say("one number")


IMAGE_TELLERS: dict[str, Teller] = {
    **dict.fromkeys(CONVOLUTIONS, _convolution),
    "max_pool2d": _max_pool,
    "avg_pool2d": _average,
    "global_avg_pool2d": _global,
    "upsample2d": _upsampled,
}

#: operation -> what it is called in a sentence
IMAGE_NAMES = {
    **dict.fromkeys(CONVOLUTIONS, "the convolution"),
    "max_pool2d": "max pooling",
    "avg_pool2d": "average pooling",
    "global_avg_pool2d": "global average pooling",
    "upsample2d": "upsampling",
}

_THROUGH_WINDOWS = (
    "Many windows have looked at it, so each of them has a say.",
    "each window that lay on this number hands back its gradient times the weight that lay on it (the full correlation "
    "of dz with the kernel turned by 180°)",
)
_SHARED = (
    "The blame is shared out evenly.",
    "each window hands an equal share of its gradient to each of its numbers",
)

#: operation that used a number -> how its gradient comes back: for a kid, and for the others
IMAGE_HANDS_BACK: dict[str, tuple[str, str]] = {
    **dict.fromkeys(CONVOLUTIONS, _THROUGH_WINDOWS),
    "max_pool2d": (
        "The winner of a window takes all its blame; whoever lost takes none.",
        "each window hands its whole gradient to the number that won it, and nothing to the others",
    ),
    "avg_pool2d": _SHARED,
    "global_avg_pool2d": _SHARED,
    "upsample2d": (
        "It was copied to a whole block, so the block's blame comes back.",
        "the gradients of all its copies are added",
    ),
}
