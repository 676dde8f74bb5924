"""What the engine says, in English and in other languages.

A sentence is made in English, where its numbers are: ``say("{n:,} steps trained.", n=3)``. What comes back is that
English text, and remembers its template and what was filled in; so whoever is asked in another language can say it in
that one (``in_language``), long after, in another process, and for two people in two languages. Nothing is global.

A catalogue has for each English template that of its language, with the same names in braces.
"""

from typing import Any, Literal, get_args

from engine.words.french import FRENCH
from engine.words.said import Catalogue, Said, Text, counted, joined, say

__all__ = [
    "ENGLISH",
    "LANGUAGES",
    "Language",
    "Said",
    "Text",
    "counted",
    "in_language",
    "in_words",
    "joined",
    "preferred",
    "say",
]

Language = Literal["en", "fr"]
LANGUAGES: tuple[Language, ...] = get_args(Language)
ENGLISH: Language = "en"

CATALOGUES: dict[Language, Catalogue] = {"en": {}, "fr": FRENCH}


def in_language(data: Any, language: Language) -> Any:
    """The same data with all that was said in it said in this language; the data themselves stay as they are."""
    return data if language == ENGLISH else _told(data, CATALOGUES[language])


def in_words(text: str, language: Language) -> str:
    """A text as it stands in the catalogue, word for word; one that knows how it was made is said again."""
    if isinstance(text, Said):
        return str(in_language(text, language))
    return CATALOGUES[language].get(text, text)


def _told(data: Any, catalogue: Catalogue) -> Any:
    if isinstance(data, Said):
        return str(data.within(catalogue))
    if isinstance(data, dict):
        return {key: _told(value, catalogue) for key, value in data.items()}
    if type(data) in {list, tuple}:
        if data and isinstance(data[0], int | float):  # thousands of numbers need not be looked at one by one
            return data
        return type(data)(_told(value, catalogue) for value in data)
    return data


def preferred(accepted: str) -> Language:
    """The language that an Accept-Language header likes best: ``fr-CH, en;q=0.8`` is French."""
    wishes = [wish.partition(";") for wish in accepted.split(",")[:16]]
    ranked = sorted(wishes, key=lambda wish: -_quality(wish[2]))
    spoken = (tag.strip().lower().partition("-")[0] for tag, _, quality in ranked if _quality(quality) > 0)
    return next((language for tag in spoken for language in LANGUAGES if tag == language), ENGLISH)


def _quality(parameter: str) -> float:
    name, _, value = parameter.partition("=")
    if name.strip() != "q":
        return 1.0
    try:
        return float(value)
    except ValueError:
        return 0.0
