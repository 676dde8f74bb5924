"""h = update * h_prev + (1 - update) * candidate, elementwise; all (N, M). update = 1 keeps h_prev.

Cho et al., "Learning Phrase Representations using RNN Encoder-Decoder", 2014, with the gate as in cuDNN and PyTorch.
"""

import numpy as np

from engine.arrays import Array, Shape
from engine.errors import ShapeMismatch
from engine.ops.base import Op, Vjp


def shape(update: Shape, h_prev: Shape, candidate: Shape) -> Shape:
    """The one shape of all."""
    for other in (h_prev, candidate):
        if other != update:
            raise ShapeMismatch("gru_mix: each input", update, other)
    return update


def forward(h: Array, update: Array, h_prev: Array, candidate: Array) -> None:
    """h = candidate + update * (h_prev - candidate)."""
    np.subtract(h_prev, candidate, h)
    np.multiply(h, update, h)
    np.add(h, candidate, h)


def vjp_update(dupdate: Array, dh: Array, h: Array, update: Array, h_prev: Array, candidate: Array) -> None:
    """dupdate = dh * (h_prev - candidate)."""
    np.subtract(h_prev, candidate, dupdate)
    np.multiply(dupdate, dh, dupdate)


def vjp_h_prev(dh_prev: Array, dh: Array, h: Array, update: Array, h_prev: Array, candidate: Array) -> None:
    """dh_prev = dh * update."""
    np.multiply(dh, update, dh_prev)


def vjp_candidate(dcandidate: Array, dh: Array, h: Array, update: Array, h_prev: Array, candidate: Array) -> None:
    """dcandidate = dh * (1 - update), as dh - dh * update."""
    np.multiply(dh, update, dcandidate)
    np.subtract(dh, dcandidate, dcandidate)


GRU_MIX = Op(
    name="gru_mix",
    formula=r"h_t = u_t \cdot h_{t-1} + (1 - u_t) \cdot n_t",
    summary="Between what it remembers and the candidate, the update gate decides how much of each.",
    inputs=("update", "h_prev", "candidate"),
    shape=shape,
    forward=forward,
    vjps=(
        Vjp("update", r"du_t = dh_t \cdot (h_{t-1} - n_t)", vjp_update),
        Vjp("h_prev", r"dh_{t-1} = dh_t \cdot u_t", vjp_h_prev),
        Vjp("candidate", r"dn_t = dh_t \cdot (1 - u_t)", vjp_candidate),
    ),
    example=lambda rng: (rng.uniform(size=(4, 3)), *rng.normal(size=(2, 4, 3))),
)
