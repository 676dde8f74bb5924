"""The French catalogue: English template -> French template, with the same names in braces."""

import re
from collections.abc import Mapping

from engine.words.french.catalog import CATALOG
from engine.words.french.course import COURSE
from engine.words.french.errors import ERRORS
from engine.words.french.explain import EXPLAIN
from engine.words.french.gateway import GATEWAY
from engine.words.french.notes import NOTES
from engine.words.french.presets import PRESETS
from engine.words.french.refusals import REFUSALS
from engine.words.french.steps import STEPS


def typeset(words: str) -> str:
    """A no-break space before double punctuation and inside guillemets: no line is broken there."""
    return re.sub("« | (?=[:;!?»])", lambda space: space[0].replace(" ", "\N{NO-BREAK SPACE}"), words)


_WRITTEN: Mapping[str, str] = {
    **CATALOG,
    **PRESETS,
    **EXPLAIN,
    **STEPS,
    **COURSE,
    **REFUSALS,
    **ERRORS,
    **GATEWAY,
    **NOTES,
}

FRENCH: Mapping[str, str] = {english: typeset(words) for english, words in _WRITTEN.items()}
