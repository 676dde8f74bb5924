"""Sentences about a session, where the engine has none."""

from typing import Any

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


def divergence_sentence(diverged: Any) -> str:
    """Where training has stopped; why and what to change stands beside it."""
    return f"Stopped: {diverged.node} is the first number that is not finite."
