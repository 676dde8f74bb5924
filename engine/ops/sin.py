"""a = sin(z), elementwise, z in radians."""

import numpy as np

from engine.arrays import Array
from engine.ops.base import Op, Vjp
from engine.ops.shapes import normal, same


def forward(a: Array, z: Array) -> None:
    """a = sin(z)."""
    np.sin(z, a)


def vjp_z(dz: Array, da: Array, a: Array, z: Array) -> None:
    """dz = da * cos(z)."""
    np.cos(z, dz)
    np.multiply(da, dz, dz)


SIN = Op(
    name="sin",
    formula=r"a = \sin(z)",
    summary="A wave.",
    inputs=("z",),
    shape=same,
    forward=forward,
    vjps=(Vjp("z", r"dz = da\,\cos(z)", vjp_z),),
    example=normal,
    elementwise=True,
)
