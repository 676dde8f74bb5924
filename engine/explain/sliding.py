"""Where a sliding window looks: which numbers lie under it at a place, and which places look at a number.

Sequences (N, T, D) are told as images of height 1; ``Slide`` turns indices of the one into those of the other.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

from engine.arrays import Shape
from engine.explain.explanation import Index
from engine.explain.view import View, shape_of
from engine.layers import Node
from engine.ops.sequences import in_the_plane
from engine.ops.windows import Padding, Pair

OVER_TIME = frozenset({"conv1d", "correlate1d"})


class Slide(NamedTuple):
    """The window of one node; all indices are those of images: (n, c, h, w), places (i, j), offsets (p, q)."""

    image: Pair
    places: Pair
    size: Pair
    stride: Pair
    padding: Padding
    dilation: Pair
    groups: int
    over_time: bool

    def under(self, i: int, j: int) -> Iterator[tuple[int, int, int, int]]:
        """(p, q, h, w) of each number under the window at a place, in row-major order; padding is left out."""
        for p in range(self.size[0]):
            for q in range(self.size[1]):
                h, w = self._at((i, j), (p, q))
                if 0 <= h < self.image[0] and 0 <= w < self.image[1]:
                    yield p, q, h, w

    def over(self, h: int, w: int) -> Iterator[tuple[int, int, int, int]]:
        """(i, j, p, q) of each place whose window lies on a number, and which of its entries does."""
        for p in range(self.size[0]):
            for q in range(self.size[1]):
                i, across = self._place(0, h, p), self._place(1, w, q)
                if i is not None and across is not None:
                    yield i, across, p, q

    def seen(self, p: int, q: int) -> Iterator[tuple[int, int, int, int]]:
        """(i, j, h, w) of every place, and what the entry (p, q) of its window lies on; padding is left out."""
        for i in range(self.places[0]):
            for j in range(self.places[1]):
                h, w = self._at((i, j), (p, q))
                if 0 <= h < self.image[0] and 0 <= w < self.image[1]:
                    yield i, j, h, w

    def image_index(self, index: Index) -> tuple[int, int, int, int]:
        """(n, t, d) -> (n, d, 0, t); an image's index as it is."""
        if self.over_time:
            return index[0], index[2], 0, index[1]
        return index[0], index[1], index[2], index[3]

    def own_index(self, n: int, c: int, h: int, w: int) -> Index:
        """The way back."""
        return (n, w, c) if self.over_time else (n, c, h, w)

    def kernel_index(self, f: int, c: int, p: int, q: int) -> Index:
        """An entry of the kernel: (f, d, k) over time."""
        return (f, c, q) if self.over_time else (f, c, p, q)

    def _at(self, place: Pair, offset: Pair) -> Pair:
        h, w = (place[a] * self.stride[a] + offset[a] * self.dilation[a] - self.padding[a][0] for a in (0, 1))
        return h, w

    def _place(self, axis: int, number: int, offset: int) -> int | None:
        """The place whose entry at this offset lies on the number."""
        start = number + self.padding[axis][0] - offset * self.dilation[axis]
        place, rest = divmod(start, self.stride[axis])
        return place if rest == 0 and 0 <= place < self.places[axis] else None


def slide_of(view: View, node: Node) -> Slide:
    """The window of a convolution or a pooling."""
    assert node.op is not None
    over_time = node.op in OVER_TIME
    options: dict[str, Any] = in_the_plane(**node.options) if over_time else dict(node.options)
    image, places = (_plane(shape, over_time) for shape in (shape_of(view.graph, node.inputs[0]), node.shape))
    size = options.pop("size", None)
    if size is None:
        kernel = shape_of(view.graph, node.inputs[1])
        size = (1, kernel[2]) if over_time else (kernel[2], kernel[3])
    defaults: dict[str, Any] = {"dilation": (1, 1), "groups": 1}
    return Slide(image, places, size, **{**defaults, **options}, over_time=over_time)


def _plane(shape: Shape, over_time: bool) -> Pair:
    """Height and width of one example."""
    return (1, shape[0]) if over_time else (shape[1], shape[2])
