"""a = 1 / (1 + exp(-z)), elementwise; between 0 and 1.

Stable: exp never overflows, and small a keep all their digits (unlike ½ + ½ tanh(z/2)).
"""

import numpy as np

from engine.arrays import Array
from engine.ops.base import Op, Vjp
from engine.ops.shapes import normal, same

#: The largest whole x for which exp(x) is finite: float32, float64.
_LARGEST_EXPONENT = {"f": 88.0, "d": 709.0}


def forward(a: Array, z: Array) -> None:
    """a = 1 / (1 + exp(-z))."""
    np.negative(z, a)
    np.minimum(a, _LARGEST_EXPONENT[a.dtype.char], out=a)
    np.exp(a, a)
    np.add(a, 1, a)
    np.reciprocal(a, a)


def vjp_z(dz: Array, da: Array, a: Array, z: Array) -> None:
    """dz = da * a * (1 - a), as da * (a - a²)."""
    np.multiply(a, a, dz)
    np.subtract(a, dz, dz)
    np.multiply(da, dz, dz)


SIGMOID = Op(
    name="sigmoid",
    formula=r"a = \dfrac{1}{1 + e^{-z}}",
    summary="An S-curve from 0 to 1: a number becomes a probability.",
    inputs=("z",),
    shape=same,
    forward=forward,
    vjps=(Vjp("z", r"dz = da\, a\,(1 - a)", vjp_z),),
    example=normal,
    elementwise=True,
)
