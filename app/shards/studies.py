"""What is studied of a session, in slices: its examples one by one, its learning rate; and all that runs like that."""

from collections.abc import Callable
from typing import Any

from app.protocol import commands as c
from app.protocol.problems import ProblemError
from app.shards import trials
from app.shards.data import data
from app.shards.trials import Trial
from engine.predicting import Wish, page
from engine.sweeping import Wish as Rates
from engine.words import joined


def predictions(trainer: Any, command: c.Predictions) -> Trial:
    """Begin to evaluate the examples; what is evaluated already is only looked up."""
    wish = Wish(**command.model_dump(exclude={"type", "id", "part"}))

    def tell(judged: Any) -> dict[str, Any]:
        told: dict[str, Any] = data(page(trainer.network, judged, wish))
        return told

    return Trial(trainer.judging(command.part), tell)


def find_rate(trainer: Any, command: c.FindRate) -> Trial:
    """Begin to sweep.

    Raises:
        ProblemError: diverged: from what is not finite no training goes on.
    """
    if trainer.diverged:
        raise ProblemError("diverged", joined((trainer.diverged.reason, trainer.diverged.advice), " "))
    return Trial(trainer.sweep(Rates(**command.model_dump(exclude={"type", "id"}))))


#: What takes many steps of its own and changes nothing.
ERRANDS: dict[type[c.CommandBase], Callable[[Any, Any], Trial]] = {
    c.Ascend: trials.ascend,
    c.Generate: trials.generate,
    c.Translate: trials.translate,
    c.Effect: trials.effect,
    c.Predictions: predictions,
    c.FindRate: find_rate,
}
#: What takes its time, but changes nothing: nobody has to look again, and nothing has to be saved.
QUESTIONS = frozenset({c.Gradcheck, *ERRANDS})
