"""Which story the values of the special layers have, what fills its braces, and how their gradients come back."""

from engine.explain import recurrence_stories, tex
from engine.explain.attention import head_of, seen
from engine.explain.batches import channel_of, count_of, inverse
from engine.explain.explanation import Index
from engine.explain.image_stories import IMAGE_HANDS_BACK, IMAGE_TELLERS, Teller
from engine.explain.norms import row_of
from engine.explain.picture_stories import PICTURE_HANDS_BACK, PICTURE_TELLERS
from engine.explain.tokens import token_at
from engine.explain.values import held_at
from engine.explain.view import View
from engine.layers import Node
from engine.words import say

MOVES = {
    "reshape": "arranges the same numbers in another shape",
    "transpose": "exchanges the axes of each example",
    "slice": "takes a stretch of its input",
    "last": "takes the last time step",
    "last_real": "takes the last time step before the padding",
}


def _moved(view: View, node: Node, index: Index) -> tuple[str, dict[str, str]]:
    return "moved", {"does": say(MOVES[node.op or ""]), "source": node.inputs[0]}


def _multiply(view: View, node: Node, index: Index) -> tuple[str, dict[str, str]]:
    values = [view.value(name) for name in node.inputs]
    numbers = [tex.words(float(value[index])) for value in values if value is not None]
    return "product", {"numbers": " · ".join(numbers), "count": str(len(numbers))}


def _clamp(view: View, node: Node, index: Index) -> tuple[str, dict[str, str]]:
    """A unit that is held, or one of its free neighbours."""
    if (value := held_at(node, index)) is None:
        return "free", {"source": node.inputs[0]}
    x = view.value(node.inputs[0])
    assert x is not None
    does = say("killed: held at 0") if value == 0 else say("held")
    return "held", {"does": does, "natural": tex.words(float(x[index]))}


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


def _attention(view: View, node: Node, index: Index) -> tuple[str, dict[str, str]]:
    """A score or a weight: between which two time steps, and in which head."""
    _, head, query, key = index
    fields = {"head": str(head + 1), "query": str(query + 1), "key": str(key + 1)}
    if node.op == "attention_scores":
        return "attention_score", {**fields, "count": str(len(head_of(view, node, 0)))}
    if not seen(view, node, index)[key]:
        return "attention_hidden", fields
    return "attention_weight", {**fields, "percent": _percent(view, node, index)}


def _percent(view: View, node: Node, index: Index) -> str:
    value = view.value(node.name)
    assert value is not None
    return f"{100 * float(value[index]):.1f} %"


def _mix(view: View, node: Node, index: Index) -> tuple[str, dict[str, str]]:
    head = index[2] // len(head_of(view, node, 0))
    return "attention_mix", {"head": str(head + 1), "query": str(index[1] + 1)}


def _batch(view: View, node: Node, index: Index) -> tuple[str, dict[str, str]]:
    """A mean or a variance of the batch."""
    return node.op or "", {"count": f"{count_of(view, node):,}", "channel": str(index[0] + 1)}


def _batch_norm(view: View, node: Node, index: Index) -> tuple[str, dict[str, str]]:
    channel = channel_of(node, index)
    x, mean, gamma = (view.value(node.inputs[place]) for place in (0, 1, 3))
    assert x is not None
    assert mean is not None
    assert gamma is not None
    spread = inverse(view, node, channel)
    fields = {
        "x": tex.words(float(x[index])),
        "normal": tex.words((float(x[index]) - float(mean[channel])) * spread),
        "inverse": tex.words(spread),
        "gamma": tex.words(float(gamma[channel])),
    }
    return "batch_norm", fields


def followed(view: View, name: str, index: Index) -> dict[str, str]:
    """How a running statistic moves: no optimizer, it follows the batch."""
    delta, before, follows = view.delta(name), view.value(name), view.graph.parameters[name].running
    assert delta is not None
    assert before is not None
    assert follows is not None
    batch = view.value(follows.node)
    assert batch is not None
    return {
        "value": tex.signed(float(delta[index])),
        "before": tex.words(float(before[index])),
        "after": tex.words(float(before[index] + delta[index])),
        "batch": tex.words(float(batch[index]) * follows.correction(view.rows)),
        "momentum": tex.words(follows.momentum),
        "what": say(name.rpartition(".")[2].replace("_", " ")),
    }


TELLERS: dict[str, Teller] = {
    **dict.fromkeys(MOVES, _moved),
    "clamp": _clamp,
    "multiply": _multiply,
    "one_hot": _token,
    "embedding": _token,
    "layer_norm": _layer_norm,
    "attention_scores": _attention,
    "attention_weights": _attention,
    "attention_weights_masked": _attention,
    "attention_mix": _mix,
    "batch_mean": _batch,
    "batch_variance": _batch,
    "batch_norm": _batch_norm,
    **IMAGE_TELLERS,
    **PICTURE_TELLERS,
    **dict.fromkeys(recurrence_stories.KEYS, recurrence_stories.tell),
}

#: operation that used a number -> how its gradient comes back: for a kid, and for the others
HANDS_BACK: dict[str, tuple[str, str]] = {
    **recurrence_stories.HANDS_BACK,
    "clamp": (
        "Who is held fast cannot be blamed; a free one is blamed as it deserves.",
        "a free unit's gradient passes as it is; a held one's is multiplied by 0, because its value does not depend on "
        "what comes in",
    ),
    "multiply": (
        "The louder the others are, the more this one matters.",
        "the upstream gradient times the other factors",
    ),
    "layer_norm": (
        "All numbers of its row are measured together, so all of them have a say.",
        "each number of the row hands back its upstream gradient, times its scale, times the slope of x̂; what would "
        "shift or stretch the whole row cancels out",
    ),
    **dict.fromkeys(
        ("attention_weights", "attention_weights_masked"),
        (
            "The weights share one cake: what one gets the others lack, so all of them have a say.",
            "each weight w_k hands back its upstream gradient times w_k (1[j = k] − w_j), the slope between them",
        ),
    ),
    "attention_scores": (
        "Every fit that it was measured for has a say.",
        "each score that it is part of hands back its upstream gradient times the other vector's number, over √d",
    ),
    "attention_mix": (
        "Every mixture that it went into has a say.",
        "each mixture hands back its upstream gradient: to a value times its weight, to a weight "
        "times the value, summed over the head's numbers",
    ),
    "batch_norm": (
        "It was evened out, so blame comes back by the same scale.",
        "the upstream gradient times γ / √(σ² + ε); mean and variance of the batch get the sums of theirs",
    ),
    "batch_mean": (
        "Every example of the batch helped to make the average, so all share the blame alike.",
        "an equal share 1/n of the mean's gradient",
    ),
    "batch_variance": (
        "The further from the middle, the more it widened the spread.",
        "2 (x − μ) / n times the variance's gradient",
    ),
    "softmax": (
        "All share one cake: what one gets the others lack, so all of them have a say.",
        "each share a_k hands back its upstream gradient times a_k (1[j = k] − a_j), the slope between them",
    ),
    **IMAGE_HANDS_BACK,
    **PICTURE_HANDS_BACK,
}
