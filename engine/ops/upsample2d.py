"""y[n,c,i,j] = x[n, c, ⌊i / fH⌋, ⌊j / fW⌋]: each number fH times down and fW times across (nearest neighbour).

x (N, C, H, W), y (N, C, fH · H, fW · W).
"""

import numpy as np

from engine.arrays import Array, Shape
from engine.errors import ShapeMismatch
from engine.ops.base import Op, Vjp
from engine.ops.windows import Pair


def shape(x: Shape, *, factor: Pair = (2, 2)) -> Shape:
    """(N, C, H, W) -> (N, C, fH · H, fW · W)."""
    if len(x) != 4:
        raise ShapeMismatch("upsample2d: x", ("N", "C", "H", "W"), x)
    return (*x[:2], x[2] * factor[0], x[3] * factor[1])


def forward(y: Array, x: Array, *, factor: Pair) -> None:
    """y = x, each number as a block."""
    np.copyto(_blocks(y, x, factor), x[:, :, :, None, :, None])


def vjp_x(dx: Array, dy: Array, y: Array, x: Array, *, factor: Pair) -> None:
    """dx[h,w] = Σ dy[i,j] over the block of (h, w)."""
    np.add.reduce(_blocks(dy, x, factor), axis=(3, 5), out=dx)


def _blocks(y: Array, x: Array, factor: Pair) -> Array:
    """(N, C, H, fH, W, fW)."""
    return y.reshape(*x.shape[:3], factor[0], x.shape[3], factor[1])


UPSAMPLE2D = Op(
    name="upsample2d",
    formula=r"y_{i,j} = x_{\lfloor i / f_H \rfloor,\, \lfloor j / f_W \rfloor}",
    summary="Each number becomes a block of equal numbers: the image grows.",
    inputs=("x",),
    shape=shape,
    forward=forward,
    vjps=(Vjp("x", r"dx_{h,w} = \textstyle\sum_{(i,j) \text{ in the block of } (h,w)} dy_{i,j}", vjp_x),),
    example=lambda rng: (rng.normal(size=(4, 2, 3, 2)),),
    options={"factor": (2, 2)},
)
