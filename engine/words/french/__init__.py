"""The French catalogue: English template -> French template, with the same names in braces."""

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

FRENCH: Mapping[str, str] = {
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
