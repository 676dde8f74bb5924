"""y = x[place]: a piece of x, cut out of one example's axes; ``place`` has an index or (start, stop) for each of them.

In a plan a part is a view: its numbers are those of x, and its gradient lies where the gradient of x lies. No call
computes it.
"""

from typing import Any

import numpy as np

from engine.arrays import Array, Shape
from engine.errors import ShapeMismatch
from engine.ops.base import Op, Vjp

#: For each axis of an example, in order, an index or (start, stop); axes that are not named stay whole.
Place = tuple[int | tuple[int, int], ...]


def shape(x: Shape, *, place: Place) -> Shape:
    """(N, …) -> (N, …): an index takes its axis away, (start, stop) leaves stop - start of it."""
    if len(place) >= len(x):
        raise ShapeMismatch("part: x", ("N", *("…" for _ in place)), x)
    for size, cut in zip(x[1:], place, strict=False):
        stop = cut + 1 if isinstance(cut, int) else cut[1]
        if not 0 < stop <= size:
            raise ShapeMismatch("part: x", ("N", f"at least {stop}"), x)
    kept = tuple(cut[1] - cut[0] for cut in place if not isinstance(cut, int))
    return (x[0], *kept, *x[1 + len(place) :])


def index(place: Place) -> tuple[Any, ...]:
    """The place as numpy takes it, behind the batch axis."""
    return (slice(None), *(cut if isinstance(cut, int) else slice(*cut) for cut in place))


def forward(y: Array, x: Array, *, place: Place) -> None:
    """y = x[place]."""
    np.copyto(y, x[index(place)])


def vjp_x(dx: Array, dy: Array, y: Array, x: Array, *, place: Place) -> None:
    """dx = 0, but for dx[place] = dy."""
    dx.fill(0)
    np.copyto(dx[index(place)], dy)


PART = Op(
    name="part",
    formula=r"y = x_{[\text{place}]}",
    summary="A piece of another value, seen where it lies.",
    inputs=("x",),
    shape=shape,
    forward=forward,
    vjps=(Vjp("x", r"dx_{[\text{place}]} = dy", vjp_x),),
    example=lambda rng: (rng.normal(size=(4, 3, 5)),),
    options={"place": (1, (2, 4))},
)
