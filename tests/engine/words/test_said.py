"""What was said can be said again in another language."""

import copy
import pickle
from string import Formatter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.words import Said, counted, in_language, joined, preferred, say
from engine.words.french import FRENCH
from engine.words.french.presets import PRESETS


def names(template: str) -> set[str]:
    """What stands in its braces, with how it is written."""
    return {f"{name}:{spec}" for _, name, spec, _ in Formatter().parse(template) if name is not None}


def test_a_sentence_is_english_and_knows_its_french() -> None:
    """Parts that were said are said in French too."""
    told = say("{steps} trained.", steps=counted(3, "step"))

    assert told == "3 steps trained."
    assert in_language(told, "fr") == "Entraînement de 3 étapes."
    assert in_language(told, "en") is told


def test_data_are_left_as_they_are() -> None:
    """Only what was said is said in another language, wherever it stands."""
    data = {"name": "the unit", "said": [say("the unit"), 1.5], "rows": [[1.0, 2.0]], "pair": (say("the unit"), None)}

    told = in_language(data, "fr")

    assert told == {"name": "the unit", "said": ["l’unité", 1.5], "rows": [[1.0, 2.0]], "pair": ("l’unité", None)}


def test_copies_know_it_too() -> None:
    """A copy and a pickle speak French."""
    told = say("{steps} trained.", steps=counted(1, "step"))

    for other in (copy.deepcopy(told), pickle.loads(pickle.dumps(told))):  # noqa: S301
        assert in_language(other, "fr") == "Entraînement de 1 étape."


def test_a_sentence_can_begin_with_a_part() -> None:
    """Then the part begins with a capital letter, in each language."""
    told = say("{remedies:capital}.", remedies=joined((say("standardise the data"), say("the unit")), "; or "))

    assert told == "Standardise the data; or the unit."
    assert in_language(told, "fr") == "Normalisez les données\N{NO-BREAK SPACE}; ou l’unité."


def test_names_are_joined_by_words_that_can_be_translated() -> None:
    """``a and b``; what has no words is a plain string."""
    assert in_language(joined(("x", "y", "z"), " and "), "fr") == "x et y et z"
    assert not isinstance(joined(("x", "y")), Said)
    assert joined(()) == ""


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        ("", "en"),
        ("fr", "fr"),
        ("fr-CH, fr;q=0.9, en;q=0.8", "fr"),
        ("en;q=0.5, fr", "fr"),
        ("de, en;q=0.2, fr;q=0.1", "en"),
        ("fr;q=0", "en"),
        ("fr;q=x, *", "en"),
        ("nonsense;;,,", "en"),
    ],
)
def test_the_header_names_the_language(accepted: str, language: str) -> None:
    """By its weights; English where nothing is known."""
    assert preferred(accepted) == language


@given(st.text(max_size=60))
def test_any_header_is_read(accepted: str) -> None:
    """Whatever somebody sends."""
    assert preferred(accepted) in {"en", "fr"}


TEMPLATES = {english: french for english, french in FRENCH.items() if english not in PRESETS}


@pytest.mark.parametrize(("english", "french"), TEMPLATES.items(), ids=range(len(TEMPLATES)))
def test_both_languages_have_the_same_names_in_braces(english: str, french: str) -> None:
    """What is filled in is filled in, as it is written in English; and no straight apostrophe is left."""
    assert names(english) == names(french)
    assert "'" not in french


def test_shapes_and_numbers_of_arrays_are_said_as_they_read() -> None:
    """So that they read alike when they have travelled: MessagePack has no tuples."""
    said = say("{shape}: {n:,}", shape=(2, 3), n=np.int64(1200))

    assert said == "(2, 3): 1,200"
    assert said.values == {"shape": "(2, 3)", "n": 1200}
    assert type(said.values["n"]) is int
