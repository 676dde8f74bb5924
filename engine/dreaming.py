"""Ascent on the input: the example that excites a unit, a feature map or a class, found by backpropagation.

x ← x + learning_rate · g / rms(g)  with g = d(a - ½ l2 Σx²)/dx: the weights stay, the input moves (Erhan, Bengio,
Courville & Vincent 2009; Simonyan, Vedaldi & Zisserman 2014). ``a`` is one number of one node, or the mean of a part.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from engine.arrays import Array, Shape
from engine.errors import LimitExceeded, SpecError
from engine.graph import Graph
from engine.limits import forward_flops
from engine.sensing import Index, Sense
from engine.words import say

#: Floating-point operations that one ascent may take; a forward and a backward pass are three forward passes.
MOST_FLOPS, PASSES = 3e10, 3.0
#: So many inputs on the way are kept, the first and the last among them.
MOMENTS = 9
#: How far noise goes, in parts of the range that inputs keep to.
NOISE = 0.1

Start = Literal["zeros", "noise", "example"]


@dataclass(frozen=True)
class Wish:
    """What is climbed, and how.

    Args:
        node: of a layer.
        index: of the entry, or of a part: (channel,) of a feature map.
        steps: how many.
        learning_rate: how far a step goes, in root mean square over the input's numbers.
        l2: how strongly large numbers are drawn back.
        bounds: what each number of the input keeps to; None: nothing.
    """

    node: str
    index: Index
    steps: int
    learning_rate: float = 0.05
    l2: float = 0.0
    bounds: tuple[float, float] | None = None


@dataclass(frozen=True)
class Ascended:
    """Where it has led.

    Args:
        node: as in the wish.
        index: likewise.
        input: (*shape): the example that was found.
        values: (steps + 1,) of what is climbed, before each step and after the last.
        moments: steps at which the inputs on the way were kept.
        inputs: (moments, *shape): those.
        finite: false if it was stopped where a number was no longer finite.
    """

    node: str
    index: Index
    input: Array
    values: Array
    moments: tuple[int, ...]
    inputs: Array
    finite: bool


class Ascent:
    """One climb; each ``go_on`` is a step, so that others can have their turn in between.

    Args:
        graph: the network.
        params: its flat parameters; shared, never written.
        wish: what is climbed.
        start: (*shape): where it begins.

    Raises:
        UnknownName, SpecError: there is no such node or entry, or the input cannot be moved.
        LimitExceeded: it would take too long.
    """

    def __init__(self, graph: Graph, params: Array, wish: Wish, start: Array) -> None:
        if graph.tokens is not None:
            raise SpecError(
                say("the inputs are tokens: there is nothing between one and the next to climb along"), ("node",)
            )
        most = int(MOST_FLOPS / (PASSES * forward_flops(graph)))
        if wish.steps > most:
            raise LimitExceeded("steps of an ascent of this network", most, wish.steps, ("steps",))
        self._wish = wish
        self._sense = Sense(graph, params, wish.node, 1)
        self._indices = self._sense.indices(wish.index)
        self._x = start.astype(params.dtype)[None]
        self._values: list[float] = []
        self._kept: dict[int, Array] = {}
        self._moments = {round(part * wish.steps / (MOMENTS - 1)) for part in range(MOMENTS)}
        self.done = False
        self.go_on()

    @np.errstate(all="ignore")
    def go_on(self) -> None:
        """Measure where it stands, and take a step unless it was the last."""
        sense, wish, taken = self._sense, self._wish, len(self._values)
        sense.forward(self._x)
        self._values.append(float(sense.values(self._indices)[0]))
        if taken in self._moments:
            self._kept[taken] = self._x[0].copy()
        self.done = taken == wish.steps or not np.isfinite(self._values[-1])
        if not self.done:
            sense.backward(self._indices)
            self._move(sense.gradient - wish.l2 * self._x)

    def _move(self, gradient: Array) -> None:
        rms = float(np.sqrt(np.mean(gradient * gradient)))
        if rms:
            self._x += (self._wish.learning_rate / rms) * gradient
        if self._wish.bounds:
            np.clip(self._x, *self._wish.bounds, out=self._x)

    def report(self) -> Ascended:
        """What has been found so far."""
        return Ascended(
            node=self._wish.node,
            index=self._wish.index,
            input=self._x[0].copy(),
            values=np.array(self._values),
            moments=tuple(self._kept),
            inputs=np.array(list(self._kept.values())),
            finite=bool(np.isfinite(self._values[-1])),
        )


def beginning(start: Literal["zeros", "noise"], shape: Shape, bounds: tuple[float, float] | None, seed: int) -> Array:
    """(*shape): 0, or noise around the middle of what the numbers keep to."""
    if start == "zeros":
        return np.zeros(shape)
    low, high = bounds or (-1.0, 1.0)
    drawn = np.random.default_rng(seed).normal(size=shape)
    return np.asarray((low + high) / 2 + NOISE * (high - low) * drawn)
