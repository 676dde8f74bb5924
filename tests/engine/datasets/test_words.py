import re

import pytest

from engine.datasets.words import english, french


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "zero"),
        (13, "thirteen"),
        (20, "twenty"),
        (97, "ninety-seven"),
        (100, "one hundred"),
        (210, "two hundred ten"),
        (1000, "one thousand"),
        (1001, "one thousand one"),
        (9999, "nine thousand nine hundred ninety-nine"),
    ],
)
def test_english(number: int, words: str) -> None:
    """Without "and"."""
    assert words == english(number)


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "zéro"),
        (16, "seize"),
        (17, "dix-sept"),
        (20, "vingt"),
        (21, "vingt et un"),
        (22, "vingt-deux"),
        (61, "soixante et un"),
        (70, "soixante-dix"),
        (71, "soixante et onze"),
        (72, "soixante-douze"),
        (80, "quatre-vingts"),
        (81, "quatre-vingt-un"),
        (90, "quatre-vingt-dix"),
        (91, "quatre-vingt-onze"),
        (97, "quatre-vingt-dix-sept"),
        (100, "cent"),
        (101, "cent un"),
        (171, "cent soixante et onze"),
        (180, "cent quatre-vingts"),
        (200, "deux cents"),
        (201, "deux cent un"),
        (280, "deux cent quatre-vingts"),
        (1000, "mille"),
        (1001, "mille un"),
        (1100, "mille cent"),
        (1200, "mille deux cents"),
        (2000, "deux mille"),
        (3080, "trois mille quatre-vingts"),
        (9999, "neuf mille neuf cent quatre-vingt-dix-neuf"),
    ],
)
def test_french(number: int, words: str) -> None:
    """The traditional spelling: where hyphens, "et" and the plural s stand."""
    assert words == french(number)


def test_every_number_has_its_own_words() -> None:
    """In both languages; "s" of a plural only at the end, "un" never before cent or mille."""
    words = [french(number) for number in range(10_000)]

    assert 10_000 == len(set(words)) == len({english(number) for number in range(10_000)})
    assert not [text for text in words if re.search(r"(vingts|cents)[ -]|\bun (cent|mille)", text)]
