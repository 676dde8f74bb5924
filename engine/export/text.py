"""Pieces of a script's text: numbers as base64, names as Python takes them."""

import base64
import keyword
import re
from collections.abc import Iterable, Mapping

import numpy as np

from engine.arrays import Array

WIDTH = 116
#: numpy's letters for little-endian numbers.
LITTLE = {"float32": "<f4", "float64": "<f8"}


def numbers(array: Array, indent: str = "    ") -> str:
    """``(shape, text)``: the array's little-endian bytes as base64, which is exact and shorter than digits."""
    text = base64.b64encode(np.ascontiguousarray(array, LITTLE[array.dtype.name]).tobytes()).decode()
    if len(text) <= WIDTH - 40:
        return f'({array.shape!r}, "{text}")'
    lines = "".join(f"\n{text[at : at + WIDTH]}" for at in range(0, len(text), WIDTH))
    return f'({array.shape!r}, """{lines}\n{indent}""")'


def table(name: str, comment: str, arrays: Mapping[str, Array]) -> str:
    """``NAME = {name: array(shape, text), …}``."""
    rows = "".join(f'    "{key}": array{numbers(array)},\n' for key, array in arrays.items())
    return f"#: {comment}\n{name} = {{\n{rows}}}" if rows else f"#: {comment}\n{name} = {{}}"


def title(text: str) -> str:
    """A line that opens a section."""
    return f"# {'-' * (WIDTH - len(text) - 1)} {text}"


def plain(text: str, most: int = 100) -> str:
    """What a user wrote, as it may stand in a docstring or comment: one line, no quotes, no backslashes."""
    return re.sub(r"\s+", " ", re.sub(r'["\\\x00-\x1f\x7f\u2028\u2029]', " ", text)).strip()[:most] or "A network"


def identifiers(names: Iterable[str], taken: frozenset[str] = frozenset()) -> dict[str, str]:
    """Each name as a Python identifier of its own: ``hidden-1.z`` -> ``hidden_1_z``."""
    found: dict[str, str] = {}
    used = set(taken)
    for name in names:
        word = re.sub(r"\W+", "_", name, flags=re.ASCII).strip("_")
        while word in used or keyword.iskeyword(word) or keyword.issoftkeyword(word):
            word += "_"
        used.add(word)
        found[name] = word
    return found
