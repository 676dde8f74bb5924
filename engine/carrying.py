"""What a new network takes over from the old one: every weight that fits; of a layer of another size what both have."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from engine.arrays import Array
from engine.graph import Graph
from engine.trainer import Trainer

#: Layers whose units stand one after the other along an axis, and how many blocks (gates) of units the axis has.
BLOCKS = {"dense": 1, "conv1d": 1, "conv2d": 1, "layer_norm": 1, "batch_norm": 1, "rnn": 1, "lstm": 4, "gru": 3}
#: A layer that reads one of these finds each number at another place when what they read has another size.
SHUFFLED = frozenset({"concat", "reshape", "slice", "transpose", "one_hot"})


@dataclass(frozen=True)
class Carried:
    """Names of the parameters that a new network took over, took over in part, made anew, and no longer has."""

    kept: list[str]
    resized: list[str]
    initialised: list[str]
    dropped: list[str]


def carry_over(old: Trainer, new: Trainer, renamed: Mapping[str, str] | None = None) -> Carried:
    """Copy what fits: every parameter of the same name and shape; the slots if the optimizer and all parameters are.

    A layer of another size keeps the units that it still has. Otherwise the optimizer begins anew, with its slots at 0
    and its own count of steps: one count serves all parameters, and beside a fresh slot an old count would leave the
    bias correction out.

    Args:
        old: what it is taken from.
        new: what it is given to.
        renamed: new name of a layer -> its old one.
    """
    was, now = old.graph.parameters, new.graph.parameters
    names = {name: _old_name(name, now[name].layer, renamed or {}) for name in now}
    kept = [name for name in now if names[name] in was and was[names[name]].shape == now[name].shape]
    goes_on = len(kept) == len(now) and old.spec.optimizer.type == new.spec.optimizer.type
    new.optimizer_start = old.optimizer_start if goes_on else old.step
    for name in kept:
        np.copyto(new.plan.parameters[name], old.plan.parameters[names[name]], casting="same_kind")
        if goes_on:
            _carry_slots(name, names[name], old, new)
    resized = [name for name in now if name not in kept and _carry_part(name, old, new)]
    rest = [name for name in now if name not in kept and name not in resized]
    gone = [name for name in was if name not in names.values()]
    return Carried(kept, resized, rest, gone)


def _old_name(name: str, layer: str, renamed: Mapping[str, str]) -> str:
    return renamed[layer] + name[len(layer) :] if layer in renamed else name


def _carry_slots(name: str, before: str, old: Trainer, new: Trainer) -> None:
    for slot, vector in new.slots.items():
        np.copyto(new.plan.view(vector, name), old.plan.view(old.slots[slot], before), casting="same_kind")


def _carry_part(name: str, old: Trainer, new: Trainer) -> bool:
    """Copy the units that both have; whether there are any that mean the same in both."""
    was, now = old.graph.parameters.get(name), new.graph.parameters[name]
    if was is None or len(was.shape) != len(now.shape) or old.spec.dataset != new.spec.dataset:
        return False
    blocks = _blocks(now.layer, old.graph, new.graph)
    kernel = was.shape[2:] == now.shape[2:] or len(now.shape) < 3  # a window of another size is another pattern
    if not blocks or not kernel:
        return False
    source, target = (_by_block(t.plan.parameters[name], blocks) for t in (old, new))
    both = tuple(slice(0, min(a, b)) for a, b in zip(source.shape, target.shape, strict=True))
    np.copyto(target[both], source[both], casting="same_kind")
    return True


def _by_block(array: Array, blocks: int) -> Array:
    """A view in which the gates have an axis of their own."""
    return array if blocks == 1 else array.reshape(*array.shape[:-1], blocks, array.shape[-1] // blocks)


def _blocks(layer: str, old: Graph, new: Graph) -> int:
    """0 if the layer is not of a kind, or does not read what it read, so that places could be compared."""
    was, now = old.layers.get(layer), new.layers[layer]
    if was is None or was.spec.type != now.spec.type or was.inputs != now.inputs:
        return 0
    alike = all(_same_places(source, old, new) for source in now.inputs)
    return BLOCKS.get(now.spec.type, 0) if alike else 0


def _same_places(layer: str, old: Graph, new: Graph) -> bool:
    """Whether what both have of this layer's value stands at the same places in both."""
    was, now = old.layers.get(layer), new.layers[layer]
    if was is None or was.spec.type != now.spec.type or now.spec.type in SHUFFLED:
        return False
    if was.shape == now.shape or now.spec.type in BLOCKS or now.spec.type == "embedding":
        return True
    if was.inputs != now.inputs or not all(_same_places(source, old, new) for source in now.inputs):
        return False
    flat = now.spec.type == "flatten"  # map after map: they stay where they are if they are as large as before
    return not flat or all(old.layers[source].shape[1:] == new.layers[source].shape[1:] for source in now.inputs)
