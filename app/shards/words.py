"""Sentences about a session, where the engine has none."""

from collections.abc import Sequence
from typing import Any

from engine.explain.tex import MINUS
from engine.words import joined, say

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

RUNS = "Training runs: step {step:,}, epoch {epoch:,}."
PAUSED_AFTER = "Paused after {step:,} steps, in epoch {epoch:,}."


def mode_sentence(command: str, mode: str) -> str:
    """Why a command is refused that another mode would allow."""
    template = "cannot {command} while the session is {mode}; pause it first"
    return say(template, command=command, mode=mode)


def edit_sentence(edited: Any) -> str:
    """Which weights were kept, in words."""
    told = (
        ("Kept: {names}.", edited.kept),
        ("Kept as far as they fit: {names}.", edited.resized),
        ("New: {names}.", edited.initialised),
        ("Gone: {names}.", edited.dropped),
    )
    parts = [say(words, names=_listed(names)) for words, names in told if names]
    return joined(parts, " ") or say("Changed.")


def _listed(names: Sequence[str]) -> str:
    return ", ".join(names[:MOST_NAMES]) + (", …" if len(names) > MOST_NAMES else "")


def hand_sentence(name: str, index: Sequence[int] | None, value: Any, step: int) -> str:
    """What was set by hand, and that the step begins again. Entries are counted from 1 for people."""
    place = f"[{', '.join(str(i + 1) for i in index)}]" if index else ""
    if not isinstance(value, int | float):
        return say("{name} is set by hand: step {step:,} begins again.", name=name + place, step=step)
    number = f"{value:.6g}".replace("-", MINUS)
    template = "{name} is set to {number} by hand: step {step:,} begins again."
    return say(template, name=name + place, number=number, step=step)


def rename_sentence(layer: str, name: str) -> str:
    """A layer has another name."""
    return say("{layer} is called {name} now; its weights are the same.", layer=layer, name=name)


def turn_sentence(deed: Any, step: int, *, redone: bool) -> str:
    """What was undone or redone, and where the session stands now."""
    of = say(" of {name}", name=deed.name) if deed.name else ""
    value = f" ({deed.field} {deed.value})".replace("( ", "(") if deed.value is not None else ""
    template = "{turn}: {deed}{of}{value}. All is as it was there, at step {step:,}."
    turn = say("Redone") if redone else say("Undone")
    return say(template, turn=turn, deed=say(DEEDS[deed.what]), of=of, value=value, step=step)


def divergence_sentence(diverged: Any) -> str:
    """Where training has stopped; why and what to change stands beside it."""
    return say("Stopped: {node} is the first number that is not finite.", node=diverged.node)
