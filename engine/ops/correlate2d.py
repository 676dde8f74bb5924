"""z[n,f,i,j] = Σ x[n, c, sH·i + dH·p, sW·j + dW·q] kernel[f,c,p,q]: ``conv2d`` without a bias, a cross-correlation."""

from typing import Any

from engine.arrays import Array, Shape
from engine.ops import correlation
from engine.ops.base import Op, Vjp
from engine.ops.correlation import OPTIONS, Work


def shape(x: Shape, kernel: Shape, **options: Any) -> Shape:
    """(N, C, H, W), (F, C / groups, kH, kW) -> (N, F, Hout, Wout)."""
    return correlation.shape("conv2d", x, kernel, **options)


def forward(z: Array, x: Array, kernel: Array, *work: Array, **options: Any) -> None:
    """z = x ⋆ kernel."""
    correlation.correlate(z, x, kernel, None, Work(*work), **options)


def vjp_x(dx: Array, dz: Array, z: Array, x: Array, kernel: Array, *work: Array, **options: Any) -> None:
    """dx[n,c,h,w] = Σ dz[n,f,i,j] kernel[f,c,p,q], over all f and all places (i, j) whose (p, q) lies on (h, w)."""
    correlation.input_gradient(dx, dz, kernel, Work(*work), **options)


def vjp_kernel(dkernel: Array, dz: Array, z: Array, x: Array, kernel: Array, *work: Array, **options: Any) -> None:
    """dkernel[f,c,p,q] = Σ dz[n,f,i,j] x[n, c, sH·i + dH·p, sW·j + dW·q], over n, i, j."""
    correlation.kernel_gradient(dkernel, dz, x, Work(*work), **options)


CORRELATE2D = Op(
    name="correlate2d",
    formula=r"z_{f,i,j} = \textstyle\sum_{c,p,q} x_{c,\,s i+d p,\,s j+d q}\, k_{f,c,p,q}",
    summary="A little window slides over the image; at each place it adds up what it sees, times its weights.",
    inputs=("x", "kernel"),
    shape=shape,
    forward=forward,
    vjps=(
        Vjp("x", r"dx_{c,h,w} = \textstyle\sum_{f,\; s i+d p = h,\; s j+d q = w} dz_{f,i,j}\, k_{f,c,p,q}", vjp_x),
        Vjp(
            "kernel",
            r"dk_{f,c,p,q} = \textstyle\sum_{n,i,j} dz_{n,f,i,j}\, x_{n,c,\,s i+d p,\,s j+d q}",
            vjp_kernel,
        ),
    ),
    example=lambda rng: (rng.normal(size=(4, 2, 5, 4)), rng.normal(size=(3, 2, 3, 2))),
    scratch=correlation.scratch,
    options=OPTIONS,
)
