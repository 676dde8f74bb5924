"""Input features: columns and small expressions of them.

feature = column | column^2 | column*column | sin(column),  computed from the standardised columns.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from engine.arrays import Array
from engine.errors import Loc, SpecError, UnknownName
from engine.words import say

LOC: Loc = ("dataset", "features")


@dataclass(frozen=True)
class Feature:
    """One input: what is done with which columns (indices)."""

    text: str
    kind: Literal["identity", "square", "product", "sin"]
    columns: tuple[int, ...]


def parse_features(texts: Sequence[str], columns: Sequence[str]) -> tuple[Feature, ...]:
    """Read the expressions; a column's name always wins over an expression that looks like it.

    Raises:
        UnknownName: a column that does not exist.
        SpecError: not one of the four forms.
    """
    return tuple(_parse(text.strip(), columns, (*LOC, place)) for place, text in enumerate(texts))


def evaluate(features: Sequence[Feature], z: Array) -> Array:
    """x = the features of the (standardised) columns z;  (…, columns) -> (…, features)."""
    x = np.empty((*z.shape[:-1], len(features)))
    for place, feature in enumerate(features):
        x[..., place] = _VALUE[feature.kind](*(z[..., column] for column in feature.columns))
    return x


_VALUE = {"identity": np.positive, "square": np.square, "product": np.multiply, "sin": np.sin}


def _parse(text: str, columns: Sequence[str], loc: Loc) -> Feature:
    if text in columns:
        return Feature(text, "identity", (columns.index(text),))
    if text.endswith("^2"):
        return Feature(text, "square", (_column(text[:-2], columns, loc),))
    if text.startswith("sin(") and text.endswith(")"):
        return Feature(text, "sin", (_column(text[4:-1], columns, loc),))
    if text.count("*") == 1:
        left, right = text.split("*")
        return Feature(text, "product", (_column(left, columns, loc), _column(right, columns, loc)))
    if any(mark in text for mark in "()^*+-/ ") or not text:
        forms = say("a column, column^2, column*column or sin(column)")
        raise SpecError(
            say(
                '"{text}" is no feature: write {forms}. Columns: {value}',
                text=text,
                forms=forms,
                value=", ".join(columns),
            ),
            loc,
        )
    raise UnknownName("column", text, columns, loc)


def _column(text: str, columns: Sequence[str], loc: Loc) -> int:
    name = text.strip()
    if name not in columns:
        raise UnknownName("column", name, columns, loc)
    return columns.index(name)
