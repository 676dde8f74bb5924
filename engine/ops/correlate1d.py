"""z[n,t,f] = Σ x[n, s·t + d·p, c] kernel[f,c,p]: ``conv1d`` without a bias, a cross-correlation over time."""

from typing import Any

from engine.arrays import Array, Shape
from engine.ops import correlation, sequences
from engine.ops.base import Op, Vjp
from engine.ops.correlation import Work
from engine.ops.sequences import OPTIONS, as_image, as_kernel, in_the_plane


def shape(x: Shape, kernel: Shape, **options: Any) -> Shape:
    """(N, T, D), (F, D / groups, k) -> (N, Tout, F)."""
    return sequences.shape("conv1d", x, kernel, **options)


def forward(z: Array, x: Array, kernel: Array, *work: Array, **options: Any) -> None:
    """z = x ⋆ kernel."""
    plane = in_the_plane(**options)
    correlation.correlate(as_image(z), as_image(x), as_kernel(kernel), None, Work(*work), **plane)


def vjp_x(dx: Array, dz: Array, z: Array, x: Array, kernel: Array, *work: Array, **options: Any) -> None:
    """dx[n,t,c] = Σ dz[n,i,f] kernel[f,c,p], over all f and all places i whose p lies on t."""
    correlation.input_gradient(as_image(dx), as_image(dz), as_kernel(kernel), Work(*work), **in_the_plane(**options))


def vjp_kernel(dkernel: Array, dz: Array, z: Array, x: Array, kernel: Array, *work: Array, **options: Any) -> None:
    """dkernel[f,c,p] = Σ dz[n,t,f] x[n, s·t + d·p, c], over n and t."""
    plane = in_the_plane(**options)
    correlation.kernel_gradient(as_kernel(dkernel), as_image(dz), as_image(x), Work(*work), **plane)


CORRELATE1D = Op(
    name="correlate1d",
    formula=r"z_{t,f} = \textstyle\sum_{c,p} x_{s t+d p,\,c}\, k_{f,c,p}",
    summary="A little window slides over the sequence; at each place it adds up what it sees, times its weights.",
    inputs=("x", "kernel"),
    shape=shape,
    forward=forward,
    vjps=(
        Vjp("x", r"dx_{t,c} = \textstyle\sum_{f,\; s i+d p = t} dz_{i,f}\, k_{f,c,p}", vjp_x),
        Vjp("kernel", r"dk_{f,c,p} = \textstyle\sum_{n,t} dz_{n,t,f}\, x_{n,\,s t+d p,\,c}", vjp_kernel),
    ),
    example=lambda rng: (rng.normal(size=(4, 6, 2)), rng.normal(size=(3, 2, 3))),
    scratch=sequences.scratch,
    options=OPTIONS,
)
