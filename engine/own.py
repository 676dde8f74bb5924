"""An example of the person's own: drawn, typed or measured, read as the data are and followed like any of them."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from engine.arrays import Array
from engine.datasets import Dataset, encode_text
from engine.datasets.text import ids_of
from engine.editing import numbers
from engine.errors import ShapeMismatch, SpecError, UnknownName, not_one
from engine.network import Network
from engine.words import say

#: Of ``Given``: exactly one of these.
WAYS = ("inputs", "raw", "text")


@dataclass(frozen=True)
class Given:
    """An example as a person gives it: exactly one of the first three.

    Args:
        inputs: as the network takes it.
        raw: as measured: a number for each column.
        text: characters.
        target: what is right for it: a class (name or index), numbers as measured, or a text; None if nobody says.
    """

    inputs: list[Any] | None = None
    raw: list[Any] | None = None
    text: str | None = None
    target: Any = None


@dataclass(frozen=True)
class Own:
    """That example, as the network takes it.

    Args:
        inputs: (*shape).
        raw: as it was given: numbers as measured, or tokens.
        text: likewise; None if it is no text.
        target: encoded for the loss; None if nobody says what is right.
        label: what is right, in words; None likewise.
    """

    inputs: Array
    raw: Array
    text: str | None
    target: Array | None
    label: str | None

    def fits(self, network: Network) -> bool:
        """Whether the network still takes such an example, and answers in that form."""
        graph = network.graph
        if self.inputs.shape != graph.input_layer.shape or bool(self.text) != bool(network.dataset.tokens):
            return False
        return self.target is None or self.target.shape == graph.nodes["target"].shape


def read_own(network: Network, given: Given) -> Own:
    """The example as the network takes it.

    Raises:
        SpecError: it is given in no way, or in several; a character or class that there is not; no finite numbers.
        ShapeMismatch: it is not shaped like an example.
    """
    ways = [name for name in WAYS if getattr(given, name) is not None]
    if len(ways) != 1:
        raise SpecError(not_one(WAYS, ways))
    inputs, raw = _inputs(network, given)
    target = _target(network.dataset, given, raw)
    encoded = None if target is None else network.reading.accept(target[None], network.spec.dtype, ("target",))[0]
    return Own(inputs, raw, given.text, encoded, None if target is None else _label(network.dataset, target))


def _inputs(network: Network, given: Given) -> tuple[Array, Array]:
    """What the network takes, and what was given."""
    dataset, shape = network.dataset, network.graph.input_layer.shape
    if given.text is not None:
        ids, _ = encode_text(dataset, given.text, ("text",))
        return ids.astype(network.spec.dtype), ids
    if given.raw is not None:
        raw = numbers(given.raw, np.float64, "raw", ("raw",))
        if raw.shape != dataset.raw_train.shape[1:]:
            raise ShapeMismatch("an example as measured", dataset.raw_train.shape[1:], raw.shape, ("raw",))
        return dataset.transform(raw[None])[0].astype(network.spec.dtype), raw
    inputs = numbers(given.inputs, network.spec.dtype, "inputs", ("inputs",))
    if inputs.shape != shape:
        raise ShapeMismatch("an example", shape, inputs.shape, ("inputs",))
    if network.graph.tokens is not None:
        network.graph.tokens.check(inputs[None], ("inputs",))
    return inputs, inputs * dataset.transform.brightest


def _target(dataset: Dataset, given: Given, raw: Array) -> Array | None:
    """What is right, as the loss's reading accepts it; where the next token is asked for, the text itself says it."""
    if dataset.task == "sequence":
        if given.target is None:
            return np.append(raw[1:], 0.0) if dataset.tokens == dataset.target_tokens else None
        return _steps(dataset, given.target)
    if given.target is None:
        return None
    if dataset.task == "classification":
        return np.array([float(_class_of(dataset, given.target))])
    target = np.atleast_1d(numbers(given.target, np.float64, "target", ("target",)))
    if dataset.target_scale is None:
        return target
    mean, std = np.array(dataset.target_scale).T
    return np.asarray((target - mean) / std)


def _steps(dataset: Dataset, target: object) -> Array:
    """(T,): the tokens of a text, ended and padded with 0."""
    if not isinstance(target, str):
        raise SpecError(say("the target is a text here, but a {name} came", name=type(target).__name__), ("target",))
    ids, steps = ids_of(target, dataset.target_tokens, ("target",)), dataset.t_train.shape[1]
    if len(ids) > steps:
        raise SpecError(
            say("at most {steps} characters are expected, but {count} came", steps=steps, count=len(ids)), ("target",)
        )
    return np.array([*ids, *[0] * (steps - len(ids))], float)


def _class_of(dataset: Dataset, target: object) -> int:
    if isinstance(target, str):
        if target not in dataset.classes:
            raise UnknownName("class", target, dataset.classes, ("target",))
        return dataset.classes.index(target)
    if isinstance(target, bool) or not isinstance(target, int) or not 0 <= target < len(dataset.classes):
        most = len(dataset.classes) - 1
        raise SpecError(
            say("the target is a class, its name or 0 to {most}, but {target} came", most=most, target=repr(target)),
            ("target",),
        )
    return target


def _label(dataset: Dataset, target: Array) -> str | None:
    if dataset.task == "classification":
        return dataset.classes[int(target[0])]
    return None
