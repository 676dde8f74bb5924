"""Texts as tokens: a character is an index into a vocabulary. Index 0 is no character: it pads, or ends, a text."""

import unicodedata
from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt

from engine.arrays import Array
from engine.datasets.dataset import Dataset
from engine.errors import Loc, SpecError
from engine.words import say

#: Index 0 of a vocabulary of inputs: nothing is there.
PAD = "·"
#: Index 0 of a vocabulary of targets: the text is over. A decoder reads it first, and it pads.
END = "⏎"


def vocabulary(texts: Iterable[str], first: str = PAD) -> tuple[str, ...]:
    """``first``, then every character that occurs, sorted."""
    return (first, *sorted(set().union(*texts)))


def encode_text(dataset: Dataset, text: str, loc: Loc = ()) -> tuple[Array, int]:
    """A text as the network takes it.

    Capitals and accents that the vocabulary has not are dropped ("É" may become "e"). Where the vocabulary begins with
    the end symbol, so does the text: that is how a new one begins.

    Returns:
        (T,) token indices, padded with 0, and how many of them are the text.

    Raises:
        SpecError: no vocabulary, no text, too long, or an unknown character; the message says which and where.
    """
    if not dataset.tokens:
        raise SpecError(say("{name} takes no text: its inputs are numbers", name=dataset.name), loc)
    steps = dataset.x_train.shape[1]
    begin = [0] if dataset.tokens[0] == END else []
    ids = begin + ids_of(text, dataset.tokens, loc)
    if not text or len(ids) > steps:
        most = steps - len(begin)
        raise SpecError(
            say("a text of 1 to {most} characters is expected, but this one has {count}", most=most, count=len(text)),
            loc,
        )
    padded = np.zeros(steps)
    padded[: len(ids)] = ids
    return padded, len(ids)


def decode_tokens(tokens: Sequence[str], ids: Iterable[float]) -> str:
    """The text of token indices up to the first 0, but for one at the beginning, by which a text may begin.

    Raises:
        SpecError: an index that the vocabulary has not.
    """
    text: list[str] = []
    for place, id_ in enumerate(ids):
        index = int(id_)
        if index != id_ or not 0 <= index < len(tokens):
            raise SpecError(
                say(
                    "tokens are 0 to {last}, but at place {place} there is {id_:g}",
                    last=len(tokens) - 1,
                    place=place,
                    id_=id_,
                ),
                (place,),
            )
        if index == 0 and place:
            break
        text.extend(tokens[index] if index else "")
    return "".join(text)


def ids_of(text: str, tokens: Sequence[str], loc: Loc = ()) -> list[int]:
    """The index of each character.

    Raises:
        SpecError: a character that the vocabulary has not; index 0 is none.
    """
    places = {token: index for index, token in enumerate(tokens) if index}
    known = places.get
    return [known(character) or _index(character, places, place, loc) for place, character in enumerate(text)]


def padded(rows: Sequence[Sequence[int]], steps: int) -> tuple[Array, Array]:
    """Token indices (N, steps), 0 after the end of each row, and the lengths (N,)."""
    ids: npt.NDArray[np.uint8 | np.int32] = np.zeros((len(rows), steps), _dtype(rows))
    for n, row in enumerate(rows):
        ids[n, : len(row)] = row
    return ids, np.array([len(row) for row in rows], np.int64)


def _dtype(rows: Sequence[Sequence[int]]) -> type[np.uint8] | type[np.int32]:
    return np.uint8 if max(max(row) for row in rows) < 256 else np.int32


def _index(character: str, places: dict[str, int], place: int, loc: Loc) -> int:
    for form in (character, character.lower(), _plain(character), _plain(character).lower()):
        if form in places:
            return places[form]
    known = " ".join(repr(token)[1:-1] if token.strip() else repr(token) for token in places)
    raise SpecError(
        say(
            "there is no {character!r} (place {place}) in the vocabulary. Known: {known}",
            character=character,
            place=place,
            known=known,
        ),
        loc,
    )


def _plain(character: str) -> str:
    """Without its accents."""
    return "".join(c for c in unicodedata.normalize("NFKD", character) if not unicodedata.combining(c))
