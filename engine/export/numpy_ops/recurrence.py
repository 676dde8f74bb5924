"""The parts of recurrent layers, one time step at a time; the text of these functions is what a script is made of."""

import numpy as np

from engine.arrays import Array
from engine.export.numpy_ops.activations import softmax


def recur(x: Array, h_prev: Array, W: Array) -> Array:
    """z = x + h_prev W; x is what came in at this time step, already times its weights"""
    return x + h_prev @ W


def recur_vjp_x(dz: Array, z: Array, x: Array, h_prev: Array, W: Array) -> Array:
    """dx = dz"""
    return dz


def recur_vjp_h_prev(dz: Array, z: Array, x: Array, h_prev: Array, W: Array) -> Array:
    """dh_prev = dz Wᵀ: one more time step back"""
    return dz @ W.T


def recur_vjp_W(dz: Array, z: Array, x: Array, h_prev: Array, W: Array) -> Array:
    """dW = h_prevᵀ dz; those of all time steps add up"""
    return h_prev.T @ dz


def lstm_cell(f: Array, c_prev: Array, i: Array, g: Array) -> Array:
    """c = f·c_prev + i·g: the cell forgets some of what it held and takes in something new"""
    return f * c_prev + i * g


def lstm_cell_vjp_f(dc: Array, c: Array, f: Array, c_prev: Array, i: Array, g: Array) -> Array:
    """df = dc·c_prev"""
    return dc * c_prev


def lstm_cell_vjp_c_prev(dc: Array, c: Array, f: Array, c_prev: Array, i: Array, g: Array) -> Array:
    """dc_prev = dc·f: along the cell the gradient is only multiplied by the forget gate"""
    return dc * f


def lstm_cell_vjp_i(dc: Array, c: Array, f: Array, c_prev: Array, i: Array, g: Array) -> Array:
    """di = dc·g"""
    return dc * g


def lstm_cell_vjp_g(dc: Array, c: Array, f: Array, c_prev: Array, i: Array, g: Array) -> Array:
    """dg = dc·i"""
    return dc * i


def gru_mix(update: Array, h_prev: Array, candidate: Array) -> Array:
    """h = update·h_prev + (1 - update)·candidate"""
    return update * h_prev + (1 - update) * candidate


def gru_mix_vjp_update(dh: Array, h: Array, update: Array, h_prev: Array, candidate: Array) -> Array:
    """dupdate = dh·(h_prev - candidate)"""
    return dh * (h_prev - candidate)


def gru_mix_vjp_h_prev(dh: Array, h: Array, update: Array, h_prev: Array, candidate: Array) -> Array:
    """dh_prev = dh·update"""
    return dh * update


def gru_mix_vjp_candidate(dh: Array, h: Array, update: Array, h_prev: Array, candidate: Array) -> Array:
    """dcandidate = dh·(1 - update)"""
    return dh * (1 - update)


def carry(m: Array, x: Array, prev: Array) -> Array:
    """y = m·x + (1 - m)·prev: where the sequence has ended (m = 0), what was there stays"""
    return m * x + (1 - m) * prev


def carry_vjp_x(dy: Array, y: Array, m: Array, x: Array, prev: Array) -> Array:
    """dx = dy·m"""
    return dy * m


def carry_vjp_prev(dy: Array, y: Array, m: Array, x: Array, prev: Array) -> Array:
    """dprev = dy·(1 - m)"""
    return dy * (1 - m)


def real_steps(x: Array) -> Array:
    """m[n,t] = 1 up to the last time step of xₙ that is not all 0, and 0 at the padding after it"""
    here = (x != 0) if x.ndim == 2 else (x != 0).any(axis=2)
    return np.maximum.accumulate(here[:, ::-1], axis=1)[:, ::-1].astype(x.dtype)


def until_end(target: Array) -> Array:
    """m[n,t] = 1 up to and including the first 0 (the end symbol) of a target, and 0 after it"""
    before = np.concatenate([np.ones_like(target[:, :1]), target[:, :-1]], axis=1)
    return np.minimum.accumulate(before != 0, axis=1).astype(target.dtype)


def real_count(z: Array, mask: tuple[Array, ...]) -> float:
    """How many time steps of the batch are real; at least 1"""
    return max(1.0, float(mask[0].sum())) if mask else float(z.shape[0] * z.shape[1])


def sequence_cross_entropy(z: Array, target: Array, *mask: Array) -> Array:
    """L = Σ m (log Σₖ exp(zₖ) - z_target) / Σ m, over the real time steps m of the batch"""
    low = z - z.max(axis=-1, keepdims=True)
    right = np.take_along_axis(low, target[..., None].astype(int), axis=-1)[..., 0]
    steps = np.log(np.exp(low).sum(axis=-1)) - right
    return (steps * mask[0] if mask else steps).sum() / real_count(z, mask)


def sequence_cross_entropy_vjp_z(dloss: Array, loss: Array, z: Array, target: Array, *mask: Array) -> Array:
    """dz = dL·(softmax(z) - onehot(target))·m / Σ m"""
    hot = (target[..., None] == np.arange(z.shape[-1])).astype(z.dtype)
    dz = dloss * (softmax(z) - hot) / real_count(z, mask)
    return dz * mask[0][..., None] if mask else dz
