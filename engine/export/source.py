"""The text of functions, with everything of ours that they call: what a standalone script is put together from."""

import inspect
from collections.abc import Callable, Iterable
from types import CodeType
from typing import Any

HOUSE = "engine.export."
#: What a script defines itself.
GIVEN = frozenset({"Array"})


def with_helpers(functions: Iterable[Callable[..., Any]]) -> list[str]:
    """The source of these functions and of what they use, helpers first; constants as assignments."""
    pieces: dict[str, str] = {}
    for function in functions:
        _collect(function, pieces)
    return list(pieces.values())


def _collect(function: Callable[..., Any], pieces: dict[str, str]) -> None:
    if function.__name__ in pieces:
        return
    scope = inspect.unwrap(function).__globals__
    for name in _names(function.__code__):
        value = scope.get(name)
        if inspect.isfunction(value) and value.__module__.startswith(HOUSE):
            if value is not function:
                _collect(value, pieces)
        elif name.isupper() and isinstance(value, float | int | tuple):
            pieces.setdefault(name, f"{name} = {value!r}")
    pieces[function.__name__] = inspect.getsource(function).rstrip()


def _names(code: CodeType) -> Iterable[str]:
    """Every name that the code looks up, in functions within it too."""
    yield from code.co_names
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _names(constant)
