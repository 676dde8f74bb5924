"""Normalisation; the text of these functions is what a script is made of."""

from typing import Any

import numpy as np

from engine.arrays import Array


def normalised(x: Array, eps: float) -> tuple[Array, Array]:
    """x̂ = (x - mean) / √(variance + ε) over the last axis, and that root"""
    middle = x - x.mean(axis=-1, keepdims=True)
    root = np.sqrt((middle * middle).mean(axis=-1, keepdims=True) + eps)
    return middle / root, root


def layer_norm(x: Array, gamma: Array, beta: Array, *, eps: float) -> Array:
    """y = γ x̂ + β"""
    return normalised(x, eps)[0] * gamma + beta


def layer_norm_vjp_x(dy: Array, y: Array, x: Array, gamma: Array, beta: Array, *, eps: float) -> Array:
    """dx = (dx̂ - mean dx̂ - x̂ mean(dx̂ x̂)) / √(variance + ε)  with dx̂ = dy γ"""
    normal, root = normalised(x, eps)
    d = dy * gamma
    return (d - d.mean(axis=-1, keepdims=True) - normal * (d * normal).mean(axis=-1, keepdims=True)) / root


def layer_norm_vjp_gamma(dy: Array, y: Array, x: Array, gamma: Array, beta: Array, *, eps: float) -> Array:
    """dγ = Σ dy x̂"""
    return (dy * normalised(x, eps)[0]).reshape(-1, x.shape[-1]).sum(axis=0)


def layer_norm_vjp_beta(dy: Array, y: Array, x: Array, gamma: Array, beta: Array, *, eps: float) -> Array:
    """dβ = Σ dy"""
    return dy.reshape(-1, x.shape[-1]).sum(axis=0)


def others(x: Array, axis: int) -> tuple[int, ...]:
    """All axes but this one"""
    return tuple(place for place in range(x.ndim) if place != axis % x.ndim)


def along(values: Array, x: Array, axis: int) -> Array:
    """values (C,) so that they stand along this axis of x"""
    return values.reshape([-1 if place == axis % x.ndim else 1 for place in range(x.ndim)])


def batch_mean(x: Array, *, axis: int) -> Array:
    """μ[c] = the mean of x over the batch and all axes but one"""
    return x.mean(axis=others(x, axis))


def batch_mean_vjp_x(dmean: Array, mean: Array, x: Array, *, axis: int) -> Array:
    """dx = dμ / n"""
    return np.broadcast_to(along(dmean, x, axis) * x.shape[axis] / x.size, x.shape)


def batch_variance(x: Array, mean: Array, *, axis: int) -> Array:
    """σ²[c] = the mean of (x - μ)²"""
    return ((x - along(mean, x, axis)) ** 2).mean(axis=others(x, axis))


def batch_variance_vjp_x(dvariance: Array, variance: Array, x: Array, mean: Array, *, axis: int) -> Array:
    """dx = dσ²·2 (x - μ) / n"""
    return along(dvariance, x, axis) * 2 * (x - along(mean, x, axis)) * x.shape[axis] / x.size


def batch_norm(x: Array, mean: Array, variance: Array, gamma: Array, beta: Array, *, axis: int, eps: float) -> Array:
    """y = γ (x - μ) / √(σ² + ε) + β"""
    return (x - along(mean, x, axis)) * along(gamma / np.sqrt(variance + eps), x, axis) + along(beta, x, axis)


def batch_norm_vjp_x(
    dy: Array, y: Array, x: Array, mean: Array, variance: Array, gamma: Array, *rest: Array, axis: int, eps: float
) -> Array:
    """dx = dy γ / √(σ² + ε)"""
    return dy * along(gamma / np.sqrt(variance + eps), x, axis)


def batch_norm_vjp_mean(
    dy: Array, y: Array, x: Array, mean: Array, variance: Array, gamma: Array, *rest: Array, axis: int, eps: float
) -> Array:
    """dμ = -γ / √(σ² + ε) Σ dy"""
    return -gamma / np.sqrt(variance + eps) * dy.sum(axis=others(x, axis))


def batch_norm_vjp_variance(
    dy: Array, y: Array, x: Array, mean: Array, variance: Array, gamma: Array, *rest: Array, axis: int, eps: float
) -> Array:
    """dσ² = -½ γ (σ² + ε)^(-3/2) Σ dy (x - μ)"""
    return -0.5 * gamma * (variance + eps) ** -1.5 * (dy * (x - along(mean, x, axis))).sum(axis=others(x, axis))


def batch_norm_vjp_gamma(
    dy: Array, y: Array, x: Array, mean: Array, variance: Array, *rest: Array, axis: int, eps: float
) -> Array:
    """dγ = Σ dy x̂"""
    return (dy * (x - along(mean, x, axis))).sum(axis=others(x, axis)) / np.sqrt(variance + eps)


def batch_norm_vjp_beta(dy: Array, y: Array, x: Array, *rest: Array, axis: int, **options: Any) -> Array:
    """dβ = Σ dy"""
    return dy.sum(axis=others(x, axis))
