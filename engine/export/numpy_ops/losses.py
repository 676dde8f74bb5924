"""Losses; the text of these functions is what an exported script is made of."""

import numpy as np

from engine.arrays import Array
from engine.export.numpy_ops.activations import sigmoid, softmax

EPS = 1e-7


def mse(p: Array, target: Array) -> Array:
    """L = mean over all entries of (p - t)²"""
    return np.mean((p - target) ** 2)


def mse_vjp_prediction(dloss: Array, loss: Array, p: Array, target: Array) -> Array:
    """dp = dL·2 (p - t) / (N D)"""
    return dloss * 2 * (p - target) / p.size


def rmse(p: Array, target: Array) -> Array:
    """L = √(mean over all entries of (p - t)²)"""
    return np.sqrt(np.mean((p - target) ** 2))


def rmse_vjp_prediction(dloss: Array, loss: Array, p: Array, target: Array) -> Array:
    """dp = dL·(p - t) / (N D L), and 0 where L = 0"""
    return dloss * (p - target) / (p.size * loss) if loss else np.zeros_like(p)


def half_squared_error(p: Array, target: Array) -> Array:
    """L = mean over the batch of ½ Σ over the outputs of (p - t)²"""
    return np.sum((p - target) ** 2) / (2 * len(p))


def half_squared_error_vjp_prediction(dloss: Array, loss: Array, p: Array, target: Array) -> Array:
    """dp = dL·(p - t) / N"""
    return dloss * (p - target) / len(p)


def mae(p: Array, target: Array) -> Array:
    """L = mean over all entries of |p - t|"""
    return np.mean(np.abs(p - target))


def mae_vjp_prediction(dloss: Array, loss: Array, p: Array, target: Array) -> Array:
    """dp = dL·sign(p - t) / (N D)"""
    return dloss * np.sign(p - target) / p.size


def huber(p: Array, target: Array, *, threshold: float) -> Array:
    """L = mean of c (e - ½ c) with e = p - t and c = e held within ±threshold"""
    e = p - target
    c = np.clip(e, -threshold, threshold)
    return np.mean(c * (e - c / 2))


def huber_vjp_prediction(dloss: Array, loss: Array, p: Array, target: Array, *, threshold: float) -> Array:
    """dp = dL·c / (N D)"""
    return dloss * np.clip(p - target, -threshold, threshold) / p.size


def hinge(p: Array, target: Array) -> Array:
    """L = mean of max(0, 1 - s p) with s = 1 where t > 0, else -1"""
    side = np.where(target > 0, 1, -1)
    return np.mean(np.maximum(0, 1 - side * p), dtype=p.dtype)


def hinge_vjp_prediction(dloss: Array, loss: Array, p: Array, target: Array) -> Array:
    """dp = -dL·s / (N D) where s p < 1, else 0"""
    side = np.where(target > 0, 1, -1).astype(p.dtype)
    return -dloss * side * (side * p < 1) / p.size


def binary_cross_entropy(p: Array, target: Array) -> Array:
    """L = -mean of t log p + (1 - t) log(1 - p), p held within [EPS, 1 - EPS]"""
    held = np.clip(p, EPS, 1 - EPS)
    return -np.mean(target * np.log(held) + (1 - target) * np.log1p(-held))


def binary_cross_entropy_vjp_prediction(dloss: Array, loss: Array, p: Array, target: Array) -> Array:
    """dp = dL·(p - t) / (p (1 - p) N D), and 0 where p was held"""
    held = np.clip(p, EPS, 1 - EPS)
    return dloss * (held == p) * (held - target) / (held * (1 - held) * p.size)


def sigmoid_binary_cross_entropy(z: Array, target: Array) -> Array:
    """L = mean of max(z, 0) - z t + log(1 + exp(-|z|)): the cross-entropy of σ(z), without ever computing it"""
    return np.mean(np.maximum(z, 0) - z * target + np.log1p(np.exp(-np.abs(z))))


def sigmoid_binary_cross_entropy_vjp_z(dloss: Array, loss: Array, z: Array, target: Array) -> Array:
    """dz = dL·(σ(z) - t) / (N D)"""
    return dloss * (sigmoid(z) - target) / z.size


def softmax_cross_entropy(z: Array, target: Array) -> Array:
    """L = mean over the batch of log Σₖ exp(zₖ) - Σₖ tₖ zₖ; the largest z is subtracted first"""
    low = z - z.max(axis=-1, keepdims=True)
    return np.mean(np.log(np.exp(low).sum(axis=-1)) - (target * low).sum(axis=-1))


def softmax_cross_entropy_vjp_z(dloss: Array, loss: Array, z: Array, target: Array) -> Array:
    """dz = dL·(softmax(z) - t) / N"""
    return dloss * (softmax(z) - target) / len(z)
