"""y[n,c,i,j] = max of x[n,c,h,w] over the window at (i, j); x (N, C, H, W), y (N, C, Hout, Wout).

Windows may overlap. Padding never wins. Of equal numbers the first wins, in row-major order, and gets the whole
gradient: as in PyTorch.
"""

import numpy as np

from engine.arrays import Array, Shape
from engine.ops.base import Op, Vjp
from engine.ops.pooling import pooled
from engine.ops.windows import NO_PADDING, Padding, Pair, pairs


def shape(x: Shape, *, size: Pair = (2, 2), stride: Pair = (2, 2), padding: Padding = NO_PADDING) -> Shape:
    """(N, C, H, W) -> (N, C, Hout, Wout)."""
    return pooled("max_pool2d", x, size, stride, padding)


def scratch(
    x: Shape, *, size: Pair = (2, 2), stride: Pair = (2, 2), padding: Padding = NO_PADDING
) -> tuple[Shape, ...]:
    """What no number has won yet, and what one has just won; like y."""
    y = shape(x, size=size, stride=stride, padding=padding)
    return (y, y)


def forward(y: Array, x: Array, left: Array, part: Array, *, size: Pair, stride: Pair, padding: Padding) -> None:
    """y = the largest number of each window."""
    y.fill(-np.inf)
    for _, places, numbers in pairs(x.shape[2:], y.shape[2:], size, stride, padding):
        under = y[places]
        np.maximum(under, x[numbers], out=under)


def vjp_x(
    dx: Array, dy: Array, y: Array, x: Array, left: Array, part: Array, *, size: Pair, stride: Pair, padding: Padding
) -> None:
    """dx[h,w] = Σ dy[i,j] over the windows that (h, w) has won."""
    dx.fill(0)
    np.copyto(left, dy)
    overlap = size[0] > stride[0] or size[1] > stride[1]
    for _, places, numbers in pairs(x.shape[2:], y.shape[2:], size, stride, padding):
        won, rest, down = part[places], left[places], dx[numbers]
        np.equal(x[numbers], y[places], won)  # as 1 and 0: five times as fast as a sum with where=
        gained = won if overlap else down
        np.multiply(won, rest, gained)
        if overlap:  # the number may have won other windows as well
            np.add(down, won, down)
        np.subtract(rest, gained, rest)  # exactly 0 now: whoever equals the winner gets nothing any more


MAX_POOL2D = Op(
    name="max_pool2d",
    formula=r"y_{i,j} = \max_{p,q}\, x_{s i + p,\, s j + q}",
    summary="Keeps the largest number under each window: what was found there, no matter where exactly.",
    inputs=("x",),
    shape=shape,
    forward=forward,
    vjps=(
        Vjp(
            "x", r"dx_{h,w} = \textstyle\sum_{i,j} dy_{i,j} \cdot [(h,w) \text{ is the first maximum of } (i,j)]", vjp_x
        ),
    ),
    example=lambda rng: (rng.permuted(np.arange(4 * 2 * 5 * 4) / 10.0).reshape(4, 2, 5, 4),),
    scratch=scratch,
    options={"size": (2, 2), "stride": (2, 2), "padding": NO_PADDING},
)
