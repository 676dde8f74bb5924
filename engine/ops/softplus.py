"""a = log(1 + exp(z)), elementwise; stable as max(z, 0) + log(1 + exp(-|z|))."""

import numpy as np

from engine.arrays import Array
from engine.ops import sigmoid
from engine.ops.base import Op, Vjp
from engine.ops.shapes import like_input, normal, same


def forward(a: Array, z: Array, positive: Array) -> None:
    """a = max(z, 0) + log(1 + exp(-|z|))."""
    np.abs(z, a)
    np.negative(a, a)
    np.exp(a, a)
    np.log1p(a, a)
    np.maximum(z, 0, out=positive)
    np.add(a, positive, a)


def vjp_z(dz: Array, da: Array, a: Array, z: Array, positive: Array) -> None:
    """dz = da * σ(z)."""
    sigmoid.forward(dz, z)
    np.multiply(da, dz, dz)


SOFTPLUS = Op(
    name="softplus",
    formula=r"a = \log(1 + e^z)",
    summary="A relu with its corner rounded off.",
    inputs=("z",),
    shape=same,
    forward=forward,
    vjps=(Vjp("z", r"dz = da\,\sigma(z)", vjp_z),),
    example=normal,
    scratch=like_input,
    elementwise=True,
)
