"""y = gamma x̂ + beta,  x̂ = (x - mean) / √(variance + eps), both over the last axis; x, y (…, D), gamma, beta (D,).

The variance is the biased one (divided by D), and eps stands inside the root: as in PyTorch. Source: Ba, Kiros and
Hinton, "Layer Normalization", 2016.
"""

import numpy as np

from engine.arrays import Array, Shape
from engine.errors import ShapeMismatch
from engine.ops.base import Op, Vjp


def shape(x: Shape, gamma: Shape, beta: Shape, **options: object) -> Shape:
    """(…, D), (D,), (D,) -> (…, D)."""
    for name, given in (("gamma", gamma), ("beta", beta)):
        if len(x) < 2 or given != x[-1:]:
            raise ShapeMismatch(f"layer norm: {name}", x[-1:], given)
    return x


def scratch(x: Shape, gamma: Shape, beta: Shape, **options: object) -> tuple[Shape, ...]:
    """x̂; 1 / √(variance + eps) of each row; another number of each row."""
    return (x, (*x[:-1], 1), (*x[:-1], 1))


def _normalise(normal: Array, inverse: Array, x: Array, eps: float) -> None:
    """Writes x̂ and 1 / √(variance + eps)."""
    _mean(inverse, x)
    np.subtract(x, inverse, normal)
    _mean_product(inverse, normal, normal)
    np.add(inverse, eps, inverse)
    np.sqrt(inverse, inverse)
    np.reciprocal(inverse, inverse)
    np.multiply(normal, inverse, normal)


def _mean(out: Array, x: Array) -> None:
    """out = mean over the last axis, as np.mean does without its 4 µs of Python; out (…, 1)."""
    np.add.reduce(x, axis=-1, out=out, keepdims=True)
    np.divide(out, x.shape[-1], out)


def _mean_product(out: Array, left: Array, right: Array) -> None:
    """out = mean of left · right over the last axis; out (…, 1)."""
    np.einsum("...d,...d->...", left, right, out=out[..., 0])
    np.divide(out, left.shape[-1], out)


def forward(
    y: Array, x: Array, gamma: Array, beta: Array, normal: Array, inverse: Array, row: Array, *, eps: float
) -> None:
    """y = gamma x̂ + beta."""
    _normalise(normal, inverse, x, eps)
    np.multiply(normal, gamma, y)
    np.add(y, beta, y)


def vjp_x(
    dx: Array, dy: Array, y: Array, x: Array, gamma: Array, beta: Array, normal: Array, inverse: Array, row: Array,
    *, eps: float,
) -> None:  # fmt: skip
    """dx = (dx̂ - mean dx̂ - x̂ · mean(dx̂ x̂)) / √(variance + eps)  with dx̂ = dy gamma."""
    _normalise(normal, inverse, x, eps)
    np.multiply(dy, gamma, dx)
    _mean_product(row, dx, normal)
    np.multiply(normal, row, normal)
    _mean(row, dx)
    np.subtract(dx, row, dx)
    np.subtract(dx, normal, dx)
    np.multiply(dx, inverse, dx)


def vjp_gamma(
    dgamma: Array, dy: Array, y: Array, x: Array, gamma: Array, beta: Array, normal: Array, inverse: Array, row: Array,
    *, eps: float,
) -> None:  # fmt: skip
    """dgamma = Σ dy x̂, over all rows."""
    _normalise(normal, inverse, x, eps)
    np.multiply(normal, dy, normal)
    np.add.reduce(normal, axis=tuple(range(x.ndim - 1)), out=dgamma)


def vjp_beta(
    dbeta: Array, dy: Array, y: Array, x: Array, gamma: Array, beta: Array, normal: Array, inverse: Array, row: Array,
    *, eps: float,
) -> None:  # fmt: skip
    """dbeta = Σ dy, over all rows."""
    np.add.reduce(dy, axis=tuple(range(dy.ndim - 1)), out=dbeta)


LAYER_NORM = Op(
    name="layer_norm",
    formula=r"y = \gamma\, \hat x + \beta,\quad \hat x = \dfrac{x - \mu}{\sqrt{\sigma^2 + \epsilon}}",
    summary="Shifts and scales the numbers of each row to mean 0 and variance 1, then by what it has learned.",
    inputs=("x", "gamma", "beta"),
    shape=shape,
    forward=forward,
    vjps=(
        Vjp(
            "x",
            r"dx_i = \dfrac{1}{\sqrt{\sigma^2 + \epsilon}} \left(d\hat x_i - \tfrac1D \textstyle\sum_j d\hat x_j"
            r" - \hat x_i\, \tfrac1D \textstyle\sum_j d\hat x_j\, \hat x_j\right),\quad d\hat x = dy\, \gamma",
            vjp_x,
        ),
        Vjp("gamma", r"d\gamma = \textstyle\sum dy\, \hat x", vjp_gamma),
        Vjp("beta", r"d\beta = \textstyle\sum dy", vjp_beta),
    ),
    example=lambda rng: (rng.normal(size=(4, 3, 5)), rng.normal(size=5), rng.normal(size=5)),
    scratch=scratch,
    options={"eps": 1e-5},
)
