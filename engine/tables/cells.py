"""What a cell says: nothing, a number, or a day."""

import re
from datetime import date
from typing import Literal

Decimal = Literal[".", ","]

#: What people write where there is no value; compared without regard to case.
MISSING = frozenset({"", "na", "n/a", "nan", "null", "none", "?", "-", "–", "—", ".", "#n/a"})
#: Beyond this float32 has no numbers.
LARGEST = 3.4e38
#: With a mark after every three digits: an apostrophe, a space of any width, or the mark that is not the decimal one.
_GROUPED = {
    mark: re.compile(
        rf"[-+]?[0-9]{{1,3}}([{other}'’ \u00a0\u2009\u202f])[0-9]{{3}}(\1[0-9]{{3}})*({re.escape(mark)}[0-9]*)?"
    )
    for mark, other in ((".", ","), (",", "."))
}
_BETWEEN = re.compile(r"[^\d+-]")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ].*)?")
_DOTTED = re.compile(r"(\d{1,2})[./](\d{1,2})[./](\d{4})(?: .*)?")


def is_missing(cell: str) -> bool:
    """Whether there is no value here."""
    return len(cell) <= 4 and cell.lower() in MISSING


def number(cell: str, decimal: Decimal) -> float | None:
    """The number that this cell is, or None: "1 234,5" is one where the comma is the decimal mark."""
    text = f"-{cell[1:]}" if cell.startswith("−") else cell
    if _GROUPED[decimal].fullmatch(text):
        whole, _, part = text.partition(decimal)
        return _float(f"{_BETWEEN.sub('', whole)}.{part}")
    if decimal == ".":
        return _float(text)
    return None if "." in text else _float(text.replace(",", ".", 1))


def _float(text: str) -> float | None:
    """Python's own reader takes underscores, and words such as "infinity"."""
    try:
        value = float(text)
    except ValueError:
        return None
    return value if -LARGEST <= value <= LARGEST and "_" not in text and text.isascii() else None


def day(cell: str, *, month_first: bool = False) -> float | None:
    """Days since 1970-01-01 of 2024-02-29, 29.02.2024 or 29/02/2024 (a time of day is left out), or None."""
    if match := _ISO.fullmatch(cell):
        year, month, of_month = map(int, match.groups())
    elif match := _DOTTED.fullmatch(cell):
        of_month, month, year = map(int, match.groups())
        if month_first and "/" in cell:
            of_month, month = month, of_month
    else:
        return None
    try:
        return float((date(year, month, of_month) - date(1970, 1, 1)).days)
    except ValueError:
        return None


def is_month_first(cells: list[str]) -> bool:
    """Whether these are days as Americans write them: only then do all of them exist, and not the other way round."""
    slashed = [cell for cell in cells if "/" in cell]
    return bool(slashed) and any(day(cell) is None for cell in slashed) and _all_days(slashed)


def _all_days(cells: list[str]) -> bool:
    return all(day(cell, month_first=True) is not None for cell in cells)
