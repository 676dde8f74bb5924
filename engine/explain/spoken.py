"""A derivation in the words of another language: its sentences, the names of its terms, the words in its formulas."""

import re

from engine.explain.explanation import Explanation
from engine.words import ENGLISH, Language, in_language, say

#: What stands as an exponent is the name of a layer.
TEX_WORDS = re.compile(r"(?<!\^\{)\\text\{([^{}]*)\}")


def in_words_of(found: Explanation, language: Language) -> Explanation:
    """The same derivation, every word of it in this language; its numbers and names are those that they were."""
    if language == ENGLISH:
        return found
    told = in_language(found.model_dump(), language)
    for formula in ("formula", "substituted"):
        told[formula] = _formula(told[formula], language)
    return Explanation.model_validate(told)


def _formula(formula: str | None, language: Language) -> str | None:
    r"""Words in a formula stand in ``\text{…}``, as names of layers do, which stay as they are."""
    if formula is None:
        return None
    return TEX_WORDS.sub(lambda found: rf"\text{{{in_language(say(found[1]), language)}}}", formula)
