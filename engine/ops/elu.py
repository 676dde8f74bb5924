"""a = z where z > 0, else exp(z) - 1, elementwise (alpha = 1).

Source: Clevert, Unterthiner, Hochreiter, "Fast and Accurate Deep Network Learning by Exponential Linear Units", 2016.
"""

import numpy as np

from engine.arrays import Array
from engine.ops.base import Op, Vjp
from engine.ops.shapes import away_from_zero, same


def forward(a: Array, z: Array) -> None:
    """a = max(z, exp(min(z, 0)) - 1), because exp(z) - 1 >= z."""
    np.minimum(z, 0, out=a)
    np.expm1(a, a)
    np.maximum(z, a, out=a)


def vjp_z(dz: Array, da: Array, a: Array, z: Array) -> None:
    """dz = da * exp(min(z, 0))."""
    np.minimum(z, 0, out=dz)
    np.exp(dz, dz)
    np.multiply(da, dz, dz)


ELU = Op(
    name="elu",
    formula=r"a = \begin{cases} z & z > 0 \\ e^z - 1 & \text{else} \end{cases}",
    summary="Like relu, but bends smoothly down to -1.",
    inputs=("z",),
    shape=same,
    forward=forward,
    vjps=(Vjp("z", r"dz = da \cdot \begin{cases} 1 & z > 0 \\ e^z & \text{else} \end{cases}", vjp_z),),
    example=away_from_zero,
    elementwise=True,
)
