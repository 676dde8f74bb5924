"""Sentences about a session, where the engine has none."""

from collections.abc import Sequence
from typing import Any

from engine.explain.tex import MINUS

#: How many parameters a sentence names.
MOST_NAMES = 8


def edit_sentence(edited: Any) -> str:
    """Which weights were kept, in words."""
    parts = [
        f"{words}: {', '.join(names[:MOST_NAMES])}{', …' if len(names) > MOST_NAMES else ''}."
        for words, names in (("Kept", edited.kept), ("New", edited.initialised), ("Gone", edited.dropped))
        if names
    ]
    return " ".join(parts) or "Changed."


def hand_sentence(name: str, index: Sequence[int] | None, value: Any, step: int) -> str:
    """What was set by hand, and that the step begins again. Entries are counted from 1 for people."""
    place = f"[{', '.join(str(i + 1) for i in index)}]" if index else ""
    number = f" to {value:.6g}".replace("-", MINUS) if isinstance(value, int | float) else ""
    return f"{name}{place} is set{number} by hand: step {step:,} begins again."


def divergence_sentence(diverged: Any) -> str:
    """Where training has stopped; why and what to change stands beside it."""
    return f"Stopped: {diverged.node} is the first number that is not finite."
