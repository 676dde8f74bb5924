"""Units that are held at a value: between a layer and its readers stands a ``clamp``.

What others read stays ``<id>.a``; what the layer itself comes to is then ``<id>.free``. A recurrent layer's own memory
is not held: only what it says to others.
"""

from dataclasses import replace

from engine.errors import SpecError
from engine.layers import Expansion
from engine.spec import InputLayer, LayerSpec
from engine.words import say

#: How the name ends of what a layer comes to before some of its units are held.
FREE = "free"


def held(layer: LayerSpec, expansion: Expansion, index: int | None, *, is_output: bool) -> Expansion:
    """The expansion with its clamps, if the description has any.

    Raises:
        SpecError: the layer has no such unit, or none that can be held.
    """
    if not layer.clamps:
        return expansion
    _check_can_hold(layer, index, is_output=is_output)
    natural = expansion.value_node
    axis = 0 if len(natural.shape) == 3 else -1  # of images a unit is a map
    _check_units(layer, natural.shape[axis], index)
    free = replace(natural, name=f"{layer.id}.{FREE}")
    options = {"axis": axis, "held": {int(unit): value for unit, value in layer.clamps.items()}}
    clamp = replace(natural, op="clamp", inputs=(free.name,), options=options, block=None, slot=0, cuts=())
    place = expansion.nodes.index(natural)
    nodes = (*expansion.nodes[:place], free, clamp, *expansion.nodes[place + 1 :])
    return replace(expansion, nodes=nodes, value=natural.name)


def _check_can_hold(layer: LayerSpec, index: int | None, *, is_output: bool) -> None:
    if not (is_output or isinstance(layer, InputLayer)):
        return
    what = say("holds the targets' counterpart, which the loss compares") if is_output else say("holds the data")
    message = say(
        '"{id}" {what}: only units of the layers between input and output can be clamped', id=layer.id, what=what
    )
    raise SpecError(message, ("layers", index or 0, "clamps"))


def _check_units(layer: LayerSpec, units: int, index: int | None) -> None:
    for unit in layer.clamps:
        if int(unit) >= units:
            message = say(
                'layer "{id}" has {units} units, 0 to {last}: there is no unit {unit} to clamp',
                id=layer.id,
                units=units,
                last=units - 1,
                unit=unit,
            )
            raise SpecError(message, ("layers", index or 0, "clamps", unit))
