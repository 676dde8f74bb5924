"""What a decoder does besides its cell; the text of these functions is what a script is made of."""

import numpy as np

from engine.arrays import Array


def choose(target: Array, teach: Array, scores: Array) -> Array:
    """y = the true symbol where the teacher speaks, else the best guess"""
    return np.where(teach > 0, target, scores.argmax(axis=1).astype(target.dtype))


def attend(h: Array, keys: Array, *mask: Array) -> Array:
    """s[n,k] = h[n] · keys[n,k], and -10³⁰ at the padding"""
    s = np.einsum("nm,nkm->nk", h, keys)
    return np.where(mask[0] == 0, -1e30, s) if mask else s


def attend_vjp_h(ds: Array, s: Array, h: Array, keys: Array, *mask: Array) -> Array:
    """dh = Σₖ ds[k] keys[k]"""
    return np.einsum("nk,nkm->nm", ds, keys)


def attend_vjp_keys(ds: Array, s: Array, h: Array, keys: Array, *mask: Array) -> Array:
    """dkeys[k] = ds[k] h"""
    return ds[:, :, None] * h[:, None, :]


def blend(w: Array, values: Array) -> Array:
    """y = Σₖ w[k] values[k]"""
    return np.einsum("nk,nkm->nm", w, values)


def blend_vjp_w(dy: Array, y: Array, w: Array, values: Array) -> Array:
    """dw[k] = dy · values[k]"""
    return np.einsum("nm,nkm->nk", dy, values)


def blend_vjp_values(dy: Array, y: Array, w: Array, values: Array) -> Array:
    """dvalues[k] = w[k] dy"""
    return w[:, :, None] * dy[:, None, :]
