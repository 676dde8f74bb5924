"""Sentences about a session, where the engine has none."""

from collections.abc import Sequence
from typing import Any

from engine.explain.tex import MINUS

#: How many parameters a sentence names.
MOST_NAMES = 8

#: What a person did, as a noun.
DEEDS = {
    "add": "the addition",
    "remove": "the removal",
    "move": "the move",
    "layer": "a change",
    "layers": "changes",
    "option": "a change",
    "options": "changes",
    "rename": "the renaming",
    "parameter": "the setting by hand",
    "reset": "the new beginning",
    "visit": "the return to a bookmark",
}


def edit_sentence(edited: Any) -> str:
    """Which weights were kept, in words."""
    parts = [
        f"{words}: {', '.join(names[:MOST_NAMES])}{', …' if len(names) > MOST_NAMES else ''}."
        for words, names in (
            ("Kept", edited.kept),
            ("Kept as far as they fit", edited.resized),
            ("New", edited.initialised),
            ("Gone", edited.dropped),
        )
        if names
    ]
    return " ".join(parts) or "Changed."


def hand_sentence(name: str, index: Sequence[int] | None, value: Any, step: int) -> str:
    """What was set by hand, and that the step begins again. Entries are counted from 1 for people."""
    place = f"[{', '.join(str(i + 1) for i in index)}]" if index else ""
    number = f" to {value:.6g}".replace("-", MINUS) if isinstance(value, int | float) else ""
    return f"{name}{place} is set{number} by hand: step {step:,} begins again."


def rename_sentence(layer: str, name: str) -> str:
    """A layer has another name."""
    return f"{layer} is called {name} now; its weights are the same."


def turn_sentence(deed: Any, step: int, *, redone: bool) -> str:
    """What was undone or redone, and where the session stands now."""
    of = f" of {deed.name}" if deed.name else ""
    value = f" ({deed.field} {deed.value})".replace("( ", "(") if deed.value is not None else ""
    return (
        f"{'Redone' if redone else 'Undone'}: {DEEDS[deed.what]}{of}{value}. All is as it was there, at step {step:,}."
    )


def divergence_sentence(diverged: Any) -> str:
    """Where training has stopped; why and what to change stands beside it."""
    return f"Stopped: {diverged.node} is the first number that is not finite."
