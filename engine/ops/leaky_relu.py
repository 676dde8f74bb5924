"""a = z where z > 0, else 0.01 z, elementwise. At z = 0 the gradient takes the small slope (as in PyTorch)."""

import numpy as np

from engine.arrays import Array
from engine.ops.base import Op, Vjp
from engine.ops.shapes import away_from_zero, same

SLOPE = 0.01


def forward(a: Array, z: Array) -> None:
    """a = max(z, 0.01 z)."""
    np.multiply(z, SLOPE, a)
    np.maximum(z, a, out=a)


def vjp_z(dz: Array, da: Array, a: Array, z: Array) -> None:
    """dz = da where z > 0, else 0.01 da."""
    np.greater(z, 0, dz)
    np.maximum(dz, SLOPE, out=dz)
    np.multiply(da, dz, dz)


LEAKY_RELU = Op(
    name="leaky_relu",
    formula=r"a = \begin{cases} z & z > 0 \\ 0.01\, z & \text{else} \end{cases}",
    summary="Lets positive numbers through and a hundredth of negative ones, so that no unit dies.",
    inputs=("z",),
    shape=same,
    forward=forward,
    vjps=(Vjp("z", r"dz = da \cdot \begin{cases} 1 & z > 0 \\ 0.01 & \text{else} \end{cases}", vjp_z),),
    example=away_from_zero,
    elementwise=True,
)
