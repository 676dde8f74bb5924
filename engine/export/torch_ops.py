"""Every operation as an expression of PyTorch: ``write(node, *arguments)`` is its text; gradients are autograd's."""

from collections.abc import Callable
from typing import Any

from engine.export.moment import options_of
from engine.layers import Node
from engine.ops.binary_cross_entropy import EPS

Write = Callable[..., str]


def calls(function: str) -> Write:
    """``function(x, …)``."""
    return lambda node, *x: f"{function}({', '.join(x)})"


def joined(sign: str) -> Write:
    """``x + y + …``."""
    return lambda node, *x: f" {sign} ".join(x)


def text(pattern: str) -> Write:
    """A pattern with {0}, {1}, … for the inputs and the names of options."""
    return lambda node, *x: pattern.format(*x, **options_of(node))


def listed(function: str, dim: int) -> Write:
    """``function([x, y, …], dim)``."""
    return lambda node, *x: f"{function}([{', '.join(x)}], {dim})"


def concat(node: Node, *x: str) -> str:
    """Side by side along one axis."""
    return f"torch.cat([{', '.join(x)}], {node.options.get('axis', -1)})"


def reshape(node: Node, x: str) -> str:
    """The batch axis stays."""
    return f"{x}.reshape(len({x}), {', '.join(map(str, node.shape))})"


def transpose(node: Node, x: str) -> str:
    """The batch axis stays first."""
    return f"{x}.permute(0, {', '.join(str(1 + axis) for axis in node.options['axes'])})"


def slice_of(node: Node, x: str) -> str:
    """``x[:, start:stop]``."""
    axis, start, stop = (node.options[name] for name in ("axis", "start", "stop"))
    before = ":, " * (1 + axis % len(node.shape))
    return f"{x}[{before}{start}:{'' if stop is None else stop}]"


def clamp(node: Node, x: str) -> str:
    """``x.index_fill(-1, torch.tensor([2]), 0.0)``, once for each unit that is held."""
    axis = node.options["axis"]
    dim = axis if axis < 0 else 1 + axis
    fills = (f".index_fill({dim}, torch.tensor([{unit}]), {value!r})" for unit, value in node.options["held"].items())
    return x + "".join(fills)


def part(node: Node, x: str) -> str:
    """``x[:, 3, 0:4]``."""
    cuts = (str(cut) if isinstance(cut, int) else f"{cut[0]}:{cut[1]}" for cut in node.options["place"])
    return f"{x}[:, {', '.join(cuts)}]"


def layer_norm(node: Node, x: str, gamma: str, beta: str) -> str:
    """Over the last axis."""
    return f"F.layer_norm({x}, {x}.shape[-1:], {gamma}, {beta}, {node.options['eps']!r})"


def conv2d(node: Node, x: str, *weights: str) -> str:
    """PyTorch does not flip the kernel either."""
    o = node.options
    bias = weights[1] if len(weights) > 1 else "None"
    return (
        f"F.conv2d({padded(x, o['padding'])}, {weights[0]}, {bias}, {o['stride']}, 0, {o['dilation']}, {o['groups']})"
    )


def conv1d(node: Node, x: str, *weights: str) -> str:
    """Sequences have their channels last here, and first in PyTorch."""
    o = node.options
    bias = weights[1] if len(weights) > 1 else "None"
    image = f"F.pad({x}.mT, {tuple(o['padding'])})"
    return f"F.conv1d({image}, {weights[0]}, {bias}, {o['stride']}, 0, {o['dilation']}, {o['groups']}).mT"


def max_pool2d(node: Node, x: str) -> str:
    """Of equal numbers the first wins there too."""
    o = node.options
    return f"F.max_pool2d({padded(x, o['padding'], '-math.inf')}, {o['size']}, {o['stride']})"


def avg_pool2d(node: Node, x: str) -> str:
    """Padding counts, as zeros."""
    o = node.options
    return f"F.avg_pool2d({padded(x, o['padding'])}, {o['size']}, {o['stride']})"


def padded(x: str, padding: Any, fill: str = "0") -> str:
    """PyTorch tells padding from the last axis on."""
    (above, below), (left, right) = padding
    if not any((above, below, left, right)):
        return x
    return f"F.pad({x}, ({left}, {right}, {above}, {below}), value={fill})"


def upsample2d(node: Node, x: str) -> str:
    """Each number as a block."""
    down, across = node.options["factor"]
    return f"{x}.repeat_interleave({down}, 2).repeat_interleave({across}, 3)"


def apart(node: Node, x: str) -> str:
    """How far the first example is from another; 0 for the others."""
    to, weight = node.options["to"], node.options["weight"]
    return f"F.pad(({weight} * ({x}[0] - {x}[{to}]).square().mean()).reshape(1, 1), (0, 0, 0, len({x}) - 1))"


def roughness(node: Node, x: str) -> str:
    """How much neighbouring pixels of the first picture differ; 0 for the others."""
    differences = f"{x}[0].diff(dim=1).square().sum() + {x}[0].diff(dim=2).square().sum()"
    rest = f"(0, 0, 0, len({x}) - 1)"
    return f"F.pad(({node.options['weight']} * ({differences}) / {x}[0].numel()).reshape(1, 1), {rest})"


def real_steps(node: Node, x: str) -> str:
    """1 up to the last time step that is not all 0."""
    return f"({x}.reshape(*{x}.shape[:2], -1) != 0).any(2).flip(1).cummax(1).values.flip(1).to({x}.dtype)"


def until_end(node: Node, target: str) -> str:
    """1 up to and including the first 0."""
    return f"F.pad(({target}[:, :-1] != 0).to({target}.dtype), (1, 0), value=1).cumprod(1)"


def attend(node: Node, h: str, keys: str, *mask: str) -> str:
    """keys · h, and -10³⁰ at the padding."""
    scores = f"({keys} @ {h}[..., None])[..., 0]"
    return f"{scores}.masked_fill({mask[0]} == 0, -1e30)" if mask else scores


def by_head(x: str, heads: int) -> str:
    """(N, T, U) as (N, heads, T, d)."""
    return f"{x}.unflatten(2, ({heads}, -1)).transpose(1, 2)"


def attention_scores(node: Node, q: str, k: str) -> str:
    """q kᵀ / √d."""
    heads = node.options["heads"]
    return f"{by_head(q, heads)} @ {by_head(k, heads)}.mT / math.sqrt({q}.shape[2] // {heads})"


def attention_weights(node: Node, scores: str, *mask: str) -> str:
    """Softmax over the keys that are seen."""
    seen = scores
    if node.options["causal"]:
        later = f"torch.ones({scores}.shape[2:], dtype=torch.bool).triu(1)"
        seen = f"{seen}.masked_fill({later}, -math.inf)"
    if mask:
        seen = f"{seen}.masked_fill(({mask[0]} == 0)[:, None, None], -math.inf)"
    return f"torch.softmax({seen}, -1)"


def attention_mix(node: Node, weights: str, v: str) -> str:
    """Weights v, the heads side by side."""
    heads = f"{v}.unflatten(2, ({weights}.shape[1], -1)).transpose(1, 2)"
    return f"({weights} @ {heads}).transpose(1, 2).flatten(2)"


def along(values: str, x: str, axis: int) -> str:
    """Values (C,) along one axis of x."""
    return values if axis == -1 else f"{values}.reshape(-1, *[1] * ({x}.dim() - {1 + axis}))"


def others(x: str, axis: int) -> str:
    """All axes but one."""
    return f"[dim for dim in range({x}.dim()) if dim != {axis} % {x}.dim()]"


def batch_mean(node: Node, x: str) -> str:
    """Over the batch and all axes but one."""
    return f"{x}.mean({others(x, node.options['axis'])})"


def batch_variance(node: Node, x: str, mean: str) -> str:
    """Divided by n. The mean gets its gradient here, too: it is 0."""
    axis = node.options["axis"]
    return f"(({x} - {along(mean, x, axis)}) ** 2).mean({others(x, axis)})"


def batch_norm(node: Node, x: str, mean: str, variance: str, gamma: str, beta: str) -> str:
    """gamma (x - mean) / √(variance + eps) + beta."""
    axis, eps = node.options["axis"], node.options["eps"]
    scale = along(f"({gamma} / ({variance} + {eps!r}).sqrt())", x, axis)
    return f"({x} - {along(mean, x, axis)}) * {scale} + {along(beta, x, axis)}"


def sequence_cross_entropy(node: Node, z: str, target: str, *mask: str) -> str:
    """Averaged over the real time steps of the batch."""
    steps = f"F.cross_entropy({z}.flatten(0, 1), {target}.flatten().long()"
    if not mask:
        return f"{steps})"
    return f'({steps}, reduction="none") * {mask[0]}.flatten()).sum() / {mask[0]}.sum().clamp(min=1)'


#: Operation -> how it is written.
EXPRESSIONS: dict[str, Write] = {
    "dense": text("{0} @ {1} + {2}"),
    "matmul": text("{0} @ {1}"),
    "add": joined("+"),
    "multiply": joined("*"),
    "concat": concat,
    "stack": listed("torch.stack", 1),
    "flatten": text("{0}.flatten(1)"),
    "dropout": text("{0} * {1}"),
    "linear": text("{0}"),
    "relu": calls("torch.relu"),
    "leaky_relu": text("F.leaky_relu({0}, 0.01)"),
    "elu": calls("F.elu"),
    "selu": calls("F.selu"),
    "gelu": calls("F.gelu"),
    "silu": calls("F.silu"),
    "tanh": calls("torch.tanh"),
    "sigmoid": calls("torch.sigmoid"),
    "softplus": text("F.softplus({0}, threshold=50)"),
    "sin": calls("torch.sin"),
    "softmax": text("torch.softmax({0}, {axis})"),
    "reshape": reshape,
    "transpose": transpose,
    "slice": slice_of,
    "clamp": clamp,
    "part": part,
    "one_hot": text("F.one_hot({0}.long(), {tokens}).to({0}.dtype)"),
    "embedding": text("{1}[{0}.long()]"),
    "last": text("{0}[:, -1]"),
    "last_real": text("{0}[torch.arange(len({0})), {1}.sum(1).long() - 1]"),
    "layer_norm": layer_norm,
    "conv2d": conv2d,
    "correlate2d": conv2d,
    "conv1d": conv1d,
    "correlate1d": conv1d,
    "max_pool2d": max_pool2d,
    "avg_pool2d": avg_pool2d,
    "global_avg_pool2d": text("{0}.mean((2, 3))"),
    "upsample2d": upsample2d,
    "pixels": text("torch.cat([{1}[None], {0}[1:]])"),
    "gram": text("torch.einsum('nchw,ndhw->ncd', {0}, {0})[:, None] / {0}[0].numel()"),
    "apart": apart,
    "roughness": roughness,
    "recur": text("{0} + {1} @ {2}"),
    "lstm_cell": text("{0} * {1} + {2} * {3}"),
    "gru_mix": text("{0} * {1} + (1 - {0}) * {2}"),
    "carry": text("{0} * {1} + (1 - {0}) * {2}"),
    "choose": text("torch.where({1} > 0, {0}, {2}.argmax(1).to({0}.dtype))"),
    "attend": attend,
    "blend": text("({0}[:, None] @ {1})[:, 0]"),
    "real_steps": real_steps,
    "until_end": until_end,
    "attention_scores": attention_scores,
    "attention_weights": attention_weights,
    "attention_weights_masked": attention_weights,
    "attention_mix": attention_mix,
    "batch_mean": batch_mean,
    "batch_variance": batch_variance,
    "batch_norm": batch_norm,
    "mse": calls("F.mse_loss"),
    "rmse": text("F.mse_loss({0}, {1}).sqrt()"),
    "half_squared_error": text("(({0} - {1}) ** 2).sum() / (2 * len({0}))"),
    "mae": calls("F.l1_loss"),
    "huber": text("F.huber_loss({0}, {1}, delta={threshold!r})"),
    "hinge": text("F.relu(1 - torch.where({1} > 0, 1, -1) * {0}).mean()"),
    "binary_cross_entropy": text(f"F.binary_cross_entropy({{0}}.clamp({EPS}, 1 - {EPS}), {{1}})"),
    "sigmoid_binary_cross_entropy": calls("F.binary_cross_entropy_with_logits"),
    "softmax_cross_entropy": calls("F.cross_entropy"),
    "sequence_cross_entropy": sequence_cross_entropy,
}
