"""The table of an embedding seen flat: its tokens in the plane in which they differ most."""

from dataclasses import dataclass

import numpy as np

from engine.arrays import Array
from engine.errors import SpecError, UnknownName
from engine.network import Network
from engine.words import say

#: A plane has two axes.
AXES = 2


@dataclass(frozen=True)
class Projection:
    """First principal components of a matrix's rows.

    Args:
        points: (V, 2) where each row stands; the mean of all is at (0, 0).
        tokens: what each row is the embedding of; () if the rows have no names.
        explained: of each axis, its share of the variance; 0 where there is no such axis.
    """

    points: Array
    tokens: tuple[str, ...]
    explained: tuple[float, float]


def projection(network: Network, parameter: str) -> Projection:
    """X = W - mean;  X = U S Vᵀ;  points = U S, first two columns;  explained = S² / Σ S²  with W (V, D).

    A component and its negative say the same: of each, the entry of largest magnitude in V is made positive.

    Raises:
        UnknownName: there is no such parameter.
        SpecError: it is no matrix, or its numbers are not finite.
    """
    parameters = network.trainer.plan.parameters
    if parameter not in parameters:
        raise UnknownName("parameter", parameter, parameters, ("parameter",))
    matrix = parameters[parameter]
    if matrix.ndim != AXES or not np.isfinite(matrix).all():
        message = say(
            "{parameter} is to be a matrix of finite numbers, but its shape is {shape}",
            parameter=parameter,
            shape=matrix.shape,
        )
        raise SpecError(message, ("parameter",))
    points, explained = components(matrix.astype(np.float64))
    tokens = network.dataset.tokens
    return Projection(points, tokens if len(tokens) == len(matrix) else (), explained)


def components(matrix: Array) -> tuple[Array, tuple[float, float]]:
    """Points (V, 2) and shares of the first two principal components of the rows of (V, D)."""
    centred = matrix - matrix.mean(axis=0)
    left, sizes, right = np.linalg.svd(centred, full_matrices=False)  # (V, R), (R,), (R, D)
    largest = np.abs(right).argmax(axis=1)
    signs = np.where(right[np.arange(len(right)), largest] < 0, -1.0, 1.0)
    found = (left * sizes * signs)[:, :AXES]  # (V, 2), or (V, 1)
    points = np.pad(found, ((0, 0), (0, AXES - found.shape[1])))
    variance = sizes**2
    shares = np.pad(variance, (0, AXES))[:AXES] / (variance.sum() or 1.0)
    return points, (float(shares[0]), float(shares[1]))
