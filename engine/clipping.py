"""Gradient clipping: the clipped gradient goes into its own vector, so that both can be shown."""

from math import inf, sqrt

import numpy as np

from engine.arrays import Array
from engine.spec import ClipNorm, ClipSpec, ClipValue


def clip(clipped: Array, grad: Array, spec: ClipSpec) -> None:
    """Write the clipped gradient; both vectors (P,). A gradient that is not finite stays so: it is never hidden."""
    if isinstance(spec, ClipValue):
        clip_value(clipped, grad, spec)
    else:
        clip_norm(clipped, grad, spec)


def clip_value(clipped: Array, grad: Array, spec: ClipValue) -> None:
    """clipped = min(max(g, -limit), limit), entry by entry."""
    np.minimum(grad, spec.limit, out=clipped)
    np.maximum(clipped, -spec.limit, out=clipped)


def clip_norm(clipped: Array, grad: Array, spec: ClipNorm) -> None:
    """clipped = g·min(1, limit / ‖g‖), the norm taken over all parameters together.

    PyTorch adds 1e-6 to the norm; here the clipped norm is the limit itself.
    """
    length = norm(grad, clipped)
    np.multiply(grad, spec.limit / length if length > spec.limit else 1.0, clipped)


def norm(vector: Array, scratch: Array) -> float:
    """‖vector‖ in Euclid's sense; scratch is overwritten only if the sum of squares leaves the dtype's range."""
    square = float(np.dot(vector, vector))
    if 1e-30 < square < inf:
        return sqrt(square)
    np.absolute(vector, scratch)
    largest = float(np.maximum.reduce(scratch, initial=0.0))
    if not 0.0 < largest < inf:
        return largest  # all zero, or not finite
    np.divide(vector, largest, scratch)
    return largest * sqrt(float(np.dot(scratch, scratch)))
