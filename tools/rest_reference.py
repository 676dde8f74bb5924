"""The tables of docs/reference/rest.md and docs/reference/settings.md, made from the routes and the settings.

``python -m tools.rest_reference`` writes them; a test fails when they are not up to date.
"""

import re
from pathlib import Path

from app.main import create_app
from app.routes.openapi import TAGS, operations
from app.routes.reference import about
from app.settings import Settings

DOCS = Path(__file__).resolve().parents[1] / "docs" / "reference"
MARK = re.compile(r"(<!-- made from the code -->\n).*?(<!-- until here -->)", re.DOTALL)
SETTINGS = {
    "host": "address to listen on",
    "port": "port to listen on; 0: any that is free",
    "shards": "processes that compute",
    "max_sessions": "sessions on this server",
    "ticket_seconds": "how long a ticket for a WebSocket is good",
    "max_body_bytes": "of a request",
    "max_message_bytes": "of a WebSocket message",
    "messages_per_second": "of one WebSocket, sustained",
    "messages_burst": "… and at once",
    "max_errors": "messages that make no sense, until a WebSocket is closed",
    "max_sockets": "WebSockets on this server",
    "max_sockets_per_session": "… and for one session",
    "frames_in_flight": "frames sent and not yet acknowledged",
    "max_frame_bytes": "of a frame",
    "frames_per_second": "for one WebSocket",
    "slow_ack_seconds": "without an acknowledgement, until frames come once a second",
    "dead_ack_seconds": "… and until the WebSocket is closed",
    "send_seconds": "that one send may block",
    "event_queue": "events that wait for a slow reader",
    "quantum_seconds": "that a session computes before it is another's turn",
    "hang_seconds": "that one operation may take, until its process is ended",
    "answer_seconds": "that an answer may take",
    "checkpoint_seconds": "between two checkpoints of a session",
    "checkpoint_steps": "… or steps, if they are fewer",
    "flush_seconds": "between two writes to the store",
    "stop_seconds": "in which the server stops",
    "max_layers": "layers in a network",
    "max_units": "numbers in the value of one layer",
    "max_parameters": "numbers that are learned",
    "max_batch": "examples in a step",
    "max_rows": "examples in a dataset",
    "max_columns": "features of an example",
    "max_flops": "estimated floating-point operations in a step",
}


def rest_table() -> str:
    """One table for each tag: call, what it does, whose token."""
    document = create_app(Settings(database=":memory:", shards=1)).openapi()
    parts = []
    for tag in TAGS:
        rows = [
            f"| `{told['method']} {told['path'].removeprefix('/api/v1')}` | {_first_sentences(told['description'])} "
            f"| {told['token']} |"
            for method, path, operation in operations(document)
            if operation["tags"] == [tag["name"]] and (told := about(method, path, operation))
        ]
        head = f"### {tag['name'].capitalize()}\n\n{tag['description']}\n\n| call | does | needs |\n|---|---|---|"
        parts.append("\n".join([head, *rows]))
    return "\n\n".join(parts) + "\n"


def _first_sentences(text: str) -> str:
    return " ".join(text.split("\n\n", maxsplit=1)[0].split()).replace("|", "\\|")


def settings_table() -> str:
    """One row for each setting."""
    rows = ["| variable | default | meaning |", "|---|---|---|"]
    for name, field in Settings.model_fields.items():
        default = "one per core" if name == "shards" else _default(field.default)
        rows.append(f"| `DELTAFLOW_{name.upper()}` | {default} | {field.description or SETTINGS[name]} |")
    return "\n".join(rows) + "\n"


def _default(value: object) -> str:
    if value == ():
        return "none"
    return f"`{value:g}`" if isinstance(value, float) else f"`{value}`"


def up_to_date(name: str, table: str) -> str:
    """The page with this table in its place."""
    return MARK.sub(lambda match: f"{match[1]}\n{table}\n{match[2]}", (DOCS / name).read_text())


TABLES = {"rest.md": rest_table, "settings.md": settings_table}


if __name__ == "__main__":
    for name, table in TABLES.items():
        (DOCS / name).write_text(up_to_date(name, table()))
