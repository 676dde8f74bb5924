"""z[n,f,i,j] = Σ x[n, c, sH·i + dH·p, sW·j + dW·q] kernel[f,c,p,q] + b[f], summed over c, p, q: a cross-correlation.

The kernel is not flipped, which is what all of deep learning calls a convolution. x (N, C, H, W), padded with zeros;
kernel (F, C / groups, kH, kW), b (F,), z (N, F, Hout, Wout); s is the stride, d the dilation. With groups, the filters
of one group read the channels of that group alone. ``correlate2d`` is the same without b.
"""

from typing import Any

from engine.arrays import Array, Shape
from engine.errors import ShapeMismatch
from engine.ops import correlation
from engine.ops.base import Op, Vjp
from engine.ops.correlation import OPTIONS, Work


def shape(x: Shape, kernel: Shape, b: Shape, **options: Any) -> Shape:
    """(N, C, H, W), (F, C / groups, kH, kW), (F,) -> (N, F, Hout, Wout)."""
    z = correlation.shape("conv2d", x, kernel, **options)
    if b != z[1:2]:
        raise ShapeMismatch("conv2d: b", z[1:2], b)
    return z


def scratch(x: Shape, kernel: Shape, b: Shape, **options: Any) -> tuple[Shape, ...]:
    """The padded image, the patches, the sums, one more kernel."""
    return correlation.scratch(x, kernel, **options)


def forward(z: Array, x: Array, kernel: Array, b: Array, *work: Array, **options: Any) -> None:
    """z = x ⋆ kernel + b."""
    correlation.correlate(z, x, kernel, b, Work(*work), **options)


def vjp_x(dx: Array, dz: Array, z: Array, x: Array, kernel: Array, b: Array, *work: Array, **options: Any) -> None:
    """dx[n,c,h,w] = Σ dz[n,f,i,j] kernel[f,c,p,q], over all f and all places (i, j) whose (p, q) lies on (h, w)."""
    correlation.input_gradient(dx, dz, kernel, Work(*work), **options)


def vjp_kernel(
    dkernel: Array, dz: Array, z: Array, x: Array, kernel: Array, b: Array, *work: Array, **options: Any
) -> None:
    """dkernel[f,c,p,q] = Σ dz[n,f,i,j] x[n, c, sH·i + dH·p, sW·j + dW·q], over n, i, j."""
    correlation.kernel_gradient(dkernel, dz, x, Work(*work), **options)


def vjp_b(db: Array, dz: Array, z: Array, x: Array, kernel: Array, b: Array, *work: Array, **options: Any) -> None:
    """db[f] = Σ dz[n,f,i,j], over n, i, j."""
    correlation.bias_gradient(db, dz, Work(*work))


CONV2D = Op(
    name="conv2d",
    formula=r"z_{f,i,j} = \textstyle\sum_{c,p,q} x_{c,\,s i+d p,\,s j+d q}\, k_{f,c,p,q} + b_f",
    summary="A little window slides over the image; at each place it adds up what it sees, times its weights.",
    inputs=("x", "kernel", "b"),
    shape=shape,
    forward=forward,
    vjps=(
        Vjp("x", r"dx_{c,h,w} = \textstyle\sum_{f,\; s i+d p = h,\; s j+d q = w} dz_{f,i,j}\, k_{f,c,p,q}", vjp_x),
        Vjp(
            "kernel",
            r"dk_{f,c,p,q} = \textstyle\sum_{n,i,j} dz_{n,f,i,j}\, x_{n,c,\,s i+d p,\,s j+d q}",
            vjp_kernel,
        ),
        Vjp("b", r"db_f = \textstyle\sum_{n,i,j} dz_{n,f,i,j}", vjp_b),
    ),
    example=lambda rng: (rng.normal(size=(4, 2, 5, 4)), rng.normal(size=(3, 2, 3, 2)), rng.normal(size=3)),
    scratch=scratch,
    options=OPTIONS,
)
