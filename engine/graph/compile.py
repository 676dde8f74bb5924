"""From description to graph: resolve what reads what, order it, expand each layer, join the loss."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from engine.arrays import Shape
from engine.errors import LimitExceeded, Loc, ShapeMismatch, SpecError, UnknownName
from engine.graph.clamps import held
from engine.graph.graph import Graph, GraphLayer
from engine.graph.order import ancestors, forward_order
from engine.graph.tokens import tokens_of
from engine.layers import LAYERS, Expansion, Node, Parameter, Source
from engine.losses import LOSSES, LossType
from engine.spec import InputLayer, LayerSpec, SessionSpec
from engine.words import say

RESERVED = frozenset({"target", "loss", "penalty", "update"})
#: Under this name a decoder reads the targets.
TARGET = "target"


@dataclass(frozen=True)
class Form:
    """What the data look like to a network.

    Args:
        inputs: shape of one example.
        padded: whether examples are sequences of unequal length, padded with 0 at their end.
        steps: time steps of a target that is a sequence of classes; None if it is none.
        ends: whether such targets end at their first 0 (the end symbol), so that padding follows.
    """

    inputs: Shape
    padded: bool = False
    steps: int | None = None
    ends: bool = False


def compile_graph(spec: SessionSpec, form: Form | Shape, most_nodes: int | None = None) -> Graph:
    """The graph of this description for examples of this form (or of this shape, without the batch axis).

    Raises:
        LimitExceeded: if it would have more than ``most_nodes``.
        SpecError: if it describes no network; ``loc`` is the path of what is wrong.
    """
    listed = _with_input(spec.layers)
    reads = _reads(listed)
    order = _ordered(listed, reads)
    _all_used(listed, reads)
    output = next(reversed(listed))

    form = form if isinstance(form, Form) else Form(form)
    sources = _given(form)
    layers: dict[str, GraphLayer] = {}
    nodes: dict[str, Node] = {}
    if form.steps is not None:  # before the layers, for a decoder reads it
        nodes["target"] = Node("target", "loss", None, (), (form.steps,), kind="target")
    parameters: dict[str, Parameter] = {}
    for identifier in order:
        index, layer = listed[identifier]
        read = tuple(sources[name] for name in (*(reads[identifier] or ("",)), *also_read(layer)))
        expansion = held(layer, _expanded(layer, read, index), index, is_output=identifier == output)
        value = expansion.value_node
        sources[identifier] = Source(value.name, value.shape, expansion.mask, expansion.state)
        layers[identifier] = _graph_layer(layer, index, reads[identifier], expansion)
        nodes |= {node.name: node for node in expansion.nodes}
        _check_count(len(nodes), most_nodes, identifier, index)
        parameters |= {entry.name: replace(entry, frozen=not layer.trainable) for entry in expansion.parameters}

    parameters = dict(sorted(parameters.items(), key=lambda item: (item[1].running is not None, item[1].frozen)))
    tokens = tokens_of(nodes, parameters, {name: ("layers", layer.index or 0) for name, layer in layers.items()})
    loss_type = LOSSES[spec.loss.type]
    _check_output(layers[output], form.steps)
    fused = loss_type.is_fused(layers[output].activation)
    nodes |= _loss_nodes(spec, loss_type, nodes, layers[output], form, fused=fused)
    if spec.regularization.l1 or spec.regularization.l2:
        nodes["penalty"] = Node("penalty", "penalty", "penalty", _learned(parameters), (), kind="penalty")
    return Graph(layers, nodes, parameters, loss_type, spec.loss, fused, spec.regularization, tokens)


def _check_count(nodes: int, most: int | None, identifier: str, index: int | None) -> None:
    """Looked at after each layer, before the next is unrolled."""
    if most is not None and nodes > most:
        what = say('nodes (every quantity of every time step is one) up to layer "{identifier}"', identifier=identifier)
        raise LimitExceeded(what, most, nodes, ("layers", index or 0))


def _given(form: Form) -> dict[str, Source]:
    """What is there before any layer: the data, and the targets that a decoder reads."""
    data = Source("", form.inputs, mask="padded" if form.padded else None)
    target = Source("target", () if form.steps is None else (form.steps,), mask="padded" if form.ends else None)
    return {"": data, TARGET: target}


Listed = dict[str, tuple[int | None, LayerSpec]]


def _with_input(layers: Sequence[LayerSpec]) -> Listed:
    """Id -> (place, layer), with an input layer at the head."""
    inputs = [index for index, layer in enumerate(layers) if isinstance(layer, InputLayer)]
    for index in inputs:
        _check_input(layers[index], index, inputs)
    listed: Listed = {} if inputs else {"input": (None, InputLayer(id="input"))}
    for index, layer in enumerate(layers):
        if layer.id in listed:
            where = (
                say("an input layer of that name stands before the first layer") if not index else say("ids are unique")
            )
            raise SpecError(
                say('there are two layers with the id "{id}": {where}', id=layer.id, where=where),
                ("layers", index, "id"),
            )
        if layer.id in RESERVED:
            raise SpecError(
                say('"{id}" is the name of another node: call the layer otherwise', id=layer.id),
                ("layers", index, "id"),
            )
        listed[layer.id] = (index, layer)
    if len(listed) == len(inputs):
        raise SpecError(say("a network needs at least one layer after its input"), ("layers",))
    return listed


def _check_input(layer: LayerSpec, index: int, inputs: list[int]) -> None:
    """The input layer is the first and the only one, and reads no other."""
    if index != inputs[0]:
        raise SpecError(say('there is one input layer, but "{id}" is another', id=layer.id), ("layers", index))
    if index > 0:
        raise SpecError(
            say('the input layer stands first, but "{id}" is layer {number}', id=layer.id, number=index + 1),
            ("layers", index),
        )
    if layer.inputs:
        raise SpecError(say("the input layer reads the data, so it has no inputs"), ("layers", index, "inputs"))


def _reads(listed: Listed) -> dict[str, tuple[str, ...]]:
    """Id -> ids of the layers that it reads; the one before it if it does not say."""
    reads: dict[str, tuple[str, ...]] = {}
    before: tuple[str, ...] = ()
    for identifier, (index, layer) in listed.items():
        reads[identifier] = before if layer.inputs is None else layer.inputs
        _check_inputs(layer, reads[identifier], listed, ("layers", index or 0, "inputs"))
        before = (identifier,)
    return reads


def _check_inputs(layer: LayerSpec, reads: tuple[str, ...], listed: Listed, loc: Loc) -> None:
    """As many inputs as the layer takes, and all of them exist."""
    arity = LAYERS[layer.type].arity
    if arity == "none":
        return
    for place, name in enumerate(reads):
        if name not in listed:
            raise UnknownName("layer", name, listed, (*loc, place))
    if not reads:
        raise SpecError(say('layer "{id}" reads nothing: it needs an input', id=layer.id), loc)
    if arity == "one" and len(reads) > 1:
        raise SpecError(
            say(
                'layer "{id}" ({type}) reads one layer, but {count} are given: add or concat joins them',
                id=layer.id,
                type=layer.type,
                count=len(reads),
            ),
            loc,
        )


def _ordered(listed: Listed, reads: dict[str, tuple[str, ...]]) -> list[str]:
    order, stuck = forward_order(reads)
    if stuck:
        circle = next(name for name in stuck if name in _behind(name, reads))
        index, _ = listed[circle]
        raise SpecError(
            say('layer "{circle}" reads its own output: {path}', circle=circle, path=_path(circle, reads)),
            ("layers", index or 0, "inputs"),
        )
    return order


def _behind(name: str, reads: dict[str, tuple[str, ...]]) -> set[str]:
    """Everything that has a path to what this layer reads."""
    return set().union(*(ancestors(read, reads) for read in reads[name]))


def _path(circle: str, reads: dict[str, tuple[str, ...]]) -> str:
    """The way around the circle, for people."""
    way = [circle]
    while len(way) == 1 or way[-1] != circle:
        way.append(next(name for name in reads[way[-1]] if circle in ancestors(name, reads) and name not in way[1:]))
    return " ← ".join(way)


def _all_used(listed: Listed, reads: dict[str, tuple[str, ...]]) -> None:
    """Every layer has a path to the output."""
    output = next(reversed(listed))
    used = ancestors(output, reads)
    for identifier, (index, _) in listed.items():
        if identifier not in used:
            raise SpecError(
                say(
                    'nothing that leads to the output "{output}" reads layer "{identifier}"',
                    output=output,
                    identifier=identifier,
                ),
                ("layers", index or 0),
            )


def _expanded(layer: LayerSpec, sources: tuple[Source, ...], index: int | None) -> Expansion:
    try:
        return LAYERS[layer.type].expand(layer, sources)
    except ShapeMismatch as error:
        what = (
            error.what if f'"{layer.id}"' in error.what else say('layer "{id}", {what}', id=layer.id, what=error.what)
        )
        expected, actual = (("N", *shape[1:]) for shape in (error.expected, error.actual))
        raise ShapeMismatch(what, expected, actual, ("layers", index or 0, "inputs")) from error
    except LimitExceeded as error:
        error.loc = ("layers", index or 0, *error.loc)
        raise
    except SpecError as error:
        if error.loc[:1] == ("layers",) or type(error) is not SpecError:
            raise
        raise SpecError(
            say('layer "{id}": {message}', id=layer.id, message=error.message), ("layers", index or 0, *error.loc)
        ) from error


def also_read(layer: LayerSpec) -> tuple[str, ...]:
    """What a layer reads besides what its description names: a decoder the targets, which it is fed one by one."""
    return (TARGET,) if layer.type == "decoder" else ()


def _check_output(layer: GraphLayer, steps: int | None) -> None:
    if steps is not None and (len(layer.shape) != 2 or layer.shape[0] != steps):
        hint = say("a recurrent layer with return_sequences, or a dense layer behind one, gives it one row each")
        what = say('the output "{id}" (a target has {steps} time steps: {hint})', id=layer.id, steps=steps, hint=hint)
        raise ShapeMismatch(what, ("N", steps, "K"), ("N", *layer.shape), ("layers", layer.index or 0))
    if steps is None and len(layer.shape) != 1:
        raise SpecError(
            say(
                'the output "{id}" is to be one row of numbers for each example, but has shape {shape}: '
                "a flatten layer makes it one",
                id=layer.id,
                shape=layer.shape,
            ),
            ("layers", layer.index or 0),
        )


def _graph_layer(layer: LayerSpec, index: int | None, reads: tuple[str, ...], expansion: Expansion) -> GraphLayer:
    return GraphLayer(
        id=layer.id,
        spec=layer,
        index=index,
        inputs=reads,
        shape=expansion.value_node.shape,
        value=expansion.value_node.name,
        nodes=_names(expansion.nodes),
        parameters=_names(expansion.parameters),
    )


def _learned(parameters: dict[str, Parameter]) -> tuple[str, ...]:
    """Those that a penalty may count: nothing frozen, no running statistics."""
    return tuple(name for name, entry in parameters.items() if entry.running is None and not entry.frozen)


def _names(items: Iterable[Node | Parameter]) -> tuple[str, ...]:
    return tuple(item.name for item in items)


def _loss_nodes(
    spec: SessionSpec, loss_type: LossType, nodes: dict[str, Node], output: GraphLayer, form: Form, *, fused: bool
) -> dict[str, Node]:
    """``target`` and ``loss``; a fused loss reads what the output's activation reads."""
    op = loss_type.fused_op if fused else loss_type.op
    read = nodes[output.value].inputs[0] if fused else output.value
    if form.steps is not None:
        return _sequence_loss_nodes(loss_type, read, form)
    target = Node("target", "loss", None, (), output.shape, kind="target")
    loss = Node("loss", "loss", op, (read, target.name), (), loss_type.options(spec.loss), kind="loss")
    return {"target": target, "loss": loss}


def _sequence_loss_nodes(loss_type: LossType, read: str, form: Form) -> dict[str, Node]:
    """``loss`` where a class is told at every time step; padding behind the end does not count."""
    if loss_type.sequence_op is None:
        raise SpecError(
            say("{name} is not for a class at every time step: use softmax_cross_entropy", name=loss_type.name),
            ("loss", "type"),
        )
    assert form.steps is not None
    nodes = {}
    if form.ends:
        nodes["target.mask"] = Node("target.mask", "loss", "until_end", ("target",), (form.steps,), kind="target")
    loss = Node("loss", "loss", loss_type.sequence_op, (read, "target", *nodes), (), kind="loss")
    return {**nodes, "loss": loss}
