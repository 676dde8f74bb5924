"""a = SCALE z where z > 0, else SCALE ALPHA (exp(z) - 1), elementwise. At z = 0 the gradient is SCALE ALPHA.

Source: Klambauer et al., "Self-Normalizing Neural Networks", 2017: with these constants activations keep mean 0 and
variance 1 through the layers.
"""

import numpy as np

from engine.arrays import Array
from engine.ops.base import Op, Vjp
from engine.ops.shapes import away_from_zero, like_input, same

ALPHA = 1.6732632423543772
SCALE = 1.0507009873554805


def forward(a: Array, z: Array, negative: Array) -> None:
    """a = SCALE (max(z, 0) + ALPHA (exp(min(z, 0)) - 1))."""
    np.minimum(z, 0, out=negative)
    np.expm1(negative, negative)
    np.multiply(negative, ALPHA, negative)
    np.maximum(z, 0, out=a)
    np.add(a, negative, a)
    np.multiply(a, SCALE, a)


def vjp_z(dz: Array, da: Array, a: Array, z: Array, negative: Array) -> None:
    """dz = da * SCALE (ALPHA exp(min(z, 0)) + (1 - ALPHA) [z > 0])."""
    np.minimum(z, 0, out=negative)
    np.exp(negative, negative)
    np.multiply(negative, ALPHA, negative)
    np.greater(z, 0, dz)
    np.multiply(dz, 1 - ALPHA, dz)
    np.add(dz, negative, dz)
    np.multiply(dz, SCALE, dz)
    np.multiply(da, dz, dz)


SELU = Op(
    name="selu",
    formula=r"a = 1.0507 \cdot \begin{cases} z & z > 0 \\ 1.6733\,(e^z - 1) & \text{else} \end{cases}",
    summary="An elu whose scale keeps mean 0 and variance 1 from layer to layer.",
    inputs=("z",),
    shape=same,
    forward=forward,
    vjps=(
        Vjp(
            "z", r"dz = da \cdot 1.0507 \cdot \begin{cases} 1 & z > 0 \\ 1.6733\, e^z & \text{else} \end{cases}", vjp_z
        ),
    ),
    example=away_from_zero,
    scratch=like_input,
    elementwise=True,
)
