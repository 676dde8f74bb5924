"""Texts that specs refer to by their content's id, so that a spec stays small however large its table is."""

import hashlib
from collections.abc import Callable, Collection
from typing import Generic, TypeVar

from engine.errors import UnknownName

T = TypeVar("T")


def table_id(text: str) -> str:
    """The name of a text: the same text has the same, and nobody guesses that of a text that he does not have."""
    return hashlib.sha256(text.encode()).hexdigest()[:32]


class Shelf(Generic[T]):
    """Texts by id, and what was made last of each."""

    def __init__(self) -> None:
        self._texts: dict[str, str] = {}
        self._made: dict[str, tuple[object, T]] = {}

    def put(self, text: str) -> str:
        """Keep a text; returns its id."""
        key = table_id(text)
        self._texts[key] = text
        return key

    def text(self, key: str) -> str:
        """The text of this id.

        Raises:
            UnknownName: it is not here.
        """
        if key not in self._texts:
            raise UnknownName("table", key, (), ("dataset", "table"))
        return self._texts[key]

    def made(self, key: str, options: object, make: Callable[[str], T]) -> T:
        """What is made of a text with these options; kept until other options are asked for."""
        held = self._made.get(key)
        if held is None or held[0] != options:
            held = self._made[key] = (options, make(self.text(key)))
        return held[1]

    def keep(self, keys: Collection[str]) -> None:
        """Forget all others."""
        for key in self._texts.keys() - set(keys):
            del self._texts[key]
            self._made.pop(key, None)

    def __len__(self) -> int:
        """How many texts there are."""
        return len(self._texts)
