"""s[n,k] = Σₘ h[n,m] keys[n,k,m]; h (N, M), keys (N, S, M), mask and s (N, S): how well each place of a sequence fits.

Where the mask is 0 (padding) s is -10³⁰, so that its softmax is 0. The dot score of Luong, Pham & Manning, "Effective
Approaches to Attention-based Neural Machine Translation", 2015.
"""

import numpy as np

from engine.arrays import Array, Shape
from engine.errors import ShapeMismatch
from engine.ops.base import Op, Vjp

#: The score of padding: its exponential is 0 in either dtype.
NOWHERE = -1e30


def shape(h: Shape, keys: Shape, *mask: Shape) -> Shape:
    """(N, M), (N, S, M), (N, S) -> (N, S)."""
    if len(keys) != 3 or (keys[0], keys[2]) != h:
        raise ShapeMismatch("attend: keys", (h[0], "S", *h[1:]), keys)
    for given in mask:
        if given != keys[:2]:
            raise ShapeMismatch("attend: mask", keys[:2], given)
    return keys[:2]


def forward(s: Array, h: Array, keys: Array, *mask: Array) -> None:
    """s = keys h, and -10³⁰ at the padding."""
    np.einsum("nm,nkm->nk", h, keys, out=s)
    for real in mask:
        np.copyto(s, NOWHERE, where=real == 0)


def vjp_h(dh: Array, ds: Array, s: Array, h: Array, keys: Array, *mask: Array) -> None:
    """dh = Σₖ ds[k] keys[k]; at the padding ds is 0, for its weight is."""
    np.einsum("nk,nkm->nm", ds, keys, out=dh)


def vjp_keys(dkeys: Array, ds: Array, s: Array, h: Array, keys: Array, *mask: Array) -> None:
    """dkeys[k] = ds[k] h."""
    np.multiply(ds[:, :, None], h[:, None, :], dkeys)


ATTEND = Op(
    name="attend",
    formula=r"s_k = h \cdot \text{keys}_k",
    summary="Asks every place of a sequence how well it fits what is being said.",
    inputs=("h", "keys", "mask*"),
    shape=shape,
    forward=forward,
    vjps=(
        Vjp("h", r"dh = \textstyle\sum_k ds_k\, \text{keys}_k", vjp_h),
        Vjp("keys", r"d\text{keys}_k = ds_k\, h", vjp_keys),
    ),
    example=lambda rng: (rng.normal(size=(4, 3)), rng.normal(size=(4, 5, 3))),
)
