"""Nonlinearities; the text of these functions is what an exported script is made of."""

import math

import numpy as np

from engine.arrays import Array

SELU_ALPHA = 1.6732632423543772
SELU_SCALE = 1.0507009873554805


def linear(z: Array) -> Array:
    """a = z"""
    return z


def linear_vjp_z(da: Array, a: Array, z: Array) -> Array:
    """dz = da"""
    return da


def relu(z: Array) -> Array:
    """a = max(z, 0)"""
    return np.maximum(z, 0)


def relu_vjp_z(da: Array, a: Array, z: Array) -> Array:
    """dz = da where z > 0, else 0"""
    return da * (z > 0)


def leaky_relu(z: Array) -> Array:
    """a = z where z > 0, else 0.01 z"""
    return np.where(z > 0, z, 0.01 * z)


def leaky_relu_vjp_z(da: Array, a: Array, z: Array) -> Array:
    """dz = da where z > 0, else 0.01 da"""
    return np.where(z > 0, da, 0.01 * da)


def elu(z: Array) -> Array:
    """a = z where z > 0, else exp(z) - 1"""
    return np.where(z > 0, z, np.expm1(np.minimum(z, 0)))


def elu_vjp_z(da: Array, a: Array, z: Array) -> Array:
    """dz = da where z > 0, else da·exp(z)"""
    return da * np.exp(np.minimum(z, 0))


def selu(z: Array) -> Array:
    """a = SCALE z where z > 0, else SCALE ALPHA (exp(z) - 1)"""
    return SELU_SCALE * np.where(z > 0, z, SELU_ALPHA * np.expm1(np.minimum(z, 0)))


def selu_vjp_z(da: Array, a: Array, z: Array) -> Array:
    """dz = da·SCALE where z > 0, else da·SCALE ALPHA exp(z)"""
    return SELU_SCALE * da * np.where(z > 0, 1, SELU_ALPHA * np.exp(np.minimum(z, 0)))


def normal_below(z: Array) -> Array:
    """Φ(z) = ½ erfc(-z/√2): the probability that a normal number is smaller"""
    return np.vectorize(lambda one: math.erfc(-one / math.sqrt(2)) / 2, otypes=[z.dtype])(z)


def gelu(z: Array) -> Array:
    """a = z Φ(z): the exact form, not the one with tanh"""
    return z * normal_below(z)


def gelu_vjp_z(da: Array, a: Array, z: Array) -> Array:
    """dz = da·(Φ(z) + z φ(z)) with φ(z) = exp(-z²/2) / √(2π)"""
    return da * (normal_below(z) + z * np.exp(-z * z / 2) / math.sqrt(2 * math.pi))


def silu(z: Array) -> Array:
    """a = z σ(z)"""
    return z * sigmoid(z)


def silu_vjp_z(da: Array, a: Array, z: Array) -> Array:
    """dz = da·σ(z) (1 + z (1 - σ(z)))"""
    s = sigmoid(z)
    return da * s * (1 + z * (1 - s))


def tanh(z: Array) -> Array:
    """a = (exp(z) - exp(-z)) / (exp(z) + exp(-z))"""
    return np.tanh(z)


def tanh_vjp_z(da: Array, a: Array, z: Array) -> Array:
    """dz = da·(1 - a²)"""
    return da * (1 - a * a)


def sigmoid(z: Array) -> Array:
    """σ(z) = 1 / (1 + exp(-z)), as exp(-|z|) never overflows"""
    small = np.exp(-np.abs(z))
    return np.where(z >= 0, 1, small) / (1 + small)


def sigmoid_vjp_z(da: Array, a: Array, z: Array) -> Array:
    """dz = da·a (1 - a)"""
    return da * a * (1 - a)


def softplus(z: Array) -> Array:
    """a = log(1 + exp(z))"""
    return np.maximum(z, 0) + np.log1p(np.exp(-np.abs(z)))


def softplus_vjp_z(da: Array, a: Array, z: Array) -> Array:
    """dz = da·σ(z)"""
    return da * sigmoid(z)


def sin(z: Array) -> Array:
    """a = the sine of z, in radians"""
    return np.sin(z)


def sin_vjp_z(da: Array, a: Array, z: Array) -> Array:
    """dz = da·cos(z)"""
    return da * np.cos(z)


def softmax(z: Array, *, axis: int = -1) -> Array:
    """aₖ = exp(zₖ) / Σⱼ exp(zⱼ); the largest z is subtracted first, which changes nothing"""
    e = np.exp(z - z.max(axis=axis, keepdims=True))
    return e / e.sum(axis=axis, keepdims=True)


def softmax_vjp_z(da: Array, a: Array, z: Array, *, axis: int = -1) -> Array:
    """dz = a·(da - Σⱼ aⱼ daⱼ)"""
    return a * (da - (a * da).sum(axis=axis, keepdims=True))
