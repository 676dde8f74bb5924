"""Texts by the id of their content."""

import pytest

from engine.errors import UnknownName
from engine.tables import Shelf, table_id


def test_a_text_is_found_by_its_id_until_it_is_forgotten() -> None:
    """The same text has the same id; what nobody keeps is gone."""
    shelf: Shelf[int] = Shelf()
    one, two = shelf.put("one"), shelf.put("two")
    assert (table_id("one"), "one") == (one, shelf.text(one))

    shelf.keep({two})

    assert 1 == len(shelf)
    with pytest.raises(UnknownName):
        shelf.text(one)


def test_what_is_made_of_a_text_is_kept_for_the_same_options() -> None:
    """Others make it anew."""
    shelf: Shelf[str] = Shelf()
    key, made = shelf.put("text"), []

    for options in (1, 1, 2):
        shelf.made(key, options, lambda text: made.append(text) or text)  # type: ignore[func-returns-value]

    assert 2 == len(made)
