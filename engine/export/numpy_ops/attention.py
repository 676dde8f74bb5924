"""Attention, head by head; the text of these functions is what a script is made of."""

import math

import numpy as np

from engine.arrays import Array


def by_head(x: Array, heads: int) -> Array:
    """(N, T, U) as (N, heads, T, d): a head reads d = U / heads of the numbers"""
    return x.reshape(x.shape[0], x.shape[1], heads, -1).transpose(0, 2, 1, 3)


def side_by_side(x: Array) -> Array:
    """(N, heads, T, d) as (N, T, U)"""
    return x.transpose(0, 2, 1, 3).reshape(x.shape[0], x.shape[2], -1)


def attention_scores(q: Array, k: Array, *, heads: int) -> Array:
    """scores = q kᵀ / √d for each head (N, heads, Tq, Tk)"""
    return by_head(q, heads) @ by_head(k, heads).swapaxes(2, 3) / math.sqrt(q.shape[2] // heads)


def attention_scores_vjp_q(dscores: Array, scores: Array, q: Array, k: Array, *, heads: int) -> Array:
    """dq = dscores k / √d"""
    return side_by_side(dscores @ by_head(k, heads)) / math.sqrt(q.shape[2] // heads)


def attention_scores_vjp_k(dscores: Array, scores: Array, q: Array, k: Array, *, heads: int) -> Array:
    """dk = dscoresᵀ q / √d"""
    return side_by_side(dscores.swapaxes(2, 3) @ by_head(q, heads)) / math.sqrt(q.shape[2] // heads)


def attention_weights(scores: Array, *, causal: bool) -> Array:
    """weights = softmax of the scores over the keys; with causal, later keys get 0"""
    return attention_weights_masked(scores, np.ones_like(scores[:, 0, 0]), causal=causal)


def attention_weights_vjp_scores(dweights: Array, weights: Array, scores: Array, *, causal: bool) -> Array:
    """dscores = weights·(dweights - Σⱼ weightsⱼ dweightsⱼ)"""
    return weights * (dweights - (weights * dweights).sum(axis=-1, keepdims=True))


def attention_weights_masked(scores: Array, mask: Array, *, causal: bool) -> Array:
    """weights = softmax of the scores over the real keys (mask 1); with causal, later keys get 0"""
    seen = np.tril(np.ones(scores.shape[2:], bool)) if causal else np.ones(scores.shape[2:], bool)
    seen = seen & (mask != 0)[:, None, None, :]
    e = np.where(seen, np.exp(scores - np.where(seen, scores, -np.inf).max(axis=-1, keepdims=True)), 0)
    return e / e.sum(axis=-1, keepdims=True)


def attention_weights_masked_vjp_scores(
    dweights: Array, weights: Array, scores: Array, mask: Array, *, causal: bool
) -> Array:
    """dscores = weights·(dweights - Σⱼ weightsⱼ dweightsⱼ): 0 for padding"""
    return weights * (dweights - (weights * dweights).sum(axis=-1, keepdims=True))


def attention_mix(weights: Array, v: Array) -> Array:
    """y = weights v, the heads side by side"""
    return side_by_side(weights @ by_head(v, weights.shape[1]))


def attention_mix_vjp_weights(dy: Array, y: Array, weights: Array, v: Array) -> Array:
    """dweights = dy vᵀ"""
    return by_head(dy, weights.shape[1]) @ by_head(v, weights.shape[1]).swapaxes(2, 3)


def attention_mix_vjp_v(dy: Array, y: Array, weights: Array, v: Array) -> Array:
    """dv = weightsᵀ dy"""
    return side_by_side(weights.swapaxes(2, 3) @ by_head(dy, weights.shape[1]))
