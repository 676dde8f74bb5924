"""Texts as datasets: surnames, tunes, number words."""

import csv
import gzip
from collections.abc import Callable, Sequence
from functools import cache

import numpy as np

from engine.datasets.dataset import Examples
from engine.datasets.images import FOLDER
from engine.datasets.registry import DATASETS
from engine.datasets.text import END, ids_of, padded, vocabulary
from engine.datasets.words import english, french
from engine.spec import NumberWordsDataset, SurnamesDataset, TunesDataset

#: Above every number whose words are known.
NUMBERS = 10_000
#: Tunes that have so many characters in a row in common are the same, or variants of each other.
SHARED = 32


def read_surnames(spec: SurnamesDataset) -> Examples:
    """Surname (N, 14) -> language; a surname of two languages is two examples, both in the same part."""
    languages, names = surnames()
    info = DATASETS[spec.name]
    classes = spec.languages or info.classes
    kept = [n for n, language in enumerate(languages) if language in classes]
    tokens = vocabulary(names)
    ids, lengths = padded([ids_of(names[n], tokens) for n in kept], max(map(len, names)))
    return Examples(
        name=spec.name,
        task=info.task,
        columns=(),
        raw=ids,
        y=np.array([classes.index(languages[n]) for n in kept], np.int64),
        classes=classes,
        target_name=info.target_name,
        tokens=tokens,
        lengths=lengths,
        groups=np.unique([names[n] for n in kept], return_inverse=True)[1],
    )


def read_tunes(spec: TunesDataset) -> Examples:
    """Windows (N, length) -> the next character at each step; a tune is in one part, with all that resemble it.

    A tune is read as ⏎, its characters, ⏎: so a network learns to begin one, from ⏎, and to end it. Windows start at
    the beginning of a tune and then every ``stride`` characters; the last is padded.
    """
    info = DATASETS[spec.name]
    tokens = vocabulary(tunes(), END)
    streams = [[0, *ids_of(tune, tokens), 0] for tune in tunes()]
    windows = [(n, start) for n, stream in enumerate(streams) for start in _starts(len(stream) - 1, spec)]
    raw, lengths = padded([streams[n][start:-1][: spec.length] for n, start in windows], spec.length)
    y, _ = padded([streams[n][start + 1 :][: spec.length] for n, start in windows], spec.length)
    return Examples(
        name=spec.name,
        task="sequence",
        columns=(),
        raw=raw,
        y=y,
        classes=(),
        target_name=info.target_name,
        tokens=tokens,
        target_tokens=tokens,
        lengths=lengths,
        target_lengths=lengths,
        groups=np.array(families([tune.split("\n")[-1] for tune in tunes()], SHARED))[[n for n, _ in windows]],
    )


def read_number_words(spec: NumberWordsDataset) -> Examples:
    """English (N, T) -> French (N, T'), which ends with ⏎."""
    tokens, target_tokens = vocabulary(_words(english)), vocabulary(_words(french), END)
    sources, answers = _words(english)[: spec.limit], _words(french)[: spec.limit]
    raw, lengths = padded([ids_of(text, tokens) for text in sources], max(map(len, sources)))
    y, target_lengths = padded([[*ids_of(text, target_tokens), 0] for text in answers], max(map(len, answers)) + 1)
    return Examples(
        name=spec.name,
        task="sequence",
        columns=(),
        raw=raw,
        y=y,
        classes=(),
        target_name=DATASETS[spec.name].target_name,
        tokens=tokens,
        target_tokens=target_tokens,
        lengths=lengths,
        target_lengths=target_lengths,
    )


@cache
def _words(language: Callable[[int], str]) -> tuple[str, ...]:
    return tuple(language(number) for number in range(NUMBERS))


@cache
def tunes() -> tuple[str, ...]:
    """300 tunes in ABC notation: metre, key, and the notes in one line."""
    with gzip.open(FOLDER / "tunes.txt.gz", "rt", encoding="ascii") as file:
        return tuple(tune.strip() for tune in file.read().split("\n\n") if tune.strip())


@cache
def surnames() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Languages and surnames, example by example."""
    with gzip.open(FOLDER / "surnames.csv.gz", "rt", encoding="ascii", newline="") as file:
        languages, names = zip(*list(csv.reader(file))[1:], strict=True)
    return languages, names


def families(texts: Sequence[str], shared: int) -> list[int]:
    """A number for each text; those that have ``shared`` characters in a row in common have the same."""
    family, first = list(range(len(texts))), dict[str, int]()
    for n, text in enumerate(texts):
        for at in range(len(text) - shared + 1):
            ours, theirs = family[n], family[first.setdefault(text[at : at + shared], n)]
            if ours != theirs:
                family = [theirs if member == ours else member for member in family]
    return family


def _starts(steps: int, spec: TunesDataset) -> range:
    """Where windows start so that they cover all steps: none lies wholly inside the one before it."""
    stride = spec.stride or spec.length
    return range(0, max(1, steps - spec.length + stride), stride)
