"""What one example of the batch brings to a number that all examples share."""

from typing import cast

import numpy as np

from engine.arrays import Array
from engine.explain.terms import is_batched
from engine.explain.view import View


class Alone:
    """The same buffers, in which every other example's gradients are 0: what is left of a sum is this one's part.

    Args:
        view: all of them.
        row: the example's row in the batch.
    """

    def __init__(self, view: View, row: int) -> None:
        self._view, self._row = view, row
        self._gradients: dict[str, Array | None] = {}

    def __getattr__(self, name: str) -> object:
        """Everything else is as it is."""
        return getattr(self._view, name)

    def gradient(self, name: str) -> Array | None:
        """Of this example alone; of what has no examples as it is."""
        if name not in self._gradients:
            self._gradients[name] = self._masked(name)
        return self._gradients[name]

    def _masked(self, name: str) -> Array | None:
        whole = self._view.gradient(name)
        if whole is None or not is_batched(self._view.graph, name):
            return whole
        mine = np.zeros_like(whole)
        mine[self._row] = whole[self._row]
        return mine


def alone(view: View, row: int) -> View:
    """The view of one example."""
    return cast(View, Alone(view, row))
