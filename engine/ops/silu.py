"""a = z σ(z) with σ the sigmoid, elementwise; also called swish.

Source: Elfwing, Uchibe, Doya, "Sigmoid-Weighted Linear Units for Neural Network Function Approximation", 2018.
"""

import numpy as np

from engine.arrays import Array
from engine.ops import sigmoid
from engine.ops.base import Op, Vjp
from engine.ops.shapes import like_input, normal, same


def forward(a: Array, z: Array, s: Array) -> None:
    """a = z σ(z)."""
    sigmoid.forward(a, z)
    np.multiply(a, z, a)


def vjp_z(dz: Array, da: Array, a: Array, z: Array, s: Array) -> None:
    """dz = da * (a + σ(z) (1 - a))."""
    sigmoid.forward(s, z)
    np.subtract(1, a, dz)
    np.multiply(s, dz, dz)
    np.add(a, dz, dz)
    np.multiply(da, dz, dz)


SILU = Op(
    name="silu",
    formula=r"a = z\,\sigma(z),\quad \sigma(z) = \dfrac{1}{1 + e^{-z}}",
    summary="Weighs a number by its own sigmoid: a smooth relu with a dip.",
    inputs=("z",),
    shape=same,
    forward=forward,
    vjps=(Vjp("z", r"dz = da\,\left(a + \sigma(z)\,(1 - a)\right)", vjp_z),),
    example=normal,
    scratch=like_input,
    elementwise=True,
)
