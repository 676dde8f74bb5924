"""z = x + h_prev W   with x (N, K), h_prev (N, M), W (M, K), z (N, K): what came in now, and what is remembered.

x is this time step's input, already times its weights (W_ih x + b, all time steps in one product). The gradient of W
sums over all time steps at once, as one product of (T·N, M) with (T·N, K).
"""

import numpy as np

from engine.arrays import Array, Shape, in_rows
from engine.errors import ShapeMismatch
from engine.ops.base import Op, Vjp


def shape(x: Shape, h_prev: Shape, W: Shape) -> Shape:
    """(N, K), (N, M), (M, K) -> (N, K)."""
    if h_prev[1:] != W[:1]:
        raise ShapeMismatch("recur: h_prev", ("N", W[0]), h_prev)
    if x != (h_prev[0], W[1]):
        raise ShapeMismatch("recur: x", (h_prev[0], W[1]), x)
    return x


def forward(z: Array, x: Array, h_prev: Array, W: Array) -> None:
    """z = x + h_prev W."""
    np.dot(h_prev, W, z)
    np.add(z, x, z)


def vjp_x(dx: Array, dz: Array, z: Array, x: Array, h_prev: Array, W: Array) -> None:
    """dx = dz."""
    np.copyto(dx, dz)


def vjp_h_prev(dh_prev: Array, dz: Array, z: Array, x: Array, h_prev: Array, W: Array) -> None:
    """dh_prev = dz Wᵀ."""
    np.dot(dz, W.T, dh_prev)


def vjp_W(dW: Array, dz: Array, z: Array, x: Array | None, h_prev: Array, W: Array) -> None:
    """dW = Σₜ h_prevᵀ dz."""
    np.dot(in_rows(h_prev).T, in_rows(dz), dW)


RECUR = Op(
    name="recur",
    formula=r"z = x + h_{t-1} W",
    summary="Adds what the layer remembers of the time step before, times its weights, to what comes in now.",
    inputs=("x", "h_prev", "W"),
    shape=shape,
    forward=forward,
    vjps=(
        Vjp("x", r"dx = dz", vjp_x),
        Vjp("h_prev", r"dh_{t-1} = dz\, W^\top", vjp_h_prev),
        Vjp("W", r"dW = \textstyle\sum_t h_{t-1}^\top dz_t", vjp_W, joint=True),
    ),
    example=lambda rng: (rng.normal(size=(4, 6)), rng.normal(size=(4, 3)), rng.normal(size=(3, 6))),
)
