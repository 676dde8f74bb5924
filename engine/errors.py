"""What the engine refuses, and why.

EngineError
├── SpecError            the description cannot be built, or the request does not fit it   -> HTTP 422
│   ├── UnknownName      a layer, node, parameter, dataset or feature that does not exist  -> HTTP 422 (404 in a path)
│   ├── ShapeMismatch    an array of the wrong shape
│   └── LimitExceeded    larger than this server allows
├── NotComputed          asked for a number that the cursor has not reached yet            -> HTTP 409
├── HistoryGone          asked for a point of time that is not kept                        -> HTTP 409
├── NothingToUndo        nothing was done that could be undone, or undone that could be redone -> HTTP 409
└── NumericalError       training produced a number that is not finite                     -> event "diverged"

Every error carries ``loc``, the path of what is wrong inside the request (as pydantic gives it), so that the
interface can mark the very field.
"""

from collections.abc import Iterable, Sequence
from difflib import get_close_matches

from engine.words import Said, joined, say

Loc = tuple[str | int, ...]

#: Names that a message lists.
MOST_LISTED = 40


class EngineError(Exception):
    """Catch this at the boundary."""

    def __init__(self, message: str, loc: Loc = ()) -> None:
        super().__init__(message)
        self.message = message
        self.loc = loc


class SpecError(EngineError):
    """The description cannot be built."""


class UnknownName(SpecError):
    """A name that does not exist; the message lists what does, nearest first."""

    def __init__(self, kind: str, name: str, known: Iterable[str], loc: Loc = ()) -> None:
        names = sorted(known)
        near = get_close_matches(name, names, n=1)
        hint = say('; did you mean "{near}"?', near=near[0]) if near else "."
        template = 'there is no {kind} "{name}"{hint} Known: {known}'
        super().__init__(say(template, kind=_called(kind), name=name, hint=hint, known=_listed(names)), loc)
        self.kind = kind
        self.name = name


class ShapeMismatch(SpecError):
    """An array of the wrong shape."""

    def __init__(self, what: str, expected: tuple[object, ...], actual: tuple[object, ...], loc: Loc = ()) -> None:
        template = "{what} expects shape {expected}, but got {actual}"
        super().__init__(say(template, what=_called(what), expected=_shape(expected), actual=_shape(actual)), loc)
        self.what = what
        self.expected = expected
        self.actual = actual


class LimitExceeded(SpecError):
    """Larger than this server allows."""

    def __init__(self, what: str, limit: float, actual: float, loc: Loc = ()) -> None:
        template = "{what}: at most {limit:,} are allowed here, but {actual:,} were asked for"
        super().__init__(say(template, what=_called(what), limit=limit, actual=actual), loc)
        self.limit = limit
        self.actual = actual


class NotComputed(EngineError):
    """The cursor has not reached the operation that computes this number."""


class HistoryGone(EngineError):
    """This point of time is not kept."""


class NothingToUndo(EngineError):
    """Nothing was done that could be undone, or undone that could be redone."""


class NumericalError(EngineError):
    """Training produced a number that is not finite."""


def _called(what: str) -> Said:
    """What is wrong, by its name: in other languages too, if a catalogue knows it."""
    return what if isinstance(what, Said) else say("{what}", what=what) if "{" in what else say(what)


def _listed(names: list[str]) -> str:
    """As many as one can read: an unrolled network has a thousand nodes."""
    shown, more = ", ".join(names[:MOST_LISTED]), len(names) - MOST_LISTED
    return say("{names} and {more:,} more", names=shown, more=more) if more > 0 else shown


def _shape(shape: tuple[object, ...]) -> str:
    return "(" + ", ".join(map(str, shape)) + ("," if len(shape) == 1 else "") + ")"


def not_one(names: Sequence[str], given: Iterable[str]) -> Said:
    """Why a request is refused in which exactly one of these has to stand."""
    wanted = joined((", ".join(names[:-1]), names[-1]), " and ")
    return say("give exactly one of {names}; {value} came", names=wanted, value=joined(given, " and ") or say("none"))
