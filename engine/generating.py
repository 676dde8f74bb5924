"""Writing: a network that tells the next token at every step is asked for one token after the other.

The same parameters are compiled for one time step; the recurrent layers' last states are copied to where the next step
begins. So a text of L tokens costs L steps, and each answer is, bit for bit, what the network would say at that place
of a long sequence. Tokens are drawn with probability softmax(logits / temperature); at temperature 0 the likeliest is
taken. Index 0 of the vocabulary begins a text and ends it.
"""

from dataclasses import dataclass

import numpy as np

from engine.arrays import Array
from engine.datasets import Dataset
from engine.datasets.text import ids_of
from engine.errors import LimitExceeded, SpecError
from engine.graph import Form, Graph, compile_graph
from engine.plan import Plan
from engine.spec import ActivationLayer, LayerSpec, SessionSpec
from engine.words import say

#: Layers that look at nothing but their own time step, or at what came before it.
FORWARD_IN_TIME = frozenset(
    {
        "input",
        "one_hot",
        "embedding",
        "dense",
        "activation",
        "dropout",
        "layer_norm",
        "add",
        "multiply",
        "concat",
        "rnn",
        "lstm",
        "gru",
    }
)
#: The axis of a sequence (T, D) along which a softmax stays within a time step.
ALONG_NUMBERS = frozenset({-1, 1})
#: Tokens of one text, its beginning included.
MOST_TOKENS = 4000


@dataclass(frozen=True)
class Written:
    """A text.

    Args:
        text: the beginning that was given, and what was written.
        prime: the beginning.
        ended: whether the network has ended it; else it was cut.
        probabilities: of each token that was written (that of the end too), at temperature 1.
    """

    text: str
    prime: str
    ended: bool
    probabilities: tuple[float, ...]


class OneStep:
    """The network for one time step, with the states that it carries along.

    Args:
        spec: the description.
        params: the flat parameters; shared, never written.

    Raises:
        SpecError: a layer needs more than what came before.
    """

    def __init__(self, spec: SessionSpec, params: Array) -> None:
        for place, layer in enumerate(spec.layers):
            _check_layer(layer, place)
        graph = compile_graph(spec, Form((1,), steps=1))
        self._bound = Plan(graph, 1, params.dtype.name, params=params, purpose="generation").bind(1)
        self._input = self._bound.values[graph.input]
        self._logits = self._bound.values[graph.scores]
        self._states = [self._bound.blocks[block] for block in _states(graph)]

    def read(self, token: int) -> Array:
        """The logits (K,) of what comes after this token and all those before it; a view."""
        self._input.fill(token)
        for call in self._bound.forward:
            call.run()
        for block in self._states:
            np.copyto(block[0], block[1])
        return np.asarray(self._logits[0, 0])

    def begin(self) -> None:
        """Forget what was read."""
        for block in self._states:
            block.fill(0)


class Writer:
    """One text as it is written; each ``go_on`` is a token, so that others can have their turn in between.

    Args:
        spec: the description.
        dataset: its data: texts whose targets are the next tokens.
        params: the flat parameters; shared, never written.
        prime: what the text begins with; may be empty.
        length: so many tokens at most are written.
        temperature: 0 takes the likeliest token, 1 draws as the network says, more is wilder.
        seed: of the drawing.

    Raises:
        SpecError: these data, or this network, write no texts; or an unknown character.
    """

    def __init__(
        self,
        spec: SessionSpec,
        dataset: Dataset,
        params: Array,
        *,
        prime: str = "",
        length: int = 300,
        temperature: float = 1.0,
        seed: int = 0,
    ) -> None:
        _check_data(dataset)
        self._tokens = dataset.target_tokens
        self._waiting = [0, *ids_of(prime, dataset.tokens, ("prime",))]
        if len(self._waiting) + length > MOST_TOKENS:
            raise LimitExceeded("tokens of one text", MOST_TOKENS, len(self._waiting) + length, ("length",))
        self._prime, self._left = prime, length
        self._temperature = temperature
        self._rng = np.random.default_rng(seed)
        self._network = OneStep(spec, params)
        self._written: list[int] = []
        self._probabilities: list[float] = []
        self.done = False

    def go_on(self) -> None:
        """Read the next token; if it was the last that is known, choose another."""
        logits = self._network.read(self._waiting.pop(0)).astype(float)
        if self._waiting:
            return
        token = choose(logits, self._temperature, self._rng)
        self._probabilities.append(float(shares(logits)[token]))
        self._written.append(token)
        self._waiting.append(token)
        self._left -= 1
        self.done = not token or self._left <= 0

    def report(self) -> Written:
        """What has been written so far."""
        written = "".join(self._tokens[token] for token in self._written if token)
        ended = bool(self._written) and not self._written[-1]
        return Written(self._prime + written, self._prime, ended, tuple(self._probabilities))


def shares(logits: Array) -> Array:
    """softmax(logits), (K,) -> (K,)."""
    raised = np.exp(logits - logits.max())
    return np.asarray(raised / raised.sum())


def choose(logits: Array, temperature: float, rng: np.random.Generator) -> int:
    """A token, drawn with probability softmax(logits / temperature); the likeliest at temperature 0."""
    if not temperature:
        return int(logits.argmax())
    return int(rng.choice(len(logits), p=shares(logits / temperature)))


def _states(graph: Graph) -> list[str]:
    """The blocks whose first slot is what a recurrence begins with."""
    return [node.block for node in graph.nodes.values() if node.kind == "state" and node.block]


def _check_data(dataset: Dataset) -> None:
    if not dataset.tokens or dataset.tokens != dataset.target_tokens:
        raise SpecError(
            say("{name} is no data to write texts from: its targets are not the next tokens", name=dataset.name),
            ("spec",),
        )


def _check_layer(layer: LayerSpec, place: int) -> None:
    if layer.type not in FORWARD_IN_TIME:
        message = say(
            'layer "{id}" ({type}) is not known to go forward in time, one token after the other',
            id=layer.id,
            type=layer.type,
        )
        raise SpecError(message, ("spec", "layers", place))
    if isinstance(layer, ActivationLayer) and layer.axis not in ALONG_NUMBERS:
        message = say('layer "{id}" shares out among all time steps: what comes next is not there yet', id=layer.id)
        raise SpecError(message, ("spec", "layers", place, "axis"))
    if getattr(layer, "reverse", False) or getattr(layer, "bidirectional", False):
        raise SpecError(
            say('layer "{id}" reads backwards: what comes next is not there yet', id=layer.id),
            ("spec", "layers", place),
        )
