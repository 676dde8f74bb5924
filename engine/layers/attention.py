"""a = softmax(q kᵀ / √d) v W_o  with q = x W_q, k = y W_k, v = y W_v; x (N, Tq, D), y (N, Tk, E), a (N, Tq, units).

Of one input, x and y are the same (self-attention); of two, queries come from the first, keys and values from the
second (cross-attention). Each head has units / heads of the numbers. Every matrix is a node: ``scores`` and ``weights``
are (heads, Tq, Tk). Source: Vaswani et al., "Attention Is All You Need", 2017; as there, projections have no bias
unless ``use_bias`` asks for it.
"""

from engine.errors import ShapeMismatch, SpecError
from engine.initializers import default_initializer
from engine.layers.base import Expansion, LayerType, Node, Parameter, Source
from engine.spec import AttentionLayer, Zeros
from engine.words import say


def expand(spec: AttentionLayer, sources: tuple[Source, ...]) -> Expansion:
    """``<id>.q``, ``k``, ``v``, ``scores``, ``weights``, ``mix``, ``a``; parameters ``<id>.W_q``, … and ``b_q``, ….

    Raises:
        ShapeMismatch: if an input is no sequence.
        SpecError: if there are more than two inputs, heads do not divide the units, or causal has no meaning.
    """
    _check(spec, sources)
    asking, told = sources[0], sources[-1]
    units = spec.units or asking.shape[1]
    q, q_weights = _projection(spec, "q", f"{spec.id}.q", asking.node, asking.shape, units)
    k, k_weights = _projection(spec, "k", f"{spec.id}.k", told.node, told.shape, units)
    v, v_weights = _projection(spec, "v", f"{spec.id}.v", told.node, told.shape, units)
    by_head = (spec.heads, asking.shape[0], told.shape[0])
    scores = Node(f"{spec.id}.scores", spec.id, "attention_scores", (q.name, k.name), by_head, {"heads": spec.heads})
    weights = _weights(spec, scores, told.mask)
    mix = Node(f"{spec.id}.mix", spec.id, "attention_mix", (weights.name, v.name), q.shape)
    a, o_weights = _projection(spec, "o", f"{spec.id}.a", mix.name, mix.shape, units)
    parameters = (*q_weights, *k_weights, *v_weights, *o_weights)
    return Expansion(nodes=(q, k, v, scores, weights, mix, a), parameters=parameters, mask=asking.mask)


def _check(spec: AttentionLayer, sources: tuple[Source, ...]) -> None:
    if len(sources) > 2:
        raise SpecError(say("attention reads one layer or two, but {count} are given", count=len(sources)), ("inputs",))
    for source in sources:
        if len(source.shape) != 2:
            raise ShapeMismatch("attention", ("N", "T", "D"), ("N", *source.shape))
    units = spec.units or sources[0].shape[1]
    if units % spec.heads:
        raise SpecError(
            say("{heads} heads do not divide {units} units into equal parts", heads=spec.heads, units=units), ("heads",)
        )
    if spec.causal and len(sources) == 2:
        raise SpecError(
            say("causal is for attention to one's own past: with two inputs there is no common time"), ("causal",)
        )


def _projection(
    spec: AttentionLayer, which: str, name: str, source: str, shape: tuple[int, ...], units: int
) -> tuple[Node, tuple[Parameter, ...]]:
    """The node x W (+ b), and its parameters."""
    fan_in, initializer = shape[-1], spec.initializer or default_initializer("linear")
    W = Parameter(f"{spec.id}.W_{which}", spec.id, (fan_in, units), fan_in, units, initializer)
    b = Parameter(f"{spec.id}.b_{which}", spec.id, (units,), fan_in, units, Zeros(), is_bias=True)
    parameters = (W, b) if spec.use_bias else (W,)
    inputs = (source, *(parameter.name for parameter in parameters))
    node = Node(name, spec.id, "dense" if spec.use_bias else "matmul", inputs, (*shape[:-1], units))
    return node, parameters


def _weights(spec: AttentionLayer, scores: Node, mask: str | None) -> Node:
    """The softmax of the scores; padding of what is looked at gets no weight."""
    op = "attention_weights" if mask is None else "attention_weights_masked"
    inputs = (scores.name,) if mask is None else (scores.name, mask)
    return Node(f"{spec.id}.weights", spec.id, op, inputs, scores.shape, {"causal": spec.causal})


ATTENTION = LayerType(
    name="attention",
    summary="Every time step asks all others how much they have to tell it, and mixes what they say.",
    formula=r"a = \operatorname{softmax}\!\left(\dfrac{q\, k^\top}{\sqrt d}\right) v\, W_o",
    arity="many",
    expand=expand,
)
