"""The questions that can be asked of a session; none changes it. Arrays stay arrays (``{dtype, shape, data}``)."""

from collections.abc import Callable
from typing import Any

from app.protocol import commands as c
from app.shards import trials
from app.shards.checkpoints import WHOLE_PAST, encode
from app.shards.data import data
from app.shards.session import Session
from app.shards.travel import bookmarks_data
from engine.export import FORMATS
from engine.words import ENGLISH


def forward(session: Session, command: c.Forward) -> Any:
    """Outputs and activations."""
    return session.trainer.forward(command.inputs)


def backward(session: Session, command: c.Backward) -> Any:
    """Loss, activations, gradients."""
    return session.trainer.backward(command.inputs, command.targets)


def saliency(session: Session, command: c.Saliency) -> Any:
    """The gradient of one number with respect to the input."""
    return trials.saliency(session.trainer, command)


def what_if(session: Session, command: c.WhatIf) -> Any:
    """What would be, with some numbers changed."""
    return trials.what_if(session.trainer, command)


def tensor(session: Session, command: c.Tensor) -> Any:
    """One node: value, gradient, delta; None where not computed."""
    return session.trainer.tensor(command.node)


def parameters(session: Session, _: c.Parameters) -> Any:
    """All parameters by name."""
    return session.trainer.parameters()


def explain(session: Session, command: c.Explain) -> Any:
    """The derivation of one number."""
    language = command.language or ENGLISH
    return session.trainer.explain(command.node, command.quantity, tuple(command.index), command.level, language)


def history(session: Session, _: c.History) -> Any:
    """Metrics by step."""
    return session.trainer.history()


def timeline(session: Session, _: c.Timeline) -> Any:
    """The run as a line of steps."""
    return {**data(session.trainer.known()), "bookmarks": bookmarks_data(session.trainer)}


def ledger(session: Session, command: c.Ledger) -> Any:
    """A parameter's book: start, sum of deltas, current."""
    return session.trainer.ledger(command.parameter)


def projection(session: Session, command: c.Projection) -> Any:
    """The rows of a matrix in a plane."""
    return session.trainer.projection(command.parameter)


def histograms(session: Session, command: c.Histograms) -> Any:
    """How weights and updates are spread, over time."""
    return session.trainer.histograms(command.parameters)


def confusion(session: Session, _: c.Confusion) -> Any:
    """Both confusion matrices; None for regression."""
    return {"confusion": session.trainer.confusion()}


def state(session: Session, _: c.State) -> Any:
    """The snapshot."""
    return session.snapshot()


def recipe(session: Session, _: c.Recipe) -> Any:
    """How to come back here from the spec alone."""
    return session.trainer.recipe()


def export(session: Session, command: c.Export) -> Any:
    """Spec, cursor and parameters, of the same moment; or the engine's file, as ``{spec, content}``."""
    trainer = session.trainer
    if command.format is not None:
        return {"spec": trainer.spec, "content": FORMATS[command.format].write(trainer.moment())}
    training = trainer.training()
    return {
        "spec": trainer.spec,
        "cursor": trainer.position.as_dict(),
        "parameters": trainer.parameters(),
        "training": {name: getattr(training, name) for name in ("optimizer_step", "slots", "first")},
    }


def save(session: Session, command: c.Save) -> Any:
    """A checkpoint with its past."""
    return encode(session, past=WHOLE_PAST, ahead=command.ahead)


def _plain(question: Callable[[Session, Any], Any]) -> Callable[[Session, Any], dict[str, Any]]:
    """The same question with its answer as plain data."""

    def asked(session: Session, command: Any) -> dict[str, Any]:
        answer: dict[str, Any] = data(question(session, command))
        return answer

    return asked


QUERIES: dict[type[c.CommandBase], Callable[[Session, Any], dict[str, Any]]] = {
    c.Forward: _plain(forward),
    c.Backward: _plain(backward),
    c.Saliency: _plain(saliency),
    c.WhatIf: _plain(what_if),
    c.Tensor: _plain(tensor),
    c.Parameters: _plain(parameters),
    c.Explain: _plain(explain),
    c.History: _plain(history),
    c.Timeline: _plain(timeline),
    c.Ledger: _plain(ledger),
    c.Projection: _plain(projection),
    c.Histograms: _plain(histograms),
    c.Confusion: _plain(confusion),
    c.State: _plain(state),
    c.Recipe: _plain(recipe),
    c.Export: _plain(export),
    c.Save: _plain(save),
}
