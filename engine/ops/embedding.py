"""y[…] = row x[…] of W; x (N,) or (N, T) token ids, W (tokens, units), y (…, units). The ids are whole floats, from 0.

The same as one_hot(x) W, without the multiplications by 0. An id does not vary continuously, so it gets no gradient.
That ids are whole numbers below ``tokens`` is checked where data enter.
"""

import math

import numpy as np
import numpy.typing as npt

from engine.arrays import Array, Shape, counting
from engine.errors import ShapeMismatch
from engine.ops.base import Op, Vjp

#: The type of whole numbers that index an array.
INTP = np.dtype(np.intp).char


def shape(x: Shape, W: Shape) -> Shape:
    """(N, …), (tokens, units) -> (N, …, units)."""
    if len(W) != 2:
        raise ShapeMismatch("embedding: W", ("tokens", "units"), W)
    return (*x, W[1])


def scratch(x: Shape, W: Shape) -> tuple[Shape, ...]:
    """Room for the ids, and for the place in W of each number of y, as whole numbers of 8 bytes in either dtype."""
    count = math.prod(x)
    return ((2 * count,), (2 * count * W[1],))


def _whole(work: Array, shape: Shape) -> npt.NDArray[np.intp]:
    """The work buffer seen as whole numbers."""
    return work.view(np.intp)[: math.prod(shape)].reshape(shape)


def forward(y: Array, x: Array, W: Array, ids_work: Array, places_work: Array) -> None:
    """y = W[x]."""
    ids = _whole(ids_work, x.shape)
    np.copyto(ids, x, casting="unsafe")
    np.take(W, ids, 0, y, "clip")


def vjp_W(dW: Array, dy: Array, y: Array, x: Array, W: Array, ids_work: Array, places_work: Array) -> None:
    """dW[k] = Σ dy over the places where token k stands; rows of tokens that do not occur are 0."""
    units = W.shape[1]
    ids = _whole(ids_work, (x.size, 1))
    np.copyto(ids, x.reshape(-1, 1), casting="unsafe")
    np.multiply(ids, units, ids)
    places = _whole(places_work, (x.size, units))
    np.add(ids, counting(units, INTP), places)
    dW.fill(0)
    np.add.at(dW.reshape(-1), places.reshape(-1), dy.reshape(-1))  # one flat axis: numpy's fast way


EMBEDDING = Op(
    name="embedding",
    formula=r"y = W_{x}",
    summary="Looks up the row of its table that belongs to the token: a vector that is learned.",
    inputs=("x", "W"),
    shape=shape,
    forward=forward,
    vjps=(Vjp("W", r"dW_k = \textstyle\sum_{x = k} dy", vjp_W, joint=True),),
    example=lambda rng: (rng.integers(5, size=(4, 3)).astype(float), rng.normal(size=(5, 2))),
    scratch=scratch,
)
