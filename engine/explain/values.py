"""How a value came about: one rule per operation, terms read from the buffers."""

from collections.abc import Callable

import numpy as np

from engine.arrays import Array
from engine.explain import (
    attention,
    batches,
    convolutions,
    decoders,
    moves,
    norms,
    pictures,
    pools,
    products,
    recurrence,
    shares,
    tex,
    tokens,
)
from engine.explain.explanation import Index, Term
from engine.explain.terms import Derivation, fold, plain, product, read, right_side
from engine.explain.view import View, shape_of
from engine.layers import Node
from engine.ops import LOSSES, OPS
from engine.regularization import counts
from engine.words import say

Rule = Callable[[View, Node, Index], Derivation]


def derive_value(view: View, name: str, index: Index) -> Derivation:
    """Take apart the value of a node, or of a parameter, at one index."""
    node = view.graph.nodes.get(name)
    if node is None:
        return _parameter(view, name, index)
    if node.op is None:
        given = "drawn at random" if node.kind == "mask" else "given"
        return Derivation(rf"\text{{{given}}}", (product(name, read(view, name, index)),))
    if node.op in LOSSES:
        return _loss(view, node)
    if node.kind == "penalty":
        return _penalty(view)
    rule = RULES.get(node.op, _function)
    return rule(view, node, index)


def _affine(view: View, node: Node, index: Index) -> Derivation:
    """z_j = Σ_i x_i W_ij + b_j."""
    x, W = node.inputs[:2]
    *place, unit = index
    count = shape_of(view.graph, x)[-1]
    terms = [
        product(say("input {i}", i=i + 1), read(view, x, (*place, i)), read(view, W, (i, unit))) for i in range(count)
    ]
    formula = r"\sum_i x_i\, W_{i,j}"
    if len(node.inputs) == 3:
        terms.append(product("bias", read(view, node.inputs[2], (unit,))))
        formula += " + b_j"
    return Derivation(formula, fold(terms))


def _function(view: View, node: Node, index: Index) -> Derivation:
    """a = f(z): the one term is the argument."""
    assert node.op is not None
    argument = read(view, node.inputs[0], index)
    return Derivation(
        right_side(OPS[node.op].formula),
        (product("argument", argument),),
        "function",
        substituted=rf"\operatorname{{{node.op.replace('_', ' ')}}}\left({tex.number(argument.value)}\right)",
    )


def _add(view: View, node: Node, index: Index) -> Derivation:
    """a = Σ of the inputs at this place."""
    terms = [
        product(say("from {layer}", layer=read_.rpartition(".")[0]), read(view, read_, index)) for read_ in node.inputs
    ]
    return Derivation(r"\sum_k x^{(k)}", fold(terms))


def _concat(view: View, node: Node, index: Index) -> Derivation:
    """a is its inputs side by side along one axis."""
    source, place = concat_source(view, node, index)
    return Derivation(r"[x^{(1)}, x^{(2)}, \ldots]", (product("copied", read(view, source, place)),))


def concat_source(view: View, node: Node, index: Index) -> tuple[str, Index]:
    """Which input of a concat stands at this index, and where in that input."""
    axis = concat_axis(node)
    place = index[axis]
    for source in node.inputs:
        width = shape_of(view.graph, source)[axis - 1]
        if place < width:
            return source, (*index[:axis], place, *index[axis + 1 :])
        place -= width
    raise AssertionError(f"{node.name} has no place {index}")


def concat_axis(node: Node) -> int:
    """The axis along which a concat puts its inputs side by side, the batch's counted in."""
    return 1 + len(node.shape) + int(node.options.get("axis", -1))


def _flatten(view: View, node: Node, index: Index) -> Derivation:
    """a is x with each example in one row."""
    source = node.inputs[0]
    inner = np.unravel_index(index[1], shape_of(view.graph, source))
    place = (index[0], *(int(i) for i in inner))
    return Derivation(r"\operatorname{flatten}(x)", (product("copied", read(view, source, place)),))


def _dropout(view: View, node: Node, index: Index) -> Derivation:
    """a = x · mask."""
    x, mask = node.inputs
    return Derivation(
        r"x \cdot \text{mask}", (product("kept or dropped", read(view, x, index), read(view, mask, index)),)
    )


def _clamp(view: View, node: Node, index: Index) -> Derivation:
    """a = x where the unit is free; what it is held at where it is not."""
    formula = right_side(OPS["clamp"].formula)
    if (value := held_at(node, index)) is not None:
        return Derivation(formula, (product("held", plain("held at", "c", value)),))
    return Derivation(formula, (product("free", read(view, node.inputs[0], index)),))


def held_at(node: Node, index: Index) -> float | None:
    """What the unit at this index of a clamp is held at; None if it is free."""
    found = node.options["held"].get(index[1:][node.options["axis"]])
    return None if found is None else float(found)


def _loss(view: View, node: Node) -> Derivation:
    """L = mean over the examples of their losses; rmse is the root of the mean squared error."""
    assert node.op is not None
    losses = example_losses(view, node)
    if losses is None:
        root = float(view.value(node.name) or 0.0)  # only rmse has no loss per example
        return Derivation(
            right_side(LOSSES[node.op].formula), (Term(label=say("mean squared error"), value=root * root),), "function"
        )
    terms = [Term(label=say("example {n}", n=n + 1), value=float(loss)) for n, loss in enumerate(losses)]
    return Derivation(right_side(LOSSES[node.op].formula), fold(terms), scale=1 / len(losses))


def example_losses(view: View, node: Node) -> Array | None:
    """The loss of each example of the batch, by the loss's own rule; None where it is not a mean over examples."""
    assert node.op is not None
    op = LOSSES[node.op]
    values = [value for name in node.inputs if (value := view.value(name)) is not None]
    if op.per_example is None or len(values) < len(node.inputs):
        return None
    prediction = values[0]
    out = np.empty(len(prediction), prediction.dtype)
    scratch = [np.empty(shape, prediction.dtype) for shape in op.scratch(*(value.shape for value in values))]
    op.per_example(out, *values, *scratch, **node.options)
    return out


def _penalty(view: View) -> Derivation:
    """penalty = l1 Σ|w| + ½ l2 Σw²."""
    rule = view.spec.regularization
    absolute = squares = 0.0
    for parameter in view.graph.parameters.values():
        W = view.value(parameter.name)
        if W is not None and counts(rule, parameter):
            absolute += float(np.abs(W, dtype=np.float64).sum())
            squares += float(np.square(W, dtype=np.float64).sum())
    terms = (
        product("l1", plain("l1", r"\lambda_1", rule.l1), plain("Σ|w|", r"\sum|w|", absolute)),
        product("l2", plain("½ l2", r"\tfrac12\lambda_2", rule.l2 / 2), plain("Σw²", r"\sum w^2", squares)),
    )
    return Derivation(r"\lambda_1 \sum |w| + \tfrac12 \lambda_2 \sum w^2", terms)


def _parameter(view: View, name: str, index: Index) -> Derivation:
    """W_n = W_0 + Σ deltas + Σ edits by hand."""
    start, deltas, edits = (float(array[index]) for array in view.ledger(name))
    terms = [Term(label=say("start"), value=start), Term(label=say("sum of deltas"), value=deltas)]
    if edits:
        terms.append(Term(label=say("set by hand"), value=edits))
    return Derivation(r"W_0 + \sum_{t<n} \Delta W_t", tuple(terms))


RULES: dict[str, Rule] = {
    "dense": _affine,
    "matmul": _affine,
    "add": _add,
    "concat": _concat,
    "flatten": _flatten,
    "dropout": _dropout,
    "clamp": _clamp,
    **moves.RULES,
    **products.RULES,
    **tokens.RULES,
    **norms.RULES,
    **recurrence.RULES,
    **decoders.RULES,
    **shares.RULES,
    **attention.RULES,
    **batches.RULES,
    **convolutions.RULES,
    **pools.RULES,
    **pictures.RULES,
}
