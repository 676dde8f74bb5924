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

from collections.abc import Iterable
from difflib import get_close_matches

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
        hint = f'; did you mean "{near[0]}"?' if near else "."
        super().__init__(f'there is no {kind} "{name}"{hint} Known: {_listed(names)}', loc)
        self.kind = kind
        self.name = name


class ShapeMismatch(SpecError):
    """An array of the wrong shape."""

    def __init__(self, what: str, expected: tuple[object, ...], actual: tuple[object, ...], loc: Loc = ()) -> None:
        super().__init__(f"{what} expects shape {_shape(expected)}, but receives {_shape(actual)}", loc)
        self.what = what
        self.expected = expected
        self.actual = actual


class LimitExceeded(SpecError):
    """Larger than this server allows."""

    def __init__(self, what: str, limit: float, actual: float, loc: Loc = ()) -> None:
        super().__init__(f"{what}: at most {limit:,} are allowed here, but {actual:,} were asked for", loc)
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


def _listed(names: list[str]) -> str:
    """As many as one can read: an unrolled network has a thousand nodes."""
    more = f" and {len(names) - MOST_LISTED:,} more" if len(names) > MOST_LISTED else ""
    return ", ".join(names[:MOST_LISTED]) + more


def _shape(shape: tuple[object, ...]) -> str:
    return "(" + ", ".join(map(str, shape)) + ("," if len(shape) == 1 else "") + ")"
