"""y[n,c,i,j] = Σ x[n,c,h,w] / (kH · kW), over the window at (i, j); x (N, C, H, W), y (N, C, Hout, Wout).

Padding counts, as zeros: every window divides by its full size, as in PyTorch (count_include_pad). Windows may overlap.
"""

import numpy as np

from engine.arrays import Array, Shape
from engine.ops.base import Op, Vjp
from engine.ops.pooling import pooled
from engine.ops.windows import NO_PADDING, Padding, Pair, pairs


def shape(x: Shape, *, size: Pair = (2, 2), stride: Pair = (2, 2), padding: Padding = NO_PADDING) -> Shape:
    """(N, C, H, W) -> (N, C, Hout, Wout)."""
    return pooled("avg_pool2d", x, size, stride, padding)


def scratch(
    x: Shape, *, size: Pair = (2, 2), stride: Pair = (2, 2), padding: Padding = NO_PADDING
) -> tuple[Shape, ...]:
    """Each window's share; like y."""
    return (shape(x, size=size, stride=stride, padding=padding),)


def forward(y: Array, x: Array, share: Array, *, size: Pair, stride: Pair, padding: Padding) -> None:
    """y = the mean of each window."""
    y.fill(0)
    for _, places, numbers in pairs(x.shape[2:], y.shape[2:], size, stride, padding):
        np.add(y[places], x[numbers], y[places])
    np.divide(y, size[0] * size[1], y)


def vjp_x(
    dx: Array, dy: Array, y: Array, x: Array, share: Array, *, size: Pair, stride: Pair, padding: Padding
) -> None:
    """dx[h,w] = Σ dy[i,j] / (kH · kW) over the windows that (h, w) lies in."""
    dx.fill(0)
    np.divide(dy, size[0] * size[1], share)
    for _, places, numbers in pairs(x.shape[2:], y.shape[2:], size, stride, padding):
        np.add(dx[numbers], share[places], dx[numbers])


AVG_POOL2D = Op(
    name="avg_pool2d",
    formula=r"y_{i,j} = \tfrac{1}{k_H k_W} \textstyle\sum_{p,q} x_{s i + p,\, s j + q}",
    summary="The mean of the numbers under each window.",
    inputs=("x",),
    shape=shape,
    forward=forward,
    vjps=(Vjp("x", r"dx_{h,w} = \tfrac{1}{k_H k_W} \textstyle\sum_{(i,j) \ni (h,w)} dy_{i,j}", vjp_x),),
    example=lambda rng: (rng.normal(size=(4, 2, 5, 4)),),
    scratch=scratch,
    options={"size": (2, 2), "stride": (2, 2), "padding": NO_PADDING},
)
