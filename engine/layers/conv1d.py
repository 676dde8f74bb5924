"""z = x ⋆ kernel + b,  a = activation(z)   with x (N, T, D), kernel (F, D / groups, k), z (N, Tout, F).

A cross-correlation over time: the kernel is not flipped.
"""

from dataclasses import replace

from engine.errors import ShapeMismatch
from engine.layers.base import Expansion, LayerType, Source
from engine.layers.convolution import convolution
from engine.ops.windows import same_padding
from engine.spec.images import Conv1dLayer
from engine.words import say


def expand(spec: Conv1dLayer, sources: tuple[Source, ...]) -> Expansion:
    """``<id>.z`` and ``<id>.a``; parameters ``<id>.kernel`` and, with ``use_bias``, ``<id>.b``.

    If there are as many steps as before, those that were padding are so still.

    Raises:
        ShapeMismatch: if the layer reads no sequences, or too short ones.
    """
    (source,) = sources
    if len(source.shape) != 2:
        hint = say("a sequence has time steps, each a row of numbers; an embedding layer makes one of tokens")
        raise ShapeMismatch(
            say('conv1d layer "{id}" ({hint})', id=spec.id, hint=hint), ("N", "T", "D"), ("N", *source.shape)
        )
    steps, channels = source.shape
    if spec.padding == "same":
        padding = same_padding(steps, spec.kernel, spec.stride, spec.dilation)
    else:
        padding = (0, 0) if isinstance(spec.padding, str) else (spec.padding, spec.padding)
    options = {"stride": spec.stride, "padding": padding, "dilation": spec.dilation, "groups": spec.groups}
    expansion = convolution(spec, source, channels, (spec.kernel,), ("conv1d", "correlate1d"), options)
    keeps_the_steps = spec.stride == 1 and expansion.nodes[-1].shape[0] == steps
    return replace(expansion, mask=source.mask if keeps_the_steps else None)


CONV1D = LayerType(
    name="conv1d",
    summary="A little window slides over the time steps and looks for the same pattern everywhere.",
    formula=r"z = x \star k + b, \quad a = f(z)",
    arity="one",
    expand=expand,
)
