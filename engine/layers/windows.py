"""Windows as a description gives them -> as the operations take them."""

from typing import Any

from engine.arrays import Shape
from engine.errors import ShapeMismatch, SpecError
from engine.layers.base import Source
from engine.ops.windows import Padding, Pair, same_padding
from engine.spec.images import PaddingSpec, PoolLayer, Size
from engine.words import say


def pair(size: Size) -> Pair:
    """One number for both axes, or (down, across)."""
    return (size, size) if isinstance(size, int) else size


def padding_of(padding: PaddingSpec, image: Shape, size: Pair, stride: Pair, dilation: Pair = (1, 1)) -> Padding:
    """Zeros (above, below), (left, right) of an image (H, W)."""
    if padding == "same":
        down, across = (same_padding(image[axis], size[axis], stride[axis], dilation[axis]) for axis in (0, 1))
        return down, across
    vertical, horizontal = (0, 0) if isinstance(padding, str) else pair(padding)
    return (vertical, vertical), (horizontal, horizontal)


def image_of(kind: str, identifier: str, source: Source) -> Shape:
    """(H, W) of what a layer reads.

    Raises:
        ShapeMismatch: if it reads no images.
    """
    if len(source.shape) != 3:
        hint = say("images have channels, height and width; a reshape layer makes them")
        raise ShapeMismatch(
            say('{kind} layer "{identifier}" ({hint})', kind=kind, identifier=identifier, hint=hint),
            ("N", "C", "H", "W"),
            ("N", *source.shape),
        )
    return source.shape[1:]


def pool_options(spec: PoolLayer, image: Shape) -> dict[str, Any]:
    """Options of a pooling on an image (H, W).

    Raises:
        SpecError: if a window could stand on padding alone.
    """
    size = pair(spec.size)
    stride = size if spec.stride is None else pair(spec.stride)
    padding = padding_of(spec.padding, image, size, stride)
    if any(max(zeros) >= size[axis] for axis, zeros in enumerate(padding)):
        raise SpecError(
            say(
                "it pads by {padding}, but its window is {value} × {value_2}: a padding smaller than "
                "the window is expected, so that each window holds a number",
                padding=spec.padding,
                value=size[0],
                value_2=size[1],
            ),
            ("padding",),
        )
    return {"size": size, "stride": stride, "padding": padding}
