"""A picture that learns, in plain numpy."""

import numpy as np

from engine.arrays import Array


def pixels(x: Array, image: Array) -> Array:
    """y[0] = image, y[n] = x[n]"""
    return np.concatenate([image[None], x[1:]])


def pixels_vjp_x(dy: Array, y: Array, x: Array, image: Array) -> Array:
    """dx[0] = 0, dx[n] = dy[n]"""
    return np.concatenate([np.zeros_like(dy[:1]), dy[1:]])


def pixels_vjp_image(dy: Array, y: Array, x: Array, image: Array) -> Array:
    """dimage = dy[0]"""
    return dy[0]


def gram(x: Array) -> Array:
    """G = F Fᵀ / (C H W)"""
    F = x.reshape(*x.shape[:2], -1)
    return (F @ F.transpose(0, 2, 1) / x[0].size)[:, None]


def gram_vjp_x(dG: Array, G: Array, x: Array) -> Array:
    """dF = (dG + dGᵀ) F / (C H W)"""
    dG = dG[:, 0]
    return ((dG + dG.transpose(0, 2, 1)) @ x.reshape(*x.shape[:2], -1) / x[0].size).reshape(x.shape)


def apart(x: Array, *, to: int, weight: float) -> Array:
    """y[0] = weight · mean (x[0] - x[to])²"""
    y = np.zeros((len(x), 1), x.dtype)
    if to < len(x):
        y[0] = weight * np.mean((x[0] - x[to]) ** 2)
    return y


def apart_vjp_x(dy: Array, y: Array, x: Array, *, to: int, weight: float) -> Array:
    """dx[0] = dy[0] · 2 weight (x[0] - x[to]) / size, dx[to] = -dx[0]"""
    dx = np.zeros_like(x)
    if to < len(x):
        dx[0] = dy[0, 0] * (2 * weight / x[0].size) * (x[0] - x[to])
        dx[to] -= dx[0]
    return dx


def roughness(x: Array, *, weight: float) -> Array:
    """y[0] = weight (Σ down² + Σ across²) / (C H W)"""
    y = np.zeros((len(x), 1), x.dtype)
    y[0] = weight * ((np.diff(x[0], axis=1) ** 2).sum() + (np.diff(x[0], axis=2) ** 2).sum()) / x[0].size
    return y


def roughness_vjp_x(dy: Array, y: Array, x: Array, *, weight: float) -> Array:
    """dx[0] = dy[0] · 2 weight / (C H W) times the sum of a pixel's differences to its neighbours"""
    dx, down, across = np.zeros_like(x), np.diff(x[0], axis=1), np.diff(x[0], axis=2)
    dx[0, :, 1:] += down
    dx[0, :, :-1] -= down
    dx[0, :, :, 1:] += across
    dx[0, :, :, :-1] -= across
    return dx * (dy[0, 0] * (2 * weight / x[0].size))
