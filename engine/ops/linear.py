"""a = z: no nonlinearity."""

import numpy as np

from engine.arrays import Array
from engine.ops.base import Op, Vjp
from engine.ops.shapes import normal, same


def forward(a: Array, z: Array) -> None:
    """a = z."""
    np.copyto(a, z)


def vjp_z(dz: Array, da: Array, a: Array, z: Array) -> None:
    """dz = da."""
    np.copyto(dz, da)


LINEAR = Op(
    name="linear",
    formula=r"a = z",
    summary="Passes the number on as it is.",
    inputs=("z",),
    shape=same,
    forward=forward,
    vjps=(Vjp("z", r"dz = da", vjp_z),),
    example=normal,
    elementwise=True,
)
