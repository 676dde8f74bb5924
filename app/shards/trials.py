"""Trying it oneself: an example of one's own, its saliency, ascent on the input, texts written and translated.

What takes long is done in slices, so that no session keeps its shard to itself.
"""

from collections.abc import Callable
from typing import Any, Protocol

from app.protocol import commands as c
from app.shards.data import data
from app.shards.walk import Timer
from engine import trying
from engine.dreaming import Wish
from engine.music import read_tune
from engine.own import Given, Own, read_own
from engine.translating import Translation

#: Of a text that begins so, the bars can be checked: it is a tune in ABC notation.
TUNE = "M:"
#: What a slice of the loss may take, about, and the fewest points that it has.
SLICE_SECONDS, LEAST_POINTS = 1.0, 5


class Errand(Protocol):
    """Something of the engine's that takes many steps."""

    @property
    def done(self) -> bool:
        """Whether there is nothing left to do."""

    def go_on(self) -> None:
        """One step."""

    def report(self) -> Any:
        """What has come of it."""


class Trial:
    """An errand, done in slices.

    Args:
        errand: what is done.
        tell: makes plain data of its report.
    """

    def __init__(self, errand: Errand, tell: Callable[[Any], dict[str, Any]] = data) -> None:
        self._errand = errand
        self._tell = tell

    @property
    def done(self) -> bool:
        """Whether it is."""
        return self._errand.done

    @property
    def report(self) -> dict[str, Any]:
        """What has come of it."""
        return self._tell(self._errand.report())

    def go(self, budget: float, timer: Timer) -> None:
        """Work for about ``budget`` seconds, at least one step."""
        start = timer()
        while not self._errand.done:
            self._errand.go_on()
            if timer() - start >= budget:
                break


def set_own(trainer: Any, command: c.SetOwn) -> dict[str, Any]:
    """Read it, keep it, and say what the network makes of it.

    Raises:
        EngineError: it is no example for this network; the one before stays.
    """
    if command.inputs is None and command.raw is None and command.text is None:
        trainer.own = None
        return {"own": None, "answer": None}
    own = read_own(trainer.network, Given(command.inputs, command.raw, command.text, command.target))
    answer = trying.answer_to(trainer.network, own)
    trainer.own = own
    return {"own": data(own), "answer": data(answer)}


def saliency(trainer: Any, command: c.Saliency) -> dict[str, Any]:
    """The gradient of one number with respect to the input."""
    found = trying.saliency_of(trainer.network, _example(trainer, command), command.node, command.index)
    answer: dict[str, Any] = data(found)
    return answer


def ascend(trainer: Any, command: c.Ascend) -> Trial:
    """Begin to climb."""
    wish = Wish(command.node, command.index, command.steps, command.learning_rate, command.l2)
    own = None if command.example is None else trying.example_of(trainer.network, None, command.example, trainer.own)
    return Trial(trying.ascent(trainer.network, wish, command.start, own, command.seed))


def generate(trainer: Any, command: c.Generate) -> Trial:
    """Begin to write."""
    wish = command.model_dump(exclude={"type", "id"})
    return Trial(trying.writer(trainer.network, **wish), _with_music)


def translate(trainer: Any, command: c.Translate) -> Trial:
    """Begin to translate; by chance only if that is wished for."""
    temperature = command.temperature if command.sample else None
    return Trial(Translation(trainer.network, command.text, temperature=temperature, seed=command.seed))


def effect(trainer: Any, command: c.Effect) -> Trial:
    """Begin to measure; a slice has fewer points where a step of the network takes long."""
    affordable = int(SLICE_SECONDS / trainer.network.estimated_seconds(1))
    points = min(command.points, max(LEAST_POINTS, affordable - 1 + affordable % 2))
    wish = {"nudge": command.step, "points": points, "reach": command.reach}
    return Trial(trainer.effect(command.parameter, command.index, **wish))


def what_if(trainer: Any, command: c.WhatIf) -> Any:
    """The followed example's values and the losses with these numbers changed."""
    return trainer.what_if(command.changes, command.nodes, command.example)


def _with_music(written: Any) -> dict[str, Any]:
    """A text, and, if it is a tune, its notes and whether its bars fill the metre."""
    return {**data(written), "tune": music(written.text) if written.text.startswith(TUNE) else None}


def music(text: str) -> dict[str, Any]:
    """A tune's notes and bars; times are in whole notes."""
    tune = read_tune(text)
    bars = [{"place": bar.place, "length": float(bar.length), "kind": bar.kind} for bar in tune.bars]
    notes = [
        {
            "pitch": note.pitch,
            "start": float(note.start),
            "duration": float(note.duration),
            "bar": note.bar,
            "place": note.place,
        }
        for note in tune.notes
    ]
    return {
        "metre": tune.metre,
        "key": tune.key,
        "full": float(tune.full),
        "right_bars": tune.right_bars,
        "bars": bars,
        "notes": notes,
        "problems": data(tune.problems),
    }


def _example(trainer: Any, command: c.Saliency) -> Own:
    given = Given(command.inputs, command.raw, command.text, command.target)
    named = given.inputs is None and given.raw is None and given.text is None
    return trying.example_of(trainer.network, None if named else given, command.example, trainer.own)
