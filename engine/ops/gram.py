"""G[n,0,c,d] = Σ x[n,c,h,w] x[n,d,h,w] / (C H W): which feature maps are strong together, wherever that is.

x (N, C, H, W), G (N, 1, C, C), symmetric: a picture of one channel, and seen as one. Gatys, Ecker & Bethge, "Image
Style Transfer Using Convolutional Neural Networks", 2016; as is usual now, divided by the numbers of all maps.
"""

from math import prod

import numpy as np

from engine.arrays import Array, Shape
from engine.errors import ShapeMismatch
from engine.ops.base import Op, Vjp


def shape(x: Shape) -> Shape:
    """(N, C, H, W) -> (N, 1, C, C)."""
    if len(x) != 4:
        raise ShapeMismatch("gram: x", ("N", "C", "H", "W"), x)
    return (x[0], 1, x[1], x[1])


def scratch(x: Shape) -> tuple[Shape, ...]:
    """dG + its transpose."""
    return ((x[0], x[1], x[1]),)


def forward(G: Array, x: Array, both: Array) -> None:
    """G = F Fᵀ / (C H W), F the maps as rows (C, H W)."""
    F = _rows(x)
    np.matmul(F, F.transpose(0, 2, 1), out=G[:, 0])
    np.divide(G, prod(x.shape[1:]), G)


def vjp_x(dx: Array, dG: Array, G: Array, x: Array, both: Array) -> None:
    """dF = (dG + dGᵀ) F / (C H W)."""
    np.add(dG[:, 0], dG[:, 0].transpose(0, 2, 1), both)
    np.divide(both, prod(x.shape[1:]), both)
    np.matmul(both, _rows(x), out=_rows(dx))


def _rows(x: Array) -> Array:
    """(N, C, H W), a view."""
    return x.reshape(*x.shape[:2], -1)


GRAM = Op(
    name="gram",
    formula=r"G_{c,d} = \tfrac{1}{C H W} \textstyle\sum_{h,w} x_{c,h,w}\, x_{d,h,w}",
    summary="How strongly each two feature maps go together, wherever that is in the picture: its style.",
    inputs=("x",),
    shape=shape,
    forward=forward,
    vjps=(Vjp("x", r"dx_{c,h,w} = \tfrac{1}{C H W} \textstyle\sum_d (dG_{c,d} + dG_{d,c})\, x_{d,h,w}", vjp_x),),
    example=lambda rng: (rng.normal(size=(4, 3, 2, 3)),),
    scratch=scratch,
)
