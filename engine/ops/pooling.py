"""What the poolings share: shapes, and the errors about them."""

from engine.arrays import Shape
from engine.errors import ShapeMismatch
from engine.ops.windows import Padding, Pair, places


def pooled(name: str, x: Shape, size: Pair, stride: Pair, padding: Padding) -> Shape:
    """(N, C, H, W) -> (N, C, Hout, Wout)."""
    if len(x) != 4:
        raise ShapeMismatch(f"{name}: x", ("N", "C", "H", "W"), x)
    down, across = (places(x[2 + axis], size[axis], stride[axis], padding[axis]) for axis in (0, 1))
    if min(down, across) < 1:
        least = (f"at least {max(1, size[axis] - sum(padding[axis]))}" for axis in (0, 1))
        raise ShapeMismatch(f"{name} (a smaller window or more padding helps): x", ("N", x[1], *least), x)
    return (*x[:2], down, across)
