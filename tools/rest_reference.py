"""The tables of docs/reference/rest.md, made from the routes.

``python -m tools.rest_reference`` writes them; a test fails when they are not up to date.
"""

import re
from pathlib import Path

from app.main import create_app
from app.routes.openapi import TAGS, operations
from app.routes.reference import about
from app.settings import Settings

PAGE = Path(__file__).resolve().parents[1] / "docs" / "reference" / "rest.md"
MARK = re.compile(r"(<!-- made from the code -->\n).*?(<!-- until here -->)", re.DOTALL)


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


def up_to_date() -> str:
    """The page with the table as it should be."""
    return MARK.sub(lambda match: f"{match[1]}\n{rest_table()}\n{match[2]}", PAGE.read_text())


if __name__ == "__main__":
    PAGE.write_text(up_to_date())
