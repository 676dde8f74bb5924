"""a[n,k] = exp(z[n,k]) / Σⱼ exp(z[n,j]), over one axis, the last unless told otherwise; z, a (N, …, K).

Stable: the largest z of each row is subtracted first, which changes nothing.
"""

import numpy as np

from engine.arrays import Array
from engine.ops.base import Op, Vjp
from engine.ops.shapes import normal, one_per_row, same


def forward(a: Array, z: Array, row: Array, *, axis: int = -1) -> None:
    """a = exp(z - max z) / Σ exp(z - max z)."""
    np.maximum.reduce(z, axis=axis, out=row, keepdims=True)  # (N, …, 1)
    np.subtract(z, row, a)
    np.exp(a, a)
    np.add.reduce(a, axis=axis, out=row, keepdims=True)  # (N, …, 1)
    np.divide(a, row, a)


def vjp_z(dz: Array, da: Array, a: Array, z: Array, row: Array, *, axis: int = -1) -> None:
    """dz = a * (da - Σⱼ aⱼ daⱼ): the Jacobian is diag(a) - a aᵀ."""
    np.multiply(a, da, dz)
    np.add.reduce(dz, axis=axis, out=row, keepdims=True)  # (N, …, 1)
    np.subtract(da, row, dz)
    np.multiply(a, dz, dz)


SOFTMAX = Op(
    name="softmax",
    formula=r"a_k = \dfrac{e^{z_k}}{\sum_j e^{z_j}}",
    summary="Makes the numbers of a row positive with sum 1: probabilities of the classes.",
    inputs=("z",),
    shape=same,
    forward=forward,
    vjps=(Vjp("z", r"dz_k = a_k \left(da_k - \textstyle\sum_j a_j\, da_j\right)", vjp_z),),
    example=normal,
    scratch=one_per_row,
    options={"axis": -1},
)
