"""L = Σ m (log Σₖ exp(zₖ) - z_target) / Σ m; z logits (N, T, K), target classes (N, T), m real steps (N, T), L ().

Cross-entropy of the softmax of z at each time step, averaged over the real steps of the whole batch (all of them where
no m is given). Stable, because the largest z of a step is subtracted first. PyTorch's CrossEntropyLoss with
``ignore_index`` at the padding.
"""

import numpy as np

from engine.arrays import Array, Shape
from engine.errors import ShapeMismatch
from engine.ops import one_hot, softmax
from engine.ops.base import Loss, Vjp


def forward(loss: Array, z: Array, target: Array, *rest: Array) -> None:
    """L = Σ m (log Σ exp(z) - z_target) / Σ m."""
    *mask, hot, row, steps = rest
    _each_step(steps, z, target, hot, row)
    if mask:
        np.multiply(steps, mask[0], steps)
    loss[()] = np.add.reduce(steps, axis=None) / _count(z, mask)


def vjp_z(dz: Array, dloss: Array, loss: Array, z: Array, target: Array, *rest: Array) -> None:
    """dz = dL * (softmax(z) - onehot(target)) * m / Σ m."""
    *mask, hot, row, _ = rest
    softmax.forward(dz, z, row)
    one_hot.forward(hot, target, tokens=z.shape[-1])
    np.subtract(dz, hot, dz)
    np.multiply(dz, dloss / _count(z, mask), dz)
    if mask:
        np.multiply(dz, mask[0][:, :, None], dz)


def per_example(out: Array, z: Array, target: Array, *rest: Array) -> None:
    """Lₙ = Σₜ m (log Σ exp(z) - z_target) · N / Σ m: the batch's loss is the mean of these."""
    *mask, hot, row, steps = rest
    _each_step(steps, z, target, hot, row)
    if mask:
        np.multiply(steps, mask[0], steps)
    np.add.reduce(steps, axis=1, out=out)
    np.multiply(out, len(z) / _count(z, mask), out)


def _each_step(steps: Array, z: Array, target: Array, hot: Array, row: Array) -> None:
    """steps[n,t] = log Σₖ exp(z - max z) - (z_target - max z)."""
    np.maximum.reduce(z, axis=-1, out=row, keepdims=True)  # (N, T, 1)
    one_hot.forward(hot, target, tokens=z.shape[-1])
    np.einsum("ntk,ntk->nt", hot, z, out=steps)
    np.subtract(row[:, :, 0], steps, steps)
    np.subtract(z, row, hot)
    np.exp(hot, hot)
    np.add.reduce(hot, axis=-1, out=row, keepdims=True)
    np.log(row, row)
    np.add(steps, row[:, :, 0], steps)


def _count(z: Array, mask: list[Array]) -> float:
    """Real steps of the batch; at least 1, so that nothing is divided by 0."""
    return max(1.0, float(np.add.reduce(mask[0], axis=None))) if mask else float(z.shape[0] * z.shape[1])


def _shape(z: Shape, target: Shape, *mask: Shape) -> Shape:
    """(N, T, K), (N, T), (N, T) -> ()."""
    if len(z) != 3:
        raise ShapeMismatch("loss: prediction", ("N", "T", "K"), z)
    for what, given in (("target", target), *(("mask", one) for one in mask)):
        if given != z[:2]:
            raise ShapeMismatch(f"loss: {what}", z[:2], given)
    return ()


def _scratch(z: Shape, target: Shape, *mask: Shape) -> tuple[Shape, ...]:
    """(N, T, K), (N, T, 1) and (N, T)."""
    return (z, (*z[:2], 1), z[:2])


def _example(rng: np.random.Generator) -> tuple[Array, ...]:
    """Logits (2, 3, 4) and classes."""
    return (rng.normal(size=(2, 3, 4)), rng.integers(4, size=(2, 3)).astype(float))


SEQUENCE_CROSS_ENTROPY = Loss(
    name="sequence_cross_entropy",
    formula=r"L = -\frac{1}{\sum m} \sum_{n,t} m_{n,t} \log \frac{e^{z_{n,t,k^*}}}{\sum_j e^{z_{n,t,j}}}",
    summary="Softmax and cross-entropy at every time step: how surprising the true symbols are, on average.",
    inputs=("z", "target", "mask*"),
    shape=_shape,
    forward=forward,
    vjps=(Vjp("z", r"dz = dL\, \frac{m}{\sum m}\,(\operatorname{softmax}(z) - t)", vjp_z),),
    example=_example,
    scratch=_scratch,
    per_example=per_example,
)
