"""a = z Φ(z) with Φ(z) = ½ (1 + erf(z/√2)), elementwise: the exact form, not the one with tanh.

With Q = ½ erfc(|z|/√2), the normal distribution's tail beyond |z|, a = max(z, 0) - |z| Q: no digits are lost for
negative z. Source: Hendrycks and Gimpel, "Gaussian Error Linear Units", 2016; PyTorch's default.
"""

import math

import numpy as np

from engine.arrays import Array
from engine.ops.base import Op, Vjp
from engine.ops.erf import FARTHEST, erfc_abs
from engine.ops.shapes import normal, same


def forward(a: Array, z: Array, x: Array, work: Array) -> None:
    """a = max(z, 0) - |z| Q."""
    _tail(a, z, x, work)
    np.abs(z, x)
    np.multiply(a, x, a)
    np.maximum(z, 0, out=x)
    np.subtract(x, a, a)


def vjp_z(dz: Array, da: Array, a: Array, z: Array, x: Array, work: Array) -> None:
    """dz = da * (Φ(z) + z φ(z)), with Φ(z) = ½ ± (½ - Q) and φ(z) = exp(-z²/2) / √(2π)."""
    _tail(dz, z, x, work)
    np.subtract(0.5, dz, dz)
    np.copysign(dz, z, dz)
    np.add(dz, 0.5, dz)
    np.abs(x, x)
    np.minimum(x, FARTHEST, out=x)
    np.multiply(x, x, x)  # z²/2
    np.negative(x, x)
    np.exp(x, x)
    np.multiply(x, z, x)
    np.multiply(x, 1 / math.sqrt(2 * math.pi), x)
    np.add(dz, x, dz)
    np.multiply(da, dz, dz)


def _tail(tail: Array, z: Array, x: Array, work: Array) -> None:
    """Q = ½ erfc(|x|), and x = z/√2."""
    np.multiply(z, 1 / math.sqrt(2), x)
    erfc_abs(tail, x, work)
    np.multiply(tail, 0.5, tail)


GELU = Op(
    name="gelu",
    formula=r"a = z\,\Phi(z),\quad \Phi(z) = \tfrac12\left(1 + \operatorname{erf}\tfrac{z}{\sqrt2}\right)",
    summary="Weighs a number by the probability that a normal one is smaller: a smooth relu.",
    inputs=("z",),
    shape=same,
    forward=forward,
    vjps=(Vjp("z", r"dz = da\,\left(\Phi(z) + \frac{z\, e^{-z^2/2}}{\sqrt{2\pi}}\right)", vjp_z),),
    example=normal,
    scratch=lambda z: (z, z),
    elementwise=True,
)
