"""Commands, events and problems: closed, frozen, and one mapping from errors."""

import json
from typing import Any, get_args

import pytest
from pydantic import ValidationError

from app.protocol import commands as c
from app.protocol import problems
from app.protocol.events import EVENTS, Event
from app.protocol.framing import FramingError
from engine import errors as engine

EXAMPLES: dict[str, dict[str, Any]] = {
    "seek": {"step": 3},
    "rename": {"layer": "hidden1", "name": "first"},
    "patch": {"patch": {"name": "x"}},
    "set_parameter": {"name": "output.W", "value": [[1.0]]},
    "ack": {"seq": 1},
    "visible": {"visible": False},
    "explain": {"node": "loss"},
    "rename_bookmark": {"bookmark": 1, "name": "best"},
    "remove_bookmark": {"bookmark": 1},
    "visit": {"bookmark": 1},
}


@pytest.mark.parametrize("command", get_args(c.StreamCommand), ids=lambda command: command.__name__)
def test_a_command_comes_back_as_itself(command: Any) -> None:
    """Text to command and back; an unknown field is refused; it is frozen."""
    tag = command.model_fields["type"].default
    message = {"type": tag, "id": "7", **EXAMPLES.get(tag, {})}

    parsed = c.parse_command(json.dumps(message))

    assert isinstance(parsed, command)
    assert message.items() <= parsed.model_dump(mode="json").items()
    with pytest.raises(ValidationError):
        c.parse_command(json.dumps({**message, "surprise": 1}))
    with pytest.raises(ValidationError):
        parsed.id = "8"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "null",
        '{"type": "fly"}',
        '{"type": "save"}',
        '{"type": "step", "count": 0}',
        '{"type": "step", "count": 1000000}',
        '{"type": "step", "unit": "mile"}',
        '{"type": "play", "rate": 0}',
        '{"type": "play", "rate": NaN}',
        '{"type": "seek", "step": -1}',
        '{"type": "seek", "step": 1, "otherwise": "guess"}',
        '{"type": "visit", "bookmark": 0}',
        '{"type": "set_parameter", "name": "W", "value": NaN}',
        '{"type": "set_parameter", "name": "W", "value": 1, "index": [1, 2, 3, 4, 5]}',
        '{"type": "watch", "resolution": 4096}',
    ],
)
def test_what_is_no_command_is_refused(text: str) -> None:
    """Loudly, before anybody acts on it."""
    with pytest.raises((ValidationError, problems.ProblemError)):
        c.parse_command(text)


def test_numbers_that_a_browser_writes_with_all_their_digits_are_numbers() -> None:
    """1e20 as JSON.stringify has it; the field says what it makes of it."""
    command = c.parse_command('{"type": "set_parameter", "name": "W", "value": 100000000000000000000}')

    assert isinstance(command, c.SetParameter)
    assert 1e20 == command.value
    with pytest.raises(ValidationError, match=r"seek\.step"):
        c.parse_command('{"type": "seek", "step": 100000000000000000000}')


def test_an_unknown_event_fails() -> None:
    """The union is closed on this side too."""
    with pytest.raises(ValidationError):
        EVENTS.validate_python({"type": "exploded", "session": "s", "mode": "paused"})


def test_events_have_tags_of_their_own() -> None:
    """One word for each."""
    tags = [event.model_fields["type"].default for event in get_args(Event)]

    assert len(tags) == len(set(tags))


def all_errors(base: type[engine.EngineError]) -> list[type[engine.EngineError]]:
    """The tree below it."""
    return [base, *(error for sub in base.__subclasses__() for error in all_errors(sub))]


@pytest.mark.parametrize("error_class", all_errors(engine.EngineError)[1:])
def test_every_error_of_the_engine_has_a_status(error_class: type[engine.EngineError]) -> None:
    """None of them is "internal", and message and place survive the way to the gateway."""
    error = error_class.__new__(error_class)
    engine.EngineError.__init__(error, "too deep", ("layers", 0))

    problem = problems.problem_of(error)
    rebuilt = problems.ProblemError.from_data(problem.as_data())

    assert "internal" != problem.kind
    assert (problem.kind, "too deep", problem.flaws) == (rebuilt.kind, rebuilt.detail, rebuilt.flaws)
    assert [problems.Flaw(loc=("layers", 0), msg="too deep")] == list(rebuilt.flaws)


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (MemoryError(), "limit-exceeded"),
        (FramingError(), "invalid-request"),
        (RuntimeError("secret"), "internal"),
        (problems.not_found(), "not-found"),
    ],
)
def test_other_errors_have_a_kind_too(error: Exception, kind: str) -> None:
    """What is unknown is internal, and its text is not told."""
    problem = problems.problem_of(error)

    assert kind == problem.kind
    assert "secret" not in problem.detail


def test_pydantics_errors_say_where() -> None:
    """Each flaw with its path; the detail is the first."""
    with pytest.raises(ValidationError) as caught:
        c.COMMANDS.validate_python({"type": "step", "count": 0, "unit": "mile"})

    problem = problems.problem_of(caught.value)

    assert {("step", "count"), ("step", "unit")} == {flaw.loc for flaw in problem.flaws}
    assert "(and 1 more)" in problem.detail


def test_a_problem_document_is_rfc_9457() -> None:
    """type, title, status, detail, instance, and what is wrong where."""
    document = problems.ProblemError("spec-error", "no layers", ("layers",)).document("/api/v1/sessions")

    assert {
        "type": "/problems/spec-error",
        "title": "This network cannot be built",
        "status": 422,
        "detail": "no layers",
        "instance": "/api/v1/sessions",
        "errors": [{"loc": ["layers"], "msg": "no layers"}],
    } == document.model_dump(mode="json")
