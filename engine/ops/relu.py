"""a = max(z, 0), elementwise. At z = 0 the gradient is 0 (a subgradient; as in PyTorch)."""

import numpy as np

from engine.arrays import Array
from engine.ops.base import Op, Vjp
from engine.ops.shapes import away_from_zero, same


def forward(a: Array, z: Array) -> None:
    """a = max(z, 0)."""
    np.maximum(z, 0, out=a)


def vjp_z(dz: Array, da: Array, a: Array, z: Array) -> None:
    """dz = da where z > 0, else 0."""
    np.greater(z, 0, dz)  # 8 µs on (128, 512) float32; np.sign(a), though faster on a few numbers, takes 220
    np.multiply(da, dz, dz)


RELU = Op(
    name="relu",
    formula=r"a = \max(z, 0)",
    summary="Lets positive numbers through and stops negative ones.",
    inputs=("z",),
    shape=same,
    forward=forward,
    vjps=(Vjp("z", r"dz = da \cdot [z > 0]", vjp_z),),
    example=away_from_zero,
    elementwise=True,
)
