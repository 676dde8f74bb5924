"""A text of one's own, translated: what a decoder writes of it, how likely each symbol was, and where it looked."""

from dataclasses import dataclass

import numpy as np

from engine.arrays import Array
from engine.datasets import encode_text
from engine.datasets.text import END
from engine.decoding import Choice, Writer, best, drawn, until_end
from engine.errors import SpecError
from engine.generating import shares
from engine.network import Network
from engine.words import say


@dataclass(frozen=True)
class Looked:
    """Where the decoder looked while it wrote.

    Args:
        rows: symbols that were written.
        columns: symbols that were read.
        weights: (rows, columns); each row adds up to 1.
    """

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    weights: Array


@dataclass(frozen=True)
class Translated:
    """What was written.

    Args:
        text: without the end.
        tokens: its symbols, the end among them if it was written.
        probabilities: of each of them, at temperature 1; None where the network's scores are no logits of a softmax.
        ended: whether the network has ended it; else it was cut.
        attention: None without attention, or if what is looked at is not the text's own places.
    """

    text: str
    tokens: tuple[str, ...]
    probabilities: tuple[float, ...] | None
    ended: bool
    attention: Looked | None


class Translation:
    """One text on its way through encoder and decoder; a single ``go_on`` writes it all.

    Args:
        network: ends with a decoder; as it stands, never changed.
        text: characters of the vocabulary that is read.
        temperature: of the drawing, above 0; None takes the likeliest symbol each time.
        seed: of the drawing.

    Raises:
        SpecError: the network has no decoder, its data are no texts, the text is empty or too long, or has a character
            that the vocabulary has not; the message says which, where, and which are known.
    """

    def __init__(self, network: Network, text: str, *, temperature: float | None = None, seed: int = 0) -> None:
        self._writer = Writer(network.graph, network.trainer.plan.params, rows=1)
        self._network = network
        if not network.dataset.target_tokens:
            raise SpecError(
                say("{name} has no texts as targets: what is written are numbers", name=network.dataset.name), ("spec",)
            )
        self._ids, self._length = encode_text(network.dataset, text, ("text",))
        self._choose = best if temperature is None else drawn(temperature, np.random.default_rng(seed))
        self._report: Translated | None = None

    @property
    def done(self) -> bool:
        """Whether it is written."""
        return self._report is not None

    def go_on(self) -> None:
        """Write it."""
        likely: list[float] = []
        inputs = self._ids.astype(self._network.spec.dtype)[None]
        decoded = self._writer.write(inputs, _noting(self._choose, likely))
        written = until_end(decoded.tokens[0])
        ended = len(written) < len(decoded.tokens[0])
        names = self._network.dataset.target_tokens
        symbols = tuple(names[k] if k < len(names) else "?" for k in written)
        tokens = (*symbols, END) if ended else symbols
        attention = None if decoded.attention is None else self._looked(tokens, decoded.attention[0])
        probabilities = tuple(likely[: len(tokens)]) if self._network.reading.loss.exclusive else None
        self._report = Translated("".join(symbols), tokens, probabilities, ended, attention)

    def report(self) -> Translated | None:
        """What was written; None before."""
        return self._report

    def _looked(self, tokens: tuple[str, ...], weights: Array) -> Looked | None:
        """The real places of both; weights (T, S)."""
        if weights.shape[1] != len(self._ids):
            return None
        real = weights[: len(tokens)]
        count = len(self._ids) if real[:, self._length :].any() else self._length
        names = self._network.dataset.tokens
        return Looked(tokens, tuple(names[int(k)] for k in self._ids[:count]), real[:, :count].copy())


def _noting(choose: Choice, likely: list[float]) -> Choice:
    """The same choice; how likely its symbols were is noted: softmax(scores), (1, K)."""

    def noted(scores: Array) -> Array:
        chosen = choose(scores)
        likely.append(float(shares(scores[0].astype(float))[chosen[0]]))
        return chosen

    return noted
