"""y[0] = weight · mean of (each pixel - its neighbour)², below and to the right; y[n] = 0 for n > 0.

x (N, C, H, W), y (N, 1). The squared total variation of the first picture; the mean is over all C H W pixels, and a
pixel at the border has no neighbour beyond it.
"""

import numpy as np

from engine.arrays import Array, Shape
from engine.errors import ShapeMismatch
from engine.ops.base import Op, Vjp


def shape(x: Shape, *, weight: float) -> Shape:
    """(N, C, H, W) -> (N, 1)."""
    if len(x) != 4:
        raise ShapeMismatch("roughness: x", ("N", "C", "H", "W"), x)
    return (x[0], 1)


def scratch(x: Shape, *, weight: float) -> tuple[Shape, ...]:
    """Differences down and across."""
    C, H, W = x[1:]
    return ((C, H - 1, W), (C, H, W - 1))


def forward(y: Array, x: Array, down: Array, across: Array, *, weight: float) -> None:
    """y[0] = weight (Σ down² + Σ across²) / (C H W)."""
    _differences(x[0], down, across)
    y.fill(0)
    y[0, 0] = weight * (np.vdot(down, down) + np.vdot(across, across)) / x[0].size


def vjp_x(dx: Array, dy: Array, y: Array, x: Array, down: Array, across: Array, *, weight: float) -> None:
    """dx[0] = dy[0] · 2 weight / (C H W) times the sum of a pixel's differences to its neighbours."""
    _differences(x[0], down, across)
    dx.fill(0)
    d = dx[0]
    np.add(d[:, 1:], down, d[:, 1:])
    np.subtract(d[:, :-1], down, d[:, :-1])
    np.add(d[:, :, 1:], across, d[:, :, 1:])
    np.subtract(d[:, :, :-1], across, d[:, :, :-1])
    np.multiply(d, dy[0, 0] * (2 * weight / d.size), d)


def _differences(x: Array, down: Array, across: Array) -> None:
    """(C, H - 1, W) and (C, H, W - 1)."""
    np.subtract(x[:, 1:], x[:, :-1], down)
    np.subtract(x[:, :, 1:], x[:, :, :-1], across)


ROUGHNESS = Op(
    name="roughness",
    formula=r"y_0 = \tfrac{\lambda}{C H W} \textstyle\sum (x_{h+1,w} - x_{h,w})^2 + (x_{h,w+1} - x_{h,w})^2",
    summary="How much neighbouring pixels of the first picture differ.",
    inputs=("x",),
    shape=shape,
    forward=forward,
    vjps=(
        Vjp(
            "x", r"dx_{h,w} = dy_0\, \tfrac{2 \lambda}{C H W} \textstyle\sum_{x' \text{ beside}} (x_{h,w} - x')", vjp_x
        ),
    ),
    example=lambda rng: (rng.normal(size=(4, 2, 3, 4)),),
    scratch=scratch,
    options={"weight": 1.0},
)
