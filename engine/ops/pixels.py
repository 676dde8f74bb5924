"""y[0] = image, y[n] = x[n] for n > 0: the first picture of the batch is the one that is learned, the others are given.

image (C, H, W), x (N, C, H, W), y (N, C, H, W).
"""

import numpy as np

from engine.arrays import Array, Shape
from engine.errors import ShapeMismatch
from engine.ops.base import Op, Vjp


def shape(x: Shape, image: Shape) -> Shape:
    """(N, C, H, W), (C, H, W) -> (N, C, H, W)."""
    if len(x) != 4:
        raise ShapeMismatch("pixels: x", ("N", "C", "H", "W"), x)
    if image != x[1:]:
        raise ShapeMismatch("pixels: image", x[1:], image)
    return x


def forward(y: Array, x: Array, image: Array) -> None:
    """y[0] = image, y[n] = x[n]."""
    np.copyto(y, x)
    np.copyto(y[0], image)


def vjp_x(dx: Array, dy: Array, y: Array, x: Array, image: Array) -> None:
    """dx[0] = 0, dx[n] = dy[n]."""
    np.copyto(dx, dy)
    dx[0] = 0


def vjp_image(dimage: Array, dy: Array, y: Array, x: Array, image: Array) -> None:
    """dimage = dy[0]."""
    np.copyto(dimage, dy[0])


PIXELS = Op(
    name="pixels",
    formula=r"y_0 = \text{image}, \quad y_n = x_n",
    summary="The first picture of the batch is learned, pixel by pixel; the others are as they are given.",
    inputs=("x", "image"),
    shape=shape,
    forward=forward,
    vjps=(
        Vjp("x", r"dx_0 = 0, \quad dx_n = dy_n", vjp_x),
        Vjp("image", r"d\text{image} = dy_0", vjp_image),
    ),
    example=lambda rng: (rng.normal(size=(4, 2, 3, 2)), rng.normal(size=(2, 3, 2))),
)
