"""JSON as the standard has it, for everything that comes in: Python's own reader takes more than that.

``NaN`` and ``Infinity`` are no JSON, numbers beyond a float are none of ours, and half of a surrogate pair could never
be sent back. A whole number beyond 64 bits is read as a float: JSON knows numbers only, and browsers write 1e20 with
all its digits. So the field that it is meant for says what it makes of it.
"""

import json
import math
from typing import Any

#: Nothing that we take is nested deeper than this (MessagePack's limit is 511, and shards speak it).
MOST_DEPTH = 64
#: Integers are those of MessagePack and of every language that reads it.
INT64 = 2**63
MOST_DIGITS = 20


def read(text: str) -> Any:
    """The value.

    Raises:
        ValueError: this is no JSON, or none that we take; the text says why.
    """
    try:
        value = json.loads(text, parse_constant=_no_number, parse_float=_finite, parse_int=_whole)
    except RecursionError as error:
        raise ValueError("it is nested too deeply") from error
    if "\\u" in text:
        _check_unicode(value)
    if text.count("[") + text.count("{") > MOST_DEPTH and _deeper_than(MOST_DEPTH, value):
        raise ValueError(f"it is nested more than {MOST_DEPTH} deep")
    return value


def _check_unicode(value: Any) -> None:
    try:
        json.dumps(value, ensure_ascii=False).encode()
    except UnicodeError as error:
        raise ValueError("it holds half of a surrogate pair") from error


def _deeper_than(depth: int, value: Any) -> bool:
    """Whether the containers in this value are nested deeper than that."""
    level = [value] if isinstance(value, dict | list) else []
    for _ in range(depth):
        items = (item.values() if isinstance(item, dict) else item for item in level)
        level = [inner for each in items for inner in each if isinstance(inner, dict | list)]
        if not level:
            return False
    return True


def _no_number(word: str) -> float:
    raise ValueError(f"{word} is not a number")


def _finite(text: str) -> float:
    value = float(text)
    if not math.isfinite(value):
        raise ValueError(f"{text[:40]} is too large for a number")
    return value


def _whole(text: str) -> int | float:
    value = int(text) if len(text) <= MOST_DIGITS else INT64
    return value if -INT64 <= value < INT64 else _finite(text)
