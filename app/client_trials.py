"""The part of the Python client that tries things: see ``app.client``, whose sessions have these methods."""

from typing import Any, Generic

from app.client_wire import Asks, Index, T, without_none


class Trials(Asks[T], Generic[T]):
    """An example of one's own, what it is told by, what would excite the network, what it writes and translates."""

    def set_own(self, inputs: Any = None, *, raw: Any = None, text: str | None = None, target: Any = None) -> T:
        """Set an example of one's own (one of inputs, raw and text); a browser that follows it shows its values."""
        return self._ask("PUT", "/own", without_none(inputs=inputs, raw=raw, text=text, target=target))

    def forget_own(self) -> T:
        """Take it away again."""
        return self._ask("DELETE", "/own")

    def saliency(
        self,
        inputs: Any = None,
        *,
        raw: Any = None,
        text: str | None = None,
        example: int | str | None = None,
        target: Any = None,
        node: str | None = None,
        index: Index | None = None,
    ) -> T:
        """The gradient of one number (the strongest answer, if none is named) with respect to the input."""
        given = without_none(inputs=inputs, raw=raw, text=text, example=example, target=target)
        return self._ask("POST", "/saliency", given | without_none(node=node, index=index))

    def ascend(self, node: str, index: Index = (), **wish: Any) -> T:
        """The input that excites this number; options: ``steps, learning_rate, l2, start, example, seed``."""
        return self._ask("POST", "/ascend", {"node": node, "index": index, **wish})

    def generate(self, prime: str = "", *, length: int = 300, temperature: float = 1.0, seed: int = 0) -> T:
        """Write a text, one token after the other; of a tune also its notes and bars."""
        wish = {"prime": prime, "length": length, "temperature": temperature, "seed": seed}
        return self._ask("POST", "/generate", wish)

    def translate(self, text: str, *, sample: bool = False, temperature: float = 1.0, seed: int = 0) -> T:
        """What a decoder writes of a text: its symbols, how likely each was, and where it looked."""
        wish = {"text": text, "sample": sample, "temperature": temperature, "seed": seed}
        return self._ask("POST", "/translate", wish)
