"""The caller's own sequences: lists and texts of different lengths, padded to the longest."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from engine.arrays import Array
from engine.datasets.numbers import MAX_AXES, read_numbers
from engine.datasets.text import ids_of, padded, vocabulary
from engine.errors import Loc, ShapeMismatch, SpecError
from engine.words import say

#: Characters of a text that are read at most.
LONGEST = 1024
#: Numbers that padded sequences may have together.
MOST_PADDED = 8_000_000


@dataclass(frozen=True)
class Sequences:
    """Examples, padded.

    Args:
        values: (N, T, …) numbers, or (N, T) token indices.
        lengths: (N,) time steps of each; None if all are equally long.
        tokens: the vocabulary of texts; () of numbers.
    """

    values: Array
    lengths: Array | None
    tokens: tuple[str, ...] = ()


def are_texts(value: list[Any]) -> bool:
    """Whether the first is: then all must be."""
    return isinstance(value[0], str)


def read_texts(
    texts: list[Any], given: tuple[str, ...] | None, first: str, loc: Loc, *, end: bool = False
) -> Sequences:
    """Texts as tokens (N, T), padded with 0.

    Args:
        texts: one for each example.
        given: the characters of the vocabulary; those that occur, if None.
        first: index 0 of the vocabulary.
        loc: where the texts stand.
        end: whether each ends with index 0.

    Raises:
        SpecError: no text, an empty or a very long one, or a character that was not given; ``loc`` points at it.
    """
    for row, text in enumerate(texts):
        _check_text(text, row, loc)
    tokens = vocabulary(texts, first) if given is None else (first, *_once(given, first, loc))
    tail = [0] if end else []
    rows = [[*_ids(text, tokens, row, loc), *tail] for row, text in enumerate(texts)]
    _check_size(len(rows), max(map(len, rows)), 1, loc)
    ids, lengths = padded(rows, max(map(len, rows)))
    return Sequences(ids, lengths, tokens)


def read_arrays(value: list[Any], lengths: tuple[int, ...] | None, loc: Loc) -> Sequences:
    """Numbers (N, …); sequences of rows of different lengths (T_n, D) are padded with 0.

    Raises:
        SpecError: an empty sequence, a row of another width, lengths that do not fit; ``loc`` points at it.
    """
    if _is_ragged(value):
        values, told = _pad([read_numbers(sequence, (*loc, n)) for n, sequence in enumerate(value)], loc)
    else:
        values, told = read_numbers(value, loc), None
    if lengths is not None:
        told = _checked(lengths, values, told, (*loc[:-1], "lengths"))
    return Sequences(values if told is None else _ended(values, told, loc), told)


def _ended(values: Array, lengths: Array, loc: Loc) -> Array:
    """0 behind the end of each sequence, and not before it: by that a network knows where it ends."""
    steps = np.arange(values.shape[1])
    values = np.where((steps < lengths[:, None])[..., None], values, 0.0)
    silent = (values[np.arange(len(values)), lengths - 1] == 0).all(axis=1)
    if silent.any():
        n = int(silent.argmax())
        message = say("inputs[{n}] ends with a time step of zeros, which would be taken for padding: leave it out", n=n)
        raise SpecError(message, (*loc, n, int(lengths[n]) - 1))
    return values


def _is_ragged(value: list[Any]) -> bool:
    """Whether these are sequences of rows, not all equally long."""
    are_lists = all(isinstance(sequence, list) and all(isinstance(row, list) for row in sequence) for sequence in value)
    if not are_lists or any(isinstance(entry, list) for sequence in value for row in sequence for entry in row):
        return False
    return len({len(sequence) for sequence in value}) > 1


def _pad(sequences: list[Array], loc: Loc) -> tuple[Array, Array]:
    width = sequences[0].shape[1:]
    for n, sequence in enumerate(sequences):
        if sequence.shape[1:] != width:
            what = say("inputs[{n}]: a time step, as of the first sequence,", n=n)
            raise ShapeMismatch(what, width, sequence.shape[1:], (*loc, n))
    lengths = np.array([len(sequence) for sequence in sequences], np.int64)
    _check_size(len(sequences), int(lengths.max()), width[0], loc)
    values = np.zeros((len(sequences), lengths.max(), *width))
    for n, sequence in enumerate(sequences):
        values[n, : len(sequence)] = sequence
    return values, lengths


def _check_size(count: int, steps: int, width: int, loc: Loc) -> None:
    """One long sequence among many short ones must not cost what nobody sent."""
    if count * steps * width > MOST_PADDED:
        most = say("at most {most_padded:,} are allowed", most_padded=MOST_PADDED)
        raise SpecError(
            say(
                "padded to the longest, {steps:,}, these are {number:,} numbers: {most}",
                steps=steps,
                number=count * steps * width,
                most=most,
            ),
            loc,
        )


def _checked(lengths: tuple[int, ...], values: Array, told: Array | None, loc: Loc) -> Array:
    """Lengths that the caller gives, if they can be."""
    if not 3 <= values.ndim < MAX_AXES:
        raise SpecError(say("only sequences (N, T, D) and texts have lengths"), loc)
    if len(lengths) != len(values):
        raise SpecError(
            say("there are {count} inputs, but {count_2} lengths", count=len(values), count_2=len(lengths)), loc
        )
    for n, length in enumerate(lengths):
        most = values.shape[1] if told is None else int(told[n])
        if not 1 <= length <= most:
            raise SpecError(
                say(
                    "lengths[{n}] is {length}, but inputs[{n}] has 1 to {most} time steps",
                    n=n,
                    length=length,
                    most=most,
                ),
                (*loc, n),
            )
    return np.array(lengths, np.int64)


def _check_text(text: Any, row: int, loc: Loc) -> None:
    path = f"{loc[-1]}[{row}]"
    if not isinstance(text, str):
        raise SpecError(say("{path} is no text, but the first one is", path=path), (*loc, row))
    if not 1 <= len(text) <= LONGEST:
        message = say(
            "{path} has {count:,} characters, but a text has 1 to {longest:,}",
            path=path,
            count=len(text),
            longest=LONGEST,
        )
        raise SpecError(message, (*loc, row))


def _ids(text: str, tokens: tuple[str, ...], row: int, loc: Loc) -> list[int]:
    try:
        return ids_of(text, tokens)
    except SpecError as error:
        raise SpecError(
            say("{place}[{row}]: {message}", place=loc[-1], row=row, message=error.message), (*loc, row)
        ) from None


def _once(given: tuple[str, ...], first: str, loc: Loc) -> tuple[str, ...]:
    """The characters, each once; the one at index 0 may be named first."""
    place = (*loc[:-1], "tokens" if loc[-1] == "inputs" else "target_tokens")
    characters = given[1:] if given[0] == first else given
    for n, character in enumerate(characters):
        if character in (*characters[:n], first):
            raise SpecError(
                say("{character!r} is named twice, or stands for nothing at index 0", character=character), place
            )
    return characters
