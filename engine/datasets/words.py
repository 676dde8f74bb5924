"""Number words, English and French, by rule.

English without "and" (``nine hundred ninety-nine``). French in the traditional spelling: hyphens below 100 only, none
around "et" (``vingt et un``, ``soixante et onze``); ``vingt`` and ``cent`` take an s where they are multiplied and
nothing follows (``quatre-vingts``, ``deux cents``, but ``quatre-vingt-un``, ``deux cent un``); ``mille`` never does.
"""


def _each(words: str) -> tuple[str, ...]:
    return tuple(words.split())


_ENGLISH = _each(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
)
_ENGLISH_TENS = ("", "", *_each("twenty thirty forty fifty sixty seventy eighty ninety"))
_FRENCH = _each(
    "zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dix-sept dix-huit "
    "dix-neuf"
)
_FRENCH_TENS = ("", "", *_each("vingt trente quarante cinquante soixante soixante quatre-vingt quatre-vingt"))


def english(number: int) -> str:
    """0 to 9,999: 1984 -> "one thousand nine hundred eighty-four"."""
    if number < 20:
        return _ENGLISH[number]
    if number < 100:
        tens, ones = divmod(number, 10)
        return _ENGLISH_TENS[tens] + (f"-{_ENGLISH[ones]}" if ones else "")
    unit, name = (1000, "thousand") if number >= 1000 else (100, "hundred")
    many, rest = divmod(number, unit)
    return f"{english(many)} {name}" + (f" {english(rest)}" if rest else "")


def french(number: int) -> str:
    """0 to 9,999: 1984 -> "mille neuf cent quatre-vingt-quatre"."""
    if number < 100:
        return _french_below_100(number)
    unit, name = (1000, "mille") if number >= 1000 else (100, "cent")
    many, rest = divmod(number, unit)
    words = name if many == 1 else f"{french(many)} {name}"
    if not rest:
        return words + ("s" if unit == 100 and many > 1 else "")
    return f"{words} {french(rest)}"


def _french_below_100(number: int) -> str:
    """70 to 79 and 90 to 99 count on from 60 and 80; 80 is four twenties."""
    if number < 20:
        return _FRENCH[number]
    tens, ones = divmod(number, 10)
    rest = ones + 10 if tens in (7, 9) else ones
    if not rest:
        return _FRENCH_TENS[tens] + ("s" if tens == 8 else "")
    joint = " et " if rest in (1, 11) and tens < 8 else "-"
    return f"{_FRENCH_TENS[tens]}{joint}{_FRENCH[rest]}"
