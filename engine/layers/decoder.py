"""The second half of sequence to sequence: from the last state of an encoder it writes a sequence, symbol by symbol.

At each time step it reads the symbol before (the true one while the teacher speaks, else its own guess), goes on with
its memory, and gives each symbol a score: logits (N, T, K). It begins with the end symbol, 0. With attention it looks
at the whole of what the encoder said: weights = softmax(h · encoder), context = Σ weights encoder, and the scores come
from tanh([context, h] W_c). Sutskever, Vinyals & Le, "Sequence to Sequence Learning with Neural Networks", 2014;
attention of Luong, Pham & Manning 2015.
"""

from functools import partial

from engine.errors import ShapeMismatch, SpecError
from engine.layers import gru, lstm
from engine.layers.base import Expansion, LayerType, Node, Parameter, Source
from engine.layers.recurrence import Cell, Step, Unrolled, check_steps
from engine.spec import DecoderLayer, Normal, Scaled
from engine.words import say


def expand(spec: DecoderLayer, sources: tuple[Source, ...]) -> Expansion:
    """Of each time step ``<id>.token[t]``, ``embedded[t]``, the cell's nodes and ``logits[t]``; ``<id>.a`` (T, K).

    Parameters ``W_embed``, those of the cell, ``W_c``, ``b_c`` (with attention), ``W_o``, ``b_o``.

    Raises:
        SpecError: if what it reads has no last state to begin with, or the targets are no sequences.
        ShapeMismatch: if that state has not as many units, or attention has no sequence to look at.
    """
    source, target = sources
    cell = _cell(spec)
    _check(spec, source, target, cell)
    unrolled = Unrolled(spec.id, spec.id, spec.units)
    states = tuple(unrolled.first(name, given) for name, given in zip(cell.states, source.state, strict=True))
    teacher = _teacher(spec, unrolled, target)
    logits: list[str] = []
    for t in range(target.shape[0]):
        step = Step(t, t, None, cut=False)
        token = _token(unrolled, step, teacher, logits)
        embedded = unrolled.at(step, "embedded", "embedding", token, f"{spec.id}.W_embed", width=spec.embedding)
        weights = [parameter.name for parameter in cell.parameters(spec.id, spec.embedding)[:2]]
        from_x = unrolled.at(step, "from_x", "dense", embedded, *weights, width=cell.gates * spec.units)
        states = cell.advance(unrolled, step, from_x, states)
        said = _attended(unrolled, step, states[0], source) if spec.attention else states[0]
        output = (f"{spec.id}.W_o", f"{spec.id}.b_o")
        logits.append(unrolled.at(step, "logits", "dense", said, *output, width=spec.tokens))
    unrolled.add("a", "stack", logits, (len(logits), spec.tokens))
    return Expansion(tuple(unrolled.nodes), _parameters(spec, cell), state=states)


def _cell(spec: DecoderLayer) -> Cell:
    """The same cells as those of the layers."""
    if spec.cell == "gru":
        return Cell(3, ("h",), gru.advance, partial(gru.parameters, spec))
    return Cell(4, ("h", "c"), lstm.advance, partial(lstm.parameters, spec))


def _check(spec: DecoderLayer, source: Source, target: Source, cell: Cell) -> None:
    if len(target.shape) != 1:
        raise SpecError(
            say('decoder "{id}" writes sequences, but the targets of these data are none', id=spec.id), ("dataset",)
        )
    check_steps(spec.id, target.shape[0])
    if len(source.state) != len(cell.states):
        raise SpecError(
            say(
                'decoder "{id}" begins with the last state of an {cell} layer that reads one way: '
                "make the layer it reads such a one, or choose another cell",
                id=spec.id,
                cell=spec.cell,
            ),
            ("inputs",),
        )
    if source.shape[-1] != spec.units:
        what = say('decoder "{id}": the last state that it begins with', id=spec.id)
        raise ShapeMismatch(what, ("N", spec.units), ("N", source.shape[-1]))
    if spec.attention and len(source.shape) != 2:
        what = say('decoder "{id}" (attention looks at all time steps: return_sequences gives them)', id=spec.id)
        raise ShapeMismatch(what, ("N", "T", spec.units), ("N", *source.shape))


def _teacher(spec: DecoderLayer, unrolled: Unrolled, target: Source) -> tuple[list[str], list[str]]:
    """The true symbol of each time step, and whether the teacher says it; the latter empty if it always does."""
    steps = target.shape[0]
    true = [_scalar_part(unrolled, "true", target.node, t) for t in range(steps)]
    if spec.teacher_forcing == 1:
        return true, []
    options = {"rate": 1 - spec.teacher_forcing, "scales": False}
    mask = Node(f"{spec.id}.teacher", spec.id, None, (), (steps,), options, kind="mask")
    unrolled.nodes.append(mask)
    return true, [_scalar_part(unrolled, "teach", mask.name, t) for t in range(steps)]


def _scalar_part(unrolled: Unrolled, name: str, whole: str, t: int) -> str:
    """One number of each example."""
    full = f"{unrolled.prefix}.{name}[{t}]"
    unrolled.nodes.append(Node(full, unrolled.layer, "part", (whole,), (), {"place": (t,)}))
    return full


def _token(unrolled: Unrolled, step: Step, teacher: tuple[list[str], list[str]], logits: list[str]) -> str:
    """The symbol that is read at this step: the one before."""
    true, teach = teacher
    full, block, before = f"{unrolled.prefix}.token[{step.t}]", f"{unrolled.prefix}.token", step.t - 1
    if step.t == 0:
        node = Node(full, unrolled.layer, None, (), (), kind="state", block=block, slot=0)
    elif teach:
        inputs = (true[before], teach[before], logits[before])
        node = Node(full, unrolled.layer, "choose", inputs, (), block=block, slot=step.slot)
    else:
        node = Node(full, unrolled.layer, "linear", (true[before],), (), block=block, slot=step.slot)
    unrolled.nodes.append(node)
    return full


def _attended(unrolled: Unrolled, step: Step, h: str, source: Source) -> str:
    """What is said with the encoder's whole sequence in view, (M,)."""
    prefix, places = unrolled.prefix, source.shape[0]
    mask = () if source.mask is None else (source.mask,)
    scores = unrolled.at(step, "scores", "attend", h, source.node, *mask, width=places)
    weights = unrolled.at(step, "weights", "softmax", scores, width=places)
    context = unrolled.at(step, "context", "blend", weights, source.node)
    both = unrolled.at(step, "both", "concat", context, h, width=2 * unrolled.units)
    z = unrolled.at(step, "z_said", "dense", both, f"{prefix}.W_c", f"{prefix}.b_c")
    return unrolled.at(step, "said", "tanh", z)


def _parameters(spec: DecoderLayer, cell: Cell) -> tuple[Parameter, ...]:
    embed = Parameter(
        f"{spec.id}.W_embed", spec.id, (spec.tokens, spec.embedding), spec.tokens, spec.embedding, Normal(std=1.0)
    )
    combine = _dense(spec, "c", 2 * spec.units, spec.units) if spec.attention else ()
    return (embed, *cell.parameters(spec.id, spec.embedding), *combine, *_dense(spec, "o", spec.units, spec.tokens))


def _dense(spec: DecoderLayer, which: str, fan_in: int, fan_out: int) -> tuple[Parameter, Parameter]:
    rule = spec.initializer or Scaled(type="glorot_uniform")
    return (
        Parameter(f"{spec.id}.W_{which}", spec.id, (fan_in, fan_out), fan_in, fan_out, rule),
        Parameter(f"{spec.id}.b_{which}", spec.id, (fan_out,), fan_in, fan_out, spec.bias_initializer, is_bias=True),
    )


DECODER = LayerType(
    name="decoder",
    summary="Writes a sequence symbol by symbol, from the last state of an encoder, reading what it wrote before.",
    formula=r"h_t = \operatorname{cell}(W_{y_{t-1}}, h_{t-1}), \quad \text{logits}_t = h_t W_o + b_o",
    arity="one",
    expand=expand,
)
