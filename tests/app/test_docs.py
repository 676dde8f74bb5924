"""The reference pages say what the registries hold: nothing is undocumented, nothing documented is gone."""

import re
from pathlib import Path
from typing import Any, get_args

import pytest

from app.protocol.commands import Command, StreamCommand
from app.protocol.events import Event, EventBase
from app.protocol.problems import KINDS
from app.settings import Settings, settings_table
from app.shards.transitions import mermaid

DOCS = Path(__file__).parents[2] / "docs"
PROTOCOL = (DOCS / "reference/protocol.md").read_text()
ROW = re.compile(r"^\| `(\w+)` \| (.*)$", re.MULTILINE)


def section(title: str) -> str:
    """The text of one section."""
    return PROTOCOL.split(f"\n## {title}\n")[1].split("\n## ")[0]


def rows(title: str) -> dict[str, str]:
    """First column -> the rest of the row."""
    return dict(ROW.findall(section(title)))


def tag(model: Any) -> str:
    """The ``type`` of a message."""
    return str(model.model_fields["type"].default)


def test_every_command_of_the_socket_is_documented() -> None:
    """The table has each, and no other."""
    assert {tag(command) for command in get_args(StreamCommand)} == rows("Commands").keys()


@pytest.mark.parametrize("command", get_args(StreamCommand), ids=tag)
def test_every_field_of_a_command_is_documented(command: Any) -> None:
    """Its row names each."""
    row = rows("Commands")[tag(command)]

    assert not [name for name in command.model_fields if name not in {"type", "id"} and f"`{name}`" not in row]


def test_commands_of_rest_alone_are_named() -> None:
    """So that nobody looks for them among the messages."""
    others = {tag(command) for command in get_args(Command)} - {tag(command) for command in get_args(StreamCommand)}

    assert not [name for name in others if f"`{name}`" not in section("Commands")]


def test_every_event_is_documented() -> None:
    """The table has each, and no other."""
    assert {tag(event) for event in get_args(Event)} == rows("Events").keys()


@pytest.mark.parametrize("event", get_args(Event), ids=tag)
def test_every_field_of_an_event_is_documented(event: Any) -> None:
    """Its row names each that not every event has."""
    row = rows("Events")[tag(event)]
    own = [name for name in event.model_fields if name not in {"type", *EventBase.model_fields}]

    assert not [name for name in own if f"`{name}`" not in row]


def test_every_close_code_is_documented() -> None:
    """Whatever code the sources close a socket with."""
    sources = [path.read_text() for path in (DOCS.parent / "app").rglob("*.py")]
    used = {code for text in sources for code in re.findall(r"(?:Close|\.end|\.close)\((\d{4})\b", text)}

    assert used
    assert not [code for code in used if f"| {code} |" not in section("Close codes")]


def test_every_problem_is_documented() -> None:
    """Each with its status, title and meaning."""
    text = (DOCS / "reference/errors.md").read_text()

    missing = [n for n, k in KINDS.items() if f"| `{n}` | {k.status} | {k.title} | {k.summary} |" not in text]
    assert not missing
    assert len(KINDS) == text.count("\n| `")


def test_the_diagram_is_the_table() -> None:
    """docs/explanation/architecture.md draws the transitions as they are."""
    assert mermaid() in (DOCS / "explanation/architecture.md").read_text()


def test_every_setting_is_documented() -> None:
    """The reference page holds the very table, and every setting says what it is."""
    assert settings_table() in (DOCS / "reference/settings.md").read_text()
    assert not [name for name, field in Settings.model_fields.items() if not field.description]
