"""Weighted sums and what joins values; the text of these functions is what an exported script is made of."""

import numpy as np

from engine.arrays import Array


def rows(x: Array) -> Array:
    """x (N, …, D) as a matrix of rows (N·…, D)."""
    return x.reshape(-1, x.shape[-1])


def dense(x: Array, W: Array, b: Array) -> Array:
    """z = x W + b; PyTorch stores the transpose of W."""
    return x @ W + b


def dense_vjp_x(dz: Array, z: Array, x: Array, W: Array, b: Array) -> Array:
    """dx = dz Wᵀ"""
    return dz @ W.T


def dense_vjp_W(dz: Array, z: Array, x: Array, W: Array, b: Array) -> Array:
    """dW = xᵀ dz"""
    return rows(x).T @ rows(dz)


def dense_vjp_b(dz: Array, z: Array, x: Array, W: Array, b: Array) -> Array:
    """db = Σₙ dzₙ"""
    return rows(dz).sum(axis=0)


def matmul(x: Array, W: Array) -> Array:
    """z = x W"""
    return x @ W


def matmul_vjp_x(dz: Array, z: Array, x: Array, W: Array) -> Array:
    """dx = dz Wᵀ"""
    return dz @ W.T


def matmul_vjp_W(dz: Array, z: Array, x: Array, W: Array) -> Array:
    """dW = xᵀ dz"""
    return rows(x).T @ rows(dz)


def add(*xs: Array) -> Array:
    """y = x₁ + x₂ + …"""
    return sum(xs[1:], xs[0])


def add_vjp_x(dy: Array, y: Array, *xs: Array, index: int) -> Array:
    """dxᵢ = dy: a sum hands the same gradient to all of its terms"""
    return dy


def concat(*xs: Array, axis: int = -1) -> Array:
    """y = [x₁ x₂ …], side by side along one axis"""
    return np.concatenate(xs, axis=axis)


def concat_vjp_x(dy: Array, y: Array, *xs: Array, index: int, axis: int = -1) -> Array:
    """dxᵢ = the stretch of dy that xᵢ went to"""
    start = sum(x.shape[axis] for x in xs[:index])
    return dy.take(range(start, start + xs[index].shape[axis]), axis=axis)


def flatten(x: Array) -> Array:
    """yₙ = xₙ as one row"""
    return x.reshape(len(x), -1)


def flatten_vjp_x(dy: Array, y: Array, x: Array) -> Array:
    """dx = dy in the shape of x"""
    return dy.reshape(x.shape)


def dropout(x: Array, mask: Array) -> Array:
    """y = x·mask; the mask holds 0 (dropped) or 1 / (1 - rate) (kept)"""
    return x * mask


def dropout_vjp_x(dy: Array, y: Array, x: Array, mask: Array) -> Array:
    """dx = dy·mask"""
    return dy * mask


def unit_of(x: Array, axis: int, unit: int) -> Array:
    """One unit's numbers, along one axis of the example"""
    return x[(slice(None),) * (1 + axis % (x.ndim - 1)) + (unit,)]


def clamp(x: Array, *, axis: int, held: dict[int, float]) -> Array:
    """y = x, but for units that are held at a value"""
    y = x.copy()
    for unit, value in held.items():
        unit_of(y, axis, unit)[...] = value
    return y


def clamp_vjp_x(dy: Array, y: Array, x: Array, *, axis: int, held: dict[int, float]) -> Array:
    """dx = dy, but 0 for units that are held"""
    dx = dy.copy()
    for unit in held:
        unit_of(dx, axis, unit)[...] = 0
    return dx
