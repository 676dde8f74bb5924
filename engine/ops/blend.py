"""y[n] = Σₖ w[n,k] values[n,k]; w (N, S), values (N, S, M), y (N, M): what a sequence says, by weight."""

import numpy as np

from engine.arrays import Array, Shape
from engine.errors import ShapeMismatch
from engine.ops.base import Op, Vjp


def shape(w: Shape, values: Shape) -> Shape:
    """(N, S), (N, S, M) -> (N, M)."""
    if len(values) != 3 or values[:2] != w:
        raise ShapeMismatch("blend: values", (*w, "M"), values)
    return (values[0], values[2])


def forward(y: Array, w: Array, values: Array) -> None:
    """y = Σ w values."""
    np.einsum("nk,nkm->nm", w, values, out=y)


def vjp_w(dw: Array, dy: Array, y: Array, w: Array, values: Array) -> None:
    """dw[k] = dy · values[k]."""
    np.einsum("nm,nkm->nk", dy, values, out=dw)


def vjp_values(dvalues: Array, dy: Array, y: Array, w: Array, values: Array) -> None:
    """dvalues[k] = w[k] dy."""
    np.multiply(w[:, :, None], dy[:, None, :], dvalues)


BLEND = Op(
    name="blend",
    formula=r"y = \textstyle\sum_k w_k\, v_k",
    summary="Mixes what the places of a sequence say, each by its weight.",
    inputs=("w", "values"),
    shape=shape,
    forward=forward,
    vjps=(
        Vjp("w", r"dw_k = dy \cdot v_k", vjp_w),
        Vjp("values", r"dv_k = w_k\, dy", vjp_values),
    ),
    example=lambda rng: (rng.uniform(size=(4, 5)), rng.normal(size=(4, 5, 3))),
)
