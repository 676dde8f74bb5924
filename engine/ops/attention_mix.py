"""y[n,i,h] = Σⱼ weights[n,h,i,j] v[n,j,h], the heads side by side.

weights (N, heads, Tq, Tk), v (N, Tk, U), y (N, Tq, U); a head has U / heads of the U numbers.
"""

import numpy as np

from engine.arrays import Array, Shape
from engine.errors import ShapeMismatch
from engine.ops.attention_scores import by_head
from engine.ops.base import Op, Vjp


def shape(weights: Shape, v: Shape) -> Shape:
    """(N, heads, Tq, Tk), (N, Tk, U) -> (N, Tq, U)."""
    if len(v) != 3 or (v[0], v[1]) != (weights[0], weights[3]) or v[2] % weights[1]:
        raise ShapeMismatch("attention: v", (weights[0], weights[3], f"a multiple of {weights[1]}"), v)
    return (weights[0], weights[2], v[2])


def forward(y: Array, weights: Array, v: Array) -> None:
    """y = weights v."""
    heads = weights.shape[1]
    np.matmul(weights, by_head(v, heads), out=by_head(y, heads))  # (N, heads, Tq, d)


def vjp_weights(dweights: Array, dy: Array, y: Array, weights: Array, v: Array) -> None:
    """dweights = dy vᵀ."""
    heads = weights.shape[1]
    np.matmul(by_head(dy, heads), by_head(v, heads).swapaxes(2, 3), out=dweights)  # (N, heads, Tq, Tk)


def vjp_v(dv: Array, dy: Array, y: Array, weights: Array, v: Array) -> None:
    """dv = weightsᵀ dy."""
    heads = weights.shape[1]
    np.matmul(weights.swapaxes(2, 3), by_head(dy, heads), out=by_head(dv, heads))  # (N, heads, Tk, d)


ATTENTION_MIX = Op(
    name="attention_mix",
    formula=r"y = w\, v",
    summary="Each query's mixture of the values, by its weights; the heads side by side.",
    inputs=("weights", "v"),
    shape=shape,
    forward=forward,
    vjps=(
        Vjp("weights", r"dw = dy\, v^\top", vjp_weights),
        Vjp("v", r"dv = w^\top dy", vjp_v),
    ),
    example=lambda rng: (rng.random(size=(4, 2, 3, 5)), rng.normal(size=(4, 5, 6))),
)
