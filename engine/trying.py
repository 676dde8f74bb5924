"""Try it yourself: what the network makes of an example of one's own, and which inputs would excite it most."""

from dataclasses import dataclass, replace
from typing import Any, Literal

import numpy as np

from engine.arrays import Array
from engine.datasets.text import END
from engine.dreaming import Ascent, Start, Wish, beginning
from engine.errors import SpecError
from engine.generating import Writer
from engine.network import Network
from engine.own import Given, Own, read_own
from engine.sensing import Index, Saliency, saliency, strength
from engine.words import say

Example = int | Literal["own"]


@dataclass(frozen=True)
class Answer:
    """What the network says to one example.

    Args:
        says: in words; a number as measured.
        shares: of each class, in the order of the classes; None where there are none, or the outputs are no shares.
        outputs: as they are.
        loss: None if nobody says what is right.
    """

    says: str
    shares: Array | None
    outputs: Array
    loss: float | None


@np.errstate(all="ignore")
def answer_to(network: Network, own: Own) -> Answer:
    """Run it through the network as it stands."""
    inputs = own.inputs[None]
    if own.target is None:
        values, loss = network.evaluator.forward(inputs), None
    else:
        probe = network.evaluator.backward(inputs, own.target[None])
        values, loss = probe.values, probe.loss
    outputs, scores = values[network.graph.output][0], values[network.graph.scores][0]
    votes = shares_of(network, outputs[None], scores[None])
    vote = None if votes is None else votes[0]
    return Answer(says(network, outputs, vote), vote, outputs.copy(), loss)


def shares_of(network: Network, outputs: Array, scores: Array) -> Array | None:
    """Of each class, (n, classes), adding up to 1; None where the outputs (n, …) are no shares."""
    reading = network.reading
    if network.dataset.task != "classification":
        return None
    if reading.loss.exclusive:
        raised = np.exp(scores.astype(float) - scores.max(axis=-1, keepdims=True))
        return np.asarray(raised / raised.sum(axis=-1, keepdims=True))
    if reading.loss.name == "binary_cross_entropy" and outputs.shape[1:] == (1,):
        return np.concatenate([1 - outputs, outputs], axis=1, dtype=float)
    return None


def says(network: Network, outputs: Array, votes: Array | None) -> str:
    """The answer to one example in words; a number as measured."""
    dataset, reading = network.dataset, network.reading
    if dataset.task == "sequence":
        ends = dataset.target_tokens.index(END) if END in dataset.target_tokens else -1
        return "".join("" if k == ends else dataset.target_tokens[k] for k in outputs.argmax(axis=-1))
    if dataset.task == "classification":
        if votes is not None:
            return dataset.classes[int(votes.argmax())]
        read = reading.classes_of(outputs[None])
        return dataset.classes[int(read[0])] if read is not None else ""
    mean, std = np.array(dataset.target_scale or [(0.0, 1.0)] * len(outputs)).T
    return ", ".join(f"{value:.4g}" for value in outputs * std + mean)


def example_of(network: Network, given: Given | None, example: Example | None, own: Own | None) -> Own:
    """The example that is meant: given here, one of the training part by its number, or one's own that was set.

    Raises:
        SpecError: it is named in no way or in several, or there is no such example.
    """
    if (given is None) == (example is None):
        raise SpecError(
            say("give one example: inputs, raw, text, or the number of one of the training part"), ("example",)
        )
    if given is not None:
        return read_own(network, given)
    if example == "own":
        if own is None:
            raise SpecError(say("no example of your own is set"), ("example",))
        return own
    return _of_training(network, int(example or 0))


def _of_training(network: Network, example: int) -> Own:
    count = len(network.inputs["train"])
    if not 0 <= example < count:
        raise SpecError(
            say(
                "there are {count:,} training examples, 0 to {last}, but {example} came",
                count=count,
                last=count - 1,
                example=example,
            ),
            ("example",),
        )
    raw = np.array(network.dataset.raw_train[example])
    return Own(network.inputs["train"][example].copy(), raw, None, network.targets["train"][example], None)


def saliency_of(network: Network, own: Own, node: str | None, index: Index | None) -> Saliency:
    """How a number answers to each number of this example; ``loss`` is one too, if it is known what is right.

    Raises:
        UnknownName, SpecError: there is no such number, or it does not depend on the input.
    """
    if node == "loss":
        return _of_loss(network, own)
    return saliency(network.graph, network.trainer.plan.params, own.inputs[None], node, index)


@np.errstate(all="ignore")
def _of_loss(network: Network, own: Own) -> Saliency:
    if own.target is None:
        raise SpecError(say("the loss needs to know what is right: give a target"), ("target",))
    probe = network.evaluator.backward(own.inputs[None], own.target[None])
    source = next((name for name in network.graph.sensed if name in probe.gradients), None)
    if source is None:
        raise SpecError(say("the loss does not depend on the input"), ("node",))
    gradient = probe.gradients[source]
    return Saliency("loss", ((),), np.array([probe.loss]), source, gradient, strength(gradient))


def bounds_of(network: Network) -> tuple[float, float] | None:
    """What numbers of an input keep to: pixels to 0 and 1."""
    return (0.0, 1.0) if len(network.graph.input_layer.shape) == 3 else None


def ascent(network: Network, wish: Wish, start: Start, own: Own | None, seed: int) -> Ascent:
    """Begin to climb; the first step is taken.

    Args:
        network: as it stands; its weights are shared, so they must not move meanwhile.
        wish: what is climbed; pixels stay within 0 and 1.
        start: where from.
        own: the example to start from, for ``start="example"``.
        seed: of the noise.

    Raises:
        UnknownName, SpecError, LimitExceeded: as ``Ascent`` says.
    """
    wish = replace(wish, bounds=wish.bounds or bounds_of(network))
    if start == "example":
        if own is None:
            raise SpecError(say("an example to start from is missing"), ("example",))
        return Ascent(network.graph, network.trainer.plan.params, wish, own.inputs)
    begin = beginning(start, network.graph.input_layer.shape, wish.bounds, seed)
    return Ascent(network.graph, network.trainer.plan.params, wish, begin)


def writer(network: Network, **wish: Any) -> Writer:
    """Begin to write a text; ``prime, length, temperature, seed`` as in ``Writer``."""
    return Writer(network.spec, network.dataset, network.trainer.plan.params, **wish)
