"""Saturated units: where the local derivative of a sigmoid or tanh is nearly 0, so that hardly a gradient passes.

Of tanh the local derivative is 1 - a², at most 1; of the sigmoid a (1 - a), at most 1/4. Nearly 0 is below a twentieth
of the most. An activation that the loss swallows (fused) is no obstacle: the gradient goes round it.
"""

from collections.abc import Iterator

import numpy as np

from engine.arrays import Array
from engine.layers import Node
from engine.numbers import Numbers

#: Less than this part of the largest local derivative is nearly 0.
NEARLY = 0.05
#: |a - middle| · scale beyond this: 1 - (…)² < NEARLY, for tanh as it is, for the sigmoid about ½, twice as steep.
BEYOND = (1 - NEARLY) ** 0.5
#: op -> (middle, scale)
LIMITED = {"tanh": (0.0, 1.0), "sigmoid": (0.5, 2.0)}
#: So many numbers are looked at, at most, of each quantity: evenly spaced examples.
MOST_LOOKED_AT = 65_536


def saturated(numbers: Numbers) -> dict[str, float | None]:
    """Layer -> share of its sigmoid and tanh numbers (units, gates; examples of the batch) that are saturated.

    None where they are not computed; layers without such numbers are missing.
    """
    found: dict[str, float | None] = {}
    for layer in numbers.graph.layers:
        values = list(_values(numbers, layer))
        if values:
            known = [(op, value) for op, value in values if value is not None]
            found[layer] = _share(known) if len(known) == len(values) else None
    return found


def _values(numbers: Numbers, layer: str) -> Iterator[tuple[str, Array | None]]:
    """(op, value with the examples first) of each quantity of a layer through which a gradient has to pass."""
    for name in numbers.graph.layers[layer].nodes:
        node = numbers.graph.nodes[name]
        if not node.block and _is_limited(numbers, node):
            yield node.op or "", numbers.value(name)
    for block in numbers.network.blocks.values():
        if block.layer == layer and any(_is_limited(numbers, node) for node in block.nodes):
            value, computed = numbers.sequence(block, "value", slice(None))
            yield block.nodes[0].op or "", np.swapaxes(value, 0, 1) if value is not None and computed.all() else None


def _is_limited(numbers: Numbers, node: Node) -> bool:
    return node.op in LIMITED and (node.name, "gradient") in numbers.network.writers


def _share(values: list[tuple[str, Array]]) -> float:
    count = total = 0
    for op, value in values:
        middle, scale = LIMITED[op]
        some = value[:: max(1, -(-value.size // MOST_LOOKED_AT))]
        count += int(np.count_nonzero(np.abs(some - middle) * scale > BEYOND))
        total += some.size
    return count / total
