"""penalty = l1·Σ|w| + ½·l2·Σw²,  d penalty / dw = l1·sign(w) + l2·w,  over the entries that count.

All on flat vectors of length P. ``mask`` is 1 where an entry counts and 0 where it does not (biases, unless asked for).
"""

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

from engine.arrays import Array
from engine.layers import Parameter
from engine.spec import Regularization


def is_on(spec: Regularization) -> bool:
    """Whether there is a penalty at all."""
    return spec.l1 > 0 or spec.l2 > 0


def counts(spec: Regularization, parameter: Parameter) -> bool:
    """Whether the penalty counts this parameter: nothing frozen, no running statistic, a bias if asked for."""
    return parameter.running is None and not parameter.frozen and (spec.include_biases or not parameter.is_bias)


def counted(parameters: Iterable[tuple[bool, int]], dtype: npt.DTypeLike) -> Array:
    """The mask: one number for each entry of the flat vector.

    Args:
        parameters: (whether it counts, size) of each parameter in the order of the flat vector.
        dtype: of the flat vectors.
    """
    parts = [np.full(size, counts, dtype) for counts, size in parameters]
    return np.concatenate(parts) if parts else np.zeros(0, dtype)


def penalty(spec: Regularization, params: Array, mask: Array, scratch: Array) -> float:
    """l1·Σ|w| + ½·l2·Σw² over the masked entries; scratch (P,) is overwritten."""
    np.multiply(params, mask, scratch)
    total = 0.5 * spec.l2 * float(np.dot(scratch, scratch)) if spec.l2 > 0 else 0.0
    if spec.l1 > 0:
        np.absolute(scratch, scratch)
        total += spec.l1 * float(np.add.reduce(scratch))
    return total


def add_penalty_gradient(grad: Array, spec: Regularization, params: Array, mask: Array, scratch: Array) -> None:
    """grad += l1·sign(w) + l2·w over the masked entries (sign(0) = 0); scratch (P,) is overwritten."""
    if spec.l2 > 0:
        np.multiply(params, mask, scratch)
        np.multiply(scratch, spec.l2, scratch)
        np.add(grad, scratch, grad)
    if spec.l1 > 0:
        np.sign(params, scratch)
        np.multiply(scratch, mask, scratch)
        np.multiply(scratch, spec.l1, scratch)
        np.add(grad, scratch, grad)
