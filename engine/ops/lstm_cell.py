"""c = f * c_prev + i * g, elementwise; all (N, M): the cell forgets some of what it held and takes in something new.

Hochreiter & Schmidhuber, "Long Short-Term Memory", 1997; with the forget gate of Gers, Schmidhuber & Cummins, "Learning
to Forget", 2000. Along c the gradient is only multiplied by f: where f is 1 it travels as far as one likes.
"""

import numpy as np

from engine.arrays import Array, Shape
from engine.errors import ShapeMismatch
from engine.ops.base import Op, Vjp


def shape(f: Shape, c_prev: Shape, i: Shape, g: Shape) -> Shape:
    """The one shape of all."""
    for other in (c_prev, i, g):
        if other != f:
            raise ShapeMismatch("lstm_cell: each input", f, other)
    return f


def _scratch(f: Shape, c_prev: Shape, i: Shape, g: Shape) -> tuple[Shape, ...]:
    """One work buffer."""
    return (f,)


def forward(c: Array, f: Array, c_prev: Array, i: Array, g: Array, work: Array) -> None:
    """c = f * c_prev + i * g."""
    np.multiply(f, c_prev, c)
    np.multiply(i, g, work)
    np.add(c, work, c)


def vjp_f(df: Array, dc: Array, c: Array, f: Array, c_prev: Array, i: Array, g: Array, work: Array) -> None:
    """df = dc * c_prev."""
    np.multiply(dc, c_prev, df)


def vjp_c_prev(dc_prev: Array, dc: Array, c: Array, f: Array, c_prev: Array, i: Array, g: Array, work: Array) -> None:
    """dc_prev = dc * f."""
    np.multiply(dc, f, dc_prev)


def vjp_i(di: Array, dc: Array, c: Array, f: Array, c_prev: Array, i: Array, g: Array, work: Array) -> None:
    """di = dc * g."""
    np.multiply(dc, g, di)


def vjp_g(dg: Array, dc: Array, c: Array, f: Array, c_prev: Array, i: Array, g: Array, work: Array) -> None:
    """dg = dc * i."""
    np.multiply(dc, i, dg)


LSTM_CELL = Op(
    name="lstm_cell",
    formula=r"c_t = f_t \cdot c_{t-1} + i_t \cdot g_t",
    summary="The cell keeps what the forget gate lets it keep, and takes in what the input gate lets in.",
    inputs=("f", "c_prev", "i", "g"),
    shape=shape,
    forward=forward,
    vjps=(
        Vjp("f", r"df_t = dc_t \cdot c_{t-1}", vjp_f),
        Vjp("c_prev", r"dc_{t-1} = dc_t \cdot f_t", vjp_c_prev),
        Vjp("i", r"di_t = dc_t \cdot g_t", vjp_i),
        Vjp("g", r"dg_t = dc_t \cdot i_t", vjp_g),
    ),
    example=lambda rng: tuple(rng.normal(size=(4, 4, 3))),
    scratch=_scratch,
)
