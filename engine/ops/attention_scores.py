"""scores[n,h,i,j] = q[n,i,h]·k[n,j,h] / √d, for each head; q (N, Tq, U), k (N, Tk, U), scores (N, heads, Tq, Tk).

A head reads d = U / heads of the U numbers, head 0 the first d of them. Source: Vaswani et al., "Attention Is All You
Need", 2017.
"""

from math import sqrt

import numpy as np

from engine.arrays import Array, Shape
from engine.errors import ShapeMismatch
from engine.ops.base import Op, Vjp


def shape(q: Shape, k: Shape, *, heads: int) -> Shape:
    """(N, Tq, U), (N, Tk, U) -> (N, heads, Tq, Tk)."""
    if len(q) != 3 or q[2] % heads:
        raise ShapeMismatch(f"attention with {heads} heads: q", ("N", "Tq", f"a multiple of {heads}"), q)
    if len(k) != 3 or (k[0], k[2]) != (q[0], q[2]):
        raise ShapeMismatch("attention: k", (q[0], "Tk", q[2]), k)
    return (q[0], heads, q[1], k[1])


def by_head(x: Array, heads: int) -> Array:
    """(N, T, U) seen as (N, heads, T, d)."""
    return x.reshape(x.shape[0], x.shape[1], heads, -1).transpose(0, 2, 1, 3)


def scale(x: Array, heads: int) -> float:
    """1 / √d: keeps the scores' variance at 1, so that their softmax does not saturate."""
    return 1 / sqrt(x.shape[2] // heads)


def forward(scores: Array, q: Array, k: Array, *, heads: int) -> None:
    """scores = q kᵀ / √d."""
    np.matmul(by_head(q, heads), by_head(k, heads).swapaxes(2, 3), out=scores)  # (N, heads, Tq, Tk)
    np.multiply(scores, scale(q, heads), scores)


def vjp_q(dq: Array, dscores: Array, scores: Array, q: Array, k: Array, *, heads: int) -> None:
    """dq = dscores k / √d."""
    np.matmul(dscores, by_head(k, heads), out=by_head(dq, heads))  # (N, heads, Tq, d)
    np.multiply(dq, scale(q, heads), dq)


def vjp_k(dk: Array, dscores: Array, scores: Array, q: Array, k: Array, *, heads: int) -> None:
    """dk = dscoresᵀ q / √d."""
    np.matmul(dscores.swapaxes(2, 3), by_head(q, heads), out=by_head(dk, heads))  # (N, heads, Tk, d)
    np.multiply(dk, scale(q, heads), dk)


ATTENTION_SCORES = Op(
    name="attention_scores",
    formula=r"s = \dfrac{q\, k^\top}{\sqrt d}",
    summary="How well each query fits each key: their inner product, for each head, divided by the root of its length.",
    inputs=("q", "k"),
    shape=shape,
    forward=forward,
    vjps=(
        Vjp("q", r"dq = \dfrac{ds\, k}{\sqrt d}", vjp_q),
        Vjp("k", r"dk = \dfrac{ds^\top q}{\sqrt d}", vjp_k),
    ),
    example=lambda rng: (rng.normal(size=(4, 3, 6)), rng.normal(size=(4, 5, 6))),
    options={"heads": 2},
)
