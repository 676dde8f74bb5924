"""What is known of a run's past: the states that are held, how far it has come, and what a timeline shows of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from engine.checkpoints import Checkpoint, Checkpoints
from engine.errors import SpecError
from engine.network import Network
from engine.position import Diverged
from engine.words import say

#: At most so many states of the past are saved, beside those that are pinned.
MOST_STATES = 192
#: What a saved time of computing may be wrong by, and what is too short to be measured.
MOST_UNTRUE, LEAST_SECONDS = 30.0, 0.1
#: A timeline lists at most so many stretches and so many marks, the newest; what is older is coarse anyway.
MOST_LISTED = 128


@dataclass(frozen=True)
class Epochs:
    """Epoch ``epoch`` begins with step ``step``, and every ``batches`` steps another one."""

    step: int
    epoch: int
    batches: int


@dataclass(frozen=True)
class Past:
    """What a run goes on with, beside its present state.

    Args:
        elapsed: seconds of computing when that state was taken.
        furthest: (step, seconds) of the newest step that was ever trained.
        held: states of other steps, oldest first.
        breaks: steps at which the spec was changed.
    """

    elapsed: float = 0.0
    furthest: tuple[int, float] = (0, 0.0)
    held: tuple[Checkpoint, ...] = ()
    breaks: tuple[int, ...] = ()


def checkpoints_of(past: Past, present: Checkpoint, memory: int) -> Checkpoints:
    """The checkpoints of a run that goes on from here."""
    states = {state.step: state for state in (present, *past.held)}
    first, *others = (states[step] for step in sorted(states))
    checkpoints = Checkpoints(first, memory=memory)
    for state in others:
        checkpoints.add(state)
    return checkpoints


def chosen(checkpoints: Checkpoints, room: int, last: int) -> list[Checkpoint]:
    """Of those up to step ``last`` the pinned, the first, the newest, and evenly between them as many as have room."""
    there = [checkpoint for checkpoint in checkpoints if checkpoint.step <= last]
    most = min(MOST_STATES, room // checkpoints.oldest.size, len(there))
    evenly = {round(place * (len(there) - 1) / (most - 1)) for place in range(most)} if most > 1 else set()
    return [one for place, one in enumerate(there) if place in evenly or checkpoints.is_pinned(one)]


def check_honest(states: Sequence[Checkpoint], network: Network) -> None:
    """They are in order, and what is said to be a tenth of a second is not many seconds.

    Raises:
        SpecError: they are not.
    """
    for before, after in pairwise(states):
        steps, seconds = after.step - before.step, after.elapsed - before.elapsed
        if steps <= 0 or network.estimated_seconds(steps) > MOST_UNTRUE * max(seconds, LEAST_SECONDS):
            raise SpecError(
                say("step {step:,} cannot be so soon after step {step_2:,}", step=after.step, step_2=before.step),
                ("past",),
            )


@dataclass(frozen=True)
class Known:
    """A run for who draws it as a line of steps.

    Args:
        begin: the first step that can still be computed again.
        newest: the last that was trained, wherever the cursor stands.
        kept: stretches (first, last) that are at hand at once; the newest 128. What lies between takes computing.
        epochs: where they begin.
        edits: steps that begin with something set by hand.
        breaks: steps at which the spec was changed.
        diverged: where a number was not finite.
    """

    begin: int
    newest: int
    kept: list[tuple[int, int]]
    epochs: Epochs
    edits: list[int]
    breaks: list[int]
    diverged: tuple[int, int] | None


def known(timeline: Any) -> Known:
    """What a timeline knows of its run."""
    found: tuple[Any, Diverged] | None = timeline.found_divergence
    edits = sorted({edit.step for edit in timeline.edits.edits})
    return Known(
        begin=timeline.checkpoints.oldest.step,
        newest=timeline.furthest,
        kept=timeline.kept()[-MOST_LISTED:],
        epochs=timeline.epochs,
        edits=edits[-MOST_LISTED:],
        breaks=list(timeline.breaks[-MOST_LISTED:]),
        diverged=(found[0].shown, found[0].ran) if found else None,
    )
