"""y = gamma x̂ + beta,  x̂ = (x - mean) / √(variance + eps), each channel or feature by numbers of its own.

x, y (N, C, H, W) with axis 1, or (N, …, D) with axis -1; mean, variance, gamma, beta (C,). In training mean and
variance are those of the batch, so gradients flow back through them as well; in evaluation they are running averages.
Source: Ioffe and Szegedy, "Batch Normalization", 2015.
"""

import numpy as np

from engine.arrays import Array, Shape
from engine.errors import ShapeMismatch
from engine.ops.base import Op, Vjp
from engine.ops.batch_mean import along, others


def shape(x: Shape, *vectors: Shape, axis: int, eps: float) -> Shape:
    """(N, C, …) and four times (C,) -> (N, C, …)."""
    for name, given in zip(("mean", "variance", "gamma", "beta"), vectors, strict=True):
        if len(x) < 2 or given != (x[axis],):
            raise ShapeMismatch(f"batch norm: {name}", (x[axis],), given)
    return x


def scratch(x: Shape, *vectors: Shape, **options: object) -> tuple[Shape, ...]:
    """x - mean."""
    return (x,)


def forward(
    y: Array, x: Array, mean: Array, variance: Array, gamma: Array, beta: Array, work: Array, *, axis: int, eps: float
) -> None:
    """y = (x - mean) · gamma / √(variance + eps) + beta."""
    np.subtract(x, along(mean, x, axis), y)
    np.multiply(y, along(gamma / np.sqrt(variance + eps), x, axis), y)
    np.add(y, along(beta, x, axis), y)


def vjp_x(
    dx: Array, dy: Array, y: Array, x: Array, mean: Array, variance: Array, gamma: Array, beta: Array, work: Array,
    *, axis: int, eps: float,
) -> None:  # fmt: skip
    """dx = dy · gamma / √(variance + eps)."""
    np.multiply(dy, along(gamma / np.sqrt(variance + eps), x, axis), dx)


def vjp_mean(
    dmean: Array, dy: Array, y: Array, x: Array, mean: Array, variance: Array, gamma: Array, beta: Array, work: Array,
    *, axis: int, eps: float,
) -> None:  # fmt: skip
    """dmean = -gamma / √(variance + eps) · Σ dy."""
    np.add.reduce(dy, axis=others(x, axis), out=dmean)
    np.multiply(dmean, -gamma / np.sqrt(variance + eps), dmean)


def vjp_variance(
    dvariance: Array, dy: Array, y: Array, x: Array, mean: Array, variance: Array, gamma: Array, beta: Array,
    work: Array, *, axis: int, eps: float,
) -> None:  # fmt: skip
    """dvariance = -½ gamma (variance + eps)^(-3/2) · Σ dy (x - mean)."""
    _sum_with_centred(dvariance, dy, x, mean, work, axis)
    np.multiply(dvariance, -0.5 * gamma * (variance + eps) ** -1.5, dvariance)


def vjp_gamma(
    dgamma: Array, dy: Array, y: Array, x: Array, mean: Array, variance: Array, gamma: Array, beta: Array, work: Array,
    *, axis: int, eps: float,
) -> None:  # fmt: skip
    """dgamma = Σ dy x̂."""
    _sum_with_centred(dgamma, dy, x, mean, work, axis)
    np.divide(dgamma, np.sqrt(variance + eps), dgamma)


def vjp_beta(
    dbeta: Array, dy: Array, y: Array, x: Array, mean: Array, variance: Array, gamma: Array, beta: Array, work: Array,
    *, axis: int, eps: float,
) -> None:  # fmt: skip
    """dbeta = Σ dy."""
    np.add.reduce(dy, axis=others(x, axis), out=dbeta)


def _sum_with_centred(out: Array, dy: Array, x: Array, mean: Array, work: Array, axis: int) -> None:
    """out = Σ dy (x - mean), over all axes but one."""
    np.subtract(x, along(mean, x, axis), work)
    np.multiply(work, dy, work)
    np.add.reduce(work, axis=others(x, axis), out=out)


def _example(rng: np.random.Generator) -> tuple[Array, ...]:
    mean, gamma, beta = rng.normal(size=(3, 3))
    return (rng.normal(size=(4, 3, 2, 5)), mean, rng.uniform(0.5, 2, size=3), gamma, beta)


BATCH_NORM = Op(
    name="batch_norm",
    formula=r"y = \gamma_c\, \dfrac{x - \mu_c}{\sqrt{\sigma_c^2 + \epsilon}} + \beta_c",
    summary="Brings each channel or feature to mean 0 and variance 1, then scales and shifts it.",
    inputs=("x", "mean", "variance", "gamma", "beta"),
    shape=shape,
    forward=forward,
    vjps=(
        Vjp("x", r"dx = \dfrac{dy\, \gamma_c}{\sqrt{\sigma_c^2 + \epsilon}}", vjp_x),
        Vjp("mean", r"d\mu_c = -\dfrac{\gamma_c}{\sqrt{\sigma_c^2 + \epsilon}} \textstyle\sum dy", vjp_mean),
        Vjp(
            "variance",
            r"d\sigma_c^2 = -\tfrac12 \gamma_c (\sigma_c^2 + \epsilon)^{-3/2} \textstyle\sum dy\, (x - \mu_c)",
            vjp_variance,
        ),
        Vjp("gamma", r"d\gamma_c = \textstyle\sum dy\, \hat x", vjp_gamma),
        Vjp("beta", r"d\beta_c = \textstyle\sum dy", vjp_beta),
    ),
    example=_example,
    scratch=scratch,
    options={"axis": 1, "eps": 1e-5},
)
