"""L = mean over the batch of log Σₖ exp(zₖ) - Σₖ tₖ zₖ; z logits, t one-hot rows (N, K), L ().

Cross-entropy of the softmax of z in one piece: stable for any z, because the largest z of a row is subtracted first.
Rows of t that are no one-hot but sum to 1 (smoothed labels) work as well. PyTorch's CrossEntropyLoss.
"""

import numpy as np

from engine.arrays import Array, Shape, mean
from engine.errors import ShapeMismatch
from engine.ops import softmax
from engine.ops.base import Loss, Vjp
from engine.ops.shapes import scalar


def forward(loss: Array, z: Array, target: Array, work: Array, row: Array, rows: Array) -> None:
    """L = mean of log Σ exp(z) - Σ t z."""
    per_example(rows, z, target, work, row, rows)
    mean(loss, rows)


def vjp_z(dz: Array, dloss: Array, loss: Array, z: Array, target: Array, work: Array, row: Array, rows: Array) -> None:
    """dz = dL * (softmax(z) - t) / N."""
    softmax.forward(dz, z, row)
    np.subtract(dz, target, dz)
    np.multiply(dz, dloss / len(z), dz)


def per_example(out: Array, z: Array, target: Array, work: Array, row: Array, rows: Array) -> None:
    """Lₙ = log Σ exp(z - max z) - Σ t (z - max z)."""
    np.maximum.reduce(z, axis=-1, out=row, keepdims=True)  # (N, 1)
    np.subtract(z, row, work)
    np.einsum("nk,nk->n", target, work, out=row[:, 0])
    np.exp(work, work)
    np.add.reduce(work, axis=-1, out=out)  # (N,)
    np.log(out, out)
    np.subtract(out, row[:, 0], out)


def _scratch(z: Shape, target: Shape) -> tuple[Shape, ...]:
    """(N, K), (N, 1) and (N,)."""
    return (z, (z[0], 1), (z[0],))


def _shape(z: Shape, target: Shape) -> Shape:
    """(N, K), (N, K) -> ()."""
    if len(z[1:]) != 1:
        raise ShapeMismatch("softmax_cross_entropy: z", ("N", "K"), z)
    return scalar(z, target)


def _example(rng: np.random.Generator) -> tuple[Array, ...]:
    """Logits (4, 3) and one-hot rows."""
    return (rng.normal(size=(4, 3)), np.eye(3)[rng.integers(3, size=4)])


SOFTMAX_CROSS_ENTROPY = Loss(
    name="softmax_cross_entropy",
    formula=r"L = -\frac{1}{N} \sum_n \sum_k t_{n,k} \log \frac{e^{z_{n,k}}}{\sum_j e^{z_{n,j}}}",
    summary="Softmax and cross-entropy in one: how surprised the probabilities are by the true class.",
    inputs=("z", "target"),
    shape=_shape,
    forward=forward,
    vjps=(Vjp("z", r"dz = dL\, \frac{1}{N}\,(\operatorname{softmax}(z) - t)", vjp_z),),
    example=_example,
    scratch=_scratch,
    per_example=per_example,
)
