"""y = x * mask, elementwise; the mask holds 0 (dropped, with probability rate) or 1 / (1 - rate) (kept).

Inverted dropout: the mean stays, so that evaluation needs no change. The mask is drawn by the plan, not here. Source:
Srivastava et al., "Dropout: A Simple Way to Prevent Neural Networks from Overfitting", 2014.
"""

import numpy as np

from engine.arrays import Array, Shape
from engine.errors import ShapeMismatch
from engine.ops.base import Op, Vjp


def shape(x: Shape, mask: Shape) -> Shape:
    """The mask has the shape of x, and so has y."""
    if mask != x:
        raise ShapeMismatch("dropout: mask", x, mask)
    return x


def forward(y: Array, x: Array, mask: Array) -> None:
    """y = x * mask."""
    np.multiply(x, mask, y)


def vjp_x(dx: Array, dy: Array, y: Array, x: Array, mask: Array) -> None:
    """dx = dy * mask."""
    np.multiply(dy, mask, dx)


DROPOUT = Op(
    name="dropout",
    formula=r"y = x \cdot m,\quad m \in \{0, \tfrac{1}{1 - \text{rate}}\}",
    summary="Drops some numbers at random and scales up the others, so that no unit relies on one alone.",
    inputs=("x", "mask"),
    shape=shape,
    forward=forward,
    vjps=(Vjp("x", r"dx = dy \cdot m", vjp_x),),
    example=lambda rng: (rng.normal(size=(4, 3)), 2.0 * rng.integers(2, size=(4, 3))),
)
