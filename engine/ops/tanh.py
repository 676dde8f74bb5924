"""a = tanh(z), elementwise; between -1 and 1."""

import numpy as np

from engine.arrays import Array
from engine.ops.base import Op, Vjp
from engine.ops.shapes import normal, same


def forward(a: Array, z: Array) -> None:
    """a = tanh(z)."""
    np.tanh(z, a)


def vjp_z(dz: Array, da: Array, a: Array, z: Array) -> None:
    """dz = da * (1 - a²), as da - da*a*a: numpy takes twice as long for a call with a Python number in it."""
    np.multiply(a, a, dz)
    np.multiply(da, dz, dz)
    np.subtract(da, dz, dz)


TANH = Op(
    name="tanh",
    formula=r"a = \tanh(z)",
    summary="An S-curve from -1 to 1, steepest at 0.",
    inputs=("z",),
    shape=same,
    forward=forward,
    vjps=(Vjp("z", r"dz = da\,(1 - a^2)", vjp_z),),
    example=normal,
    elementwise=True,
)
