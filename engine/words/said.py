"""What was said: a text in English that knows how it was made."""

from collections.abc import Iterable, Mapping
from typing import Annotated, Any

import numpy as np
from pydantic import WrapValidator

#: English template -> that of another language.
Catalogue = Mapping[str, str]


class Said(str):
    """A text in English that knows how it was made."""

    __slots__ = ("template", "values")

    template: str
    values: Mapping[str, Any]

    def __new__(cls, template: str, values: Mapping[str, Any]) -> "Said":
        """Fill the values in."""
        said = super().__new__(cls, template.format_map(values))
        said.template, said.values = template, values
        return said

    def __reduce__(self) -> tuple[type["Said"], tuple[str, Mapping[str, Any]]]:
        """Copies and pickles know it too."""
        return Said, (self.template, self.values)

    def __format__(self, spec: str) -> str:
        """``{x:capital}`` begins with a capital letter, as a sentence does."""
        return self[:1].upper() + self[1:] if spec == "capital" else super().__format__(spec)

    def within(self, catalogue: Catalogue) -> "Said":
        """The same in the catalogue's language; what that lacks stays English."""
        template = catalogue.get(self.template, self.template)
        values = {name: _value(value, catalogue) for name, value in self.values.items()}
        return Said(template, values)


def say(template: str, /, **values: Any) -> Said:
    """This sentence, with these values in its braces; a value may itself be something that was said.

    What was said already stays as it is.
    """
    return template if isinstance(template, Said) else Said(template, {name: _kept(v) for name, v in values.items()})


def joined(parts: Iterable[str], between: str = ", ") -> str:
    """The parts in a row; unlike ``str.join`` it keeps what was said. ``between`` may be a word, " and "."""
    texts = tuple(parts)
    if not any(letter.isalpha() for letter in between) and not any(isinstance(text, Said) for text in texts):
        return between.join(texts)
    whole: str = ""
    for number, text in enumerate(texts):
        whole = say(f"{{a}}{between}{{b}}", a=whole, b=text) if number else text
    return whole


def counted(number: int, noun: str) -> Said:
    """``1 step``, ``1,200 steps``: both stand in each catalogue."""
    return say(f"{{n:,}} {noun}" if number == 1 else f"{{n:,}} {noun}s", n=number)


def _kept(value: Any) -> Any:
    """Texts and numbers; numpy's as Python's and others, such as shapes, as text, so that they travel as they read."""
    if isinstance(value, str | int | float):
        return value
    number = value.item() if isinstance(value, np.generic) else value
    return number if isinstance(number, str | int | float) else str(value)


def _value(value: Any, catalogue: Catalogue) -> Any:
    return value.within(catalogue) if isinstance(value, Said) else value


def _keep(value: Any, check: Any) -> Any:
    return value if isinstance(value, Said) else check(value)


#: A field of a model that holds what was said as it is.
Text = Annotated[str, WrapValidator(_keep)]
