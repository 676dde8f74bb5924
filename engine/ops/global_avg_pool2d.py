"""y[n,c] = Σ x[n,c,h,w] / (H · W); x (N, C, H, W), y (N, C)."""

import numpy as np

from engine.arrays import Array, Shape
from engine.errors import ShapeMismatch
from engine.ops.base import Op, Vjp


def shape(x: Shape) -> Shape:
    """(N, C, H, W) -> (N, C)."""
    if len(x) != 4:
        raise ShapeMismatch("global_avg_pool2d: x", ("N", "C", "H", "W"), x)
    return x[:2]


def forward(y: Array, x: Array) -> None:
    """y = the mean of each map."""
    np.add.reduce(x, axis=(2, 3), out=y)
    np.divide(y, x.shape[2] * x.shape[3], y)


def vjp_x(dx: Array, dy: Array, y: Array, x: Array) -> None:
    """dx[n,c,h,w] = dy[n,c] / (H · W)."""
    np.divide(dy[:, :, None, None], x.shape[2] * x.shape[3], dx)


GLOBAL_AVG_POOL2D = Op(
    name="global_avg_pool2d",
    formula=r"y_c = \tfrac{1}{H W} \textstyle\sum_{h,w} x_{c,h,w}",
    summary="The mean of each feature map: one number for each.",
    inputs=("x",),
    shape=shape,
    forward=forward,
    vjps=(Vjp("x", r"dx_{c,h,w} = \tfrac{1}{H W}\, dy_c", vjp_x),),
    example=lambda rng: (rng.normal(size=(4, 2, 3, 5)),),
)
