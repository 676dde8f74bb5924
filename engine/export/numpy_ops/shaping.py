"""What moves, picks and looks up numbers; the text of these functions is what a script is made of."""

import numpy as np

from engine.arrays import Array


def multiply(*xs: Array) -> Array:
    """y = x₁ · x₂ · …"""
    y = xs[0]
    for x in xs[1:]:
        y = y * x
    return y


def multiply_vjp_x(dy: Array, y: Array, *xs: Array, index: int) -> Array:
    """dxᵢ = dy · the product of the other inputs"""
    for place, x in enumerate(xs):
        dy = dy if place == index else dy * x
    return dy


def reshape(x: Array, *, to: tuple[int, ...]) -> Array:
    """yₙ = the numbers of xₙ in another shape, the last axis fastest"""
    return x.reshape(len(x), *to)


def reshape_vjp_x(dy: Array, y: Array, x: Array, *, to: tuple[int, ...]) -> Array:
    """dx = dy in the shape of x"""
    return dy.reshape(x.shape)


def transpose(x: Array, *, axes: tuple[int, ...]) -> Array:
    """yₙ = xₙ with its axes in another order"""
    return x.transpose(0, *(1 + axis for axis in axes))


def transpose_vjp_x(dy: Array, y: Array, x: Array, *, axes: tuple[int, ...]) -> Array:
    """dx = dy with its axes put back"""
    return dy.transpose(0, *(1 + axis for axis in np.argsort(axes)))


def stretch(x: Array, axis: int, start: int, stop: int | None) -> Array:
    """The part of x from start up to stop along one axis of the example"""
    return x[(slice(None),) * (1 + axis % (x.ndim - 1)) + (slice(start, stop),)]


def slice_of(x: Array, *, axis: int, start: int, stop: int | None) -> Array:
    """y = x[start:stop] along one axis of the example"""
    return stretch(x, axis, start, stop)


def slice_of_vjp_x(dy: Array, y: Array, x: Array, *, axis: int, start: int, stop: int | None) -> Array:
    """dx = dy where x was taken, 0 elsewhere"""
    dx = np.zeros_like(x)
    stretch(dx, axis, start, stop)[...] = dy
    return dx


def part(x: Array, *, place: tuple[int | tuple[int, int], ...]) -> Array:
    """y = x[place]: an index or (start, stop) for each axis of the example"""
    return x[(slice(None), *(cut if isinstance(cut, int) else slice(*cut) for cut in place))]


def part_vjp_x(dy: Array, y: Array, x: Array, *, place: tuple[int | tuple[int, int], ...]) -> Array:
    """dx = 0, but for dx[place] = dy"""
    dx = np.zeros_like(x)
    dx[(slice(None), *(cut if isinstance(cut, int) else slice(*cut) for cut in place))] = dy
    return dx


def stack(*xs: Array) -> Array:
    """y[:, t] = xₜ: the values of all time steps as one sequence"""
    return np.stack(xs, axis=1)


def stack_vjp_x(dy: Array, y: Array, *xs: Array, index: int) -> Array:
    """dxₜ = dy[:, t]"""
    return dy[:, index]


def one_hot(x: Array, *, tokens: int) -> Array:
    """yₖ = 1 where the token x is k, else 0; token ids are whole numbers, though their dtype is that of all numbers"""
    return (x[..., None] == np.arange(tokens)).astype(x.dtype)


def embedding(x: Array, W: Array) -> Array:
    """y = row x of W, for each token id x"""
    return W[x.astype(int)]


def embedding_vjp_W(dy: Array, y: Array, x: Array, W: Array) -> Array:
    """dW[k] = Σ dy over the places where token k stands"""
    dW = np.zeros_like(W)
    np.add.at(dW, x.astype(int), dy)
    return dW


def last(x: Array) -> Array:
    """y = the last time step of x (N, T, D)"""
    return x[:, -1]


def last_vjp_x(dy: Array, y: Array, x: Array) -> Array:
    """dx = dy at the last time step, 0 at all others"""
    dx = np.zeros_like(x)
    dx[:, -1] = dy
    return dx


def last_real(x: Array, mask: Array) -> Array:
    """y = the last real time step of x (N, T, D); the mask (N, T) is 1 there and before, 0 at the padding"""
    return x[np.arange(len(x)), mask.sum(axis=1).astype(int) - 1]


def last_real_vjp_x(dy: Array, y: Array, x: Array, mask: Array) -> Array:
    """dx = dy at the last real time step, 0 at all others"""
    dx = np.zeros_like(x)
    dx[np.arange(len(x)), mask.sum(axis=1).astype(int) - 1] = dy
    return dx
