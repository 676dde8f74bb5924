"""z[n,t,f] = Σ x[n, s·t + d·p, c] kernel[f,c,p] + b[f], summed over c and p: a cross-correlation over time.

x (N, T, D), padded with zeros at its ends, kernel (F, D / groups, k), b (F,), z (N, Tout, F): sequences keep their
channels on the last axis, unlike images. s is the stride, d the dilation. ``correlate1d`` is the same without b.
"""

from typing import Any

import numpy as np

from engine.arrays import Array, Shape, ones
from engine.errors import ShapeMismatch
from engine.ops import correlation, sequences
from engine.ops.base import Op, Vjp
from engine.ops.correlation import Work
from engine.ops.sequences import OPTIONS, as_image, as_kernel, in_the_plane


def shape(x: Shape, kernel: Shape, b: Shape, **options: Any) -> Shape:
    """(N, T, D), (F, D / groups, k), (F,) -> (N, Tout, F)."""
    z = sequences.shape("conv1d", x, kernel, **options)
    if b != z[2:]:
        raise ShapeMismatch("conv1d: b", z[2:], b)
    return z


def scratch(x: Shape, kernel: Shape, b: Shape, **options: Any) -> tuple[Shape, ...]:
    """Those of a convolution over images."""
    return sequences.scratch(x, kernel, **options)


def forward(z: Array, x: Array, kernel: Array, b: Array, *work: Array, **options: Any) -> None:
    """z = x ⋆ kernel + b."""
    plane = in_the_plane(**options)
    correlation.correlate(as_image(z), as_image(x), as_kernel(kernel), b, Work(*work), **plane)


def vjp_x(dx: Array, dz: Array, z: Array, x: Array, kernel: Array, b: Array, *work: Array, **options: Any) -> None:
    """dx[n,t,c] = Σ dz[n,i,f] kernel[f,c,p], over all f and all places i whose p lies on t."""
    correlation.input_gradient(as_image(dx), as_image(dz), as_kernel(kernel), Work(*work), **in_the_plane(**options))


def vjp_kernel(
    dkernel: Array, dz: Array, z: Array, x: Array, kernel: Array, b: Array, *work: Array, **options: Any
) -> None:
    """dkernel[f,c,p] = Σ dz[n,t,f] x[n, s·t + d·p, c], over n and t."""
    plane = in_the_plane(**options)
    correlation.kernel_gradient(as_kernel(dkernel), as_image(dz), as_image(x), Work(*work), **plane)


def vjp_b(db: Array, dz: Array, z: Array, x: Array, kernel: Array, b: Array, *work: Array, **options: Any) -> None:
    """db[f] = Σ dz[n,t,f], over n and t."""
    rows = dz.reshape(-1, dz.shape[2])
    np.dot(ones(len(rows), dz.dtype.char), rows, db)


CONV1D = Op(
    name="conv1d",
    formula=r"z_{t,f} = \textstyle\sum_{c,p} x_{s t+d p,\,c}\, k_{f,c,p} + b_f",
    summary="A little window slides over the sequence; at each place it adds up what it sees, times its weights.",
    inputs=("x", "kernel", "b"),
    shape=shape,
    forward=forward,
    vjps=(
        Vjp("x", r"dx_{t,c} = \textstyle\sum_{f,\; s i+d p = t} dz_{i,f}\, k_{f,c,p}", vjp_x),
        Vjp("kernel", r"dk_{f,c,p} = \textstyle\sum_{n,t} dz_{n,t,f}\, x_{n,\,s t+d p,\,c}", vjp_kernel),
        Vjp("b", r"db_f = \textstyle\sum_{n,t} dz_{n,t,f}", vjp_b),
    ),
    example=lambda rng: (rng.normal(size=(4, 6, 2)), rng.normal(size=(3, 2, 3)), rng.normal(size=3)),
    scratch=scratch,
    options=OPTIONS,
)
