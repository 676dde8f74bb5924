"""The documentation, served beside the page."""

import re
from pathlib import PurePosixPath
from posixpath import normpath

import pytest
from fastapi.testclient import TestClient

from app.main import create_app
from app.routes.manual import DOCS, pages_of, slug, to_html
from app.settings import Settings

PAGES = sorted(pages_of(DOCS)["texts"])


@pytest.fixture(scope="module")
def client() -> TestClient:
    """Of an application that has not been started: the documentation needs no session."""
    return TestClient(create_app(Settings(database=":memory:")), base_url="http://127.0.0.1")


@pytest.mark.parametrize("name", PAGES)
def test_every_page_is_there_and_its_links_lead_somewhere(client: TestClient, name: str) -> None:
    """Each page answers; what it links to within the documentation does, down to the heading."""
    answer = client.get(f"/help/{name}")
    assert answer.status_code == 200
    assert "<h1" in answer.text
    for target in re.findall(r'(?:href|src)="([^":]+)"', answer.text):
        path, _, heading = target.partition("#")
        if path.startswith("/") or not (path or heading):
            continue
        other = normpath((PurePosixPath(name).parent / path).as_posix()) if path else name
        other += "/" if path.endswith("/") else ""
        if other.startswith(".."):
            continue  # a file of the repository that is no documentation
        found = client.get(f"/help/{other}")
        assert found.status_code == 200, f"{name} links to {target}"
        assert not heading or f'id="{heading}"' in found.text, f"{name} links to {target}"


def test_the_index_is_where_help_is(client: TestClient) -> None:
    """/help leads to /help/, which is docs/README.md."""
    assert client.get("/help").url.path == "/help/"
    assert "learn by doing" in client.get("/help/").text


def test_links_between_pages_are_called_as_the_pages_are(client: TestClient) -> None:
    """No file names: neither in the index nor beside a page."""
    for name in ("", "how-to/", "how-to/embed.md"):
        texts = re.findall(r"<a [^>]*>([^<]*)</a>", client.get(f"/help/{name}").text)
        assert not [text for text in texts if text.endswith((".md", "/"))]
    assert ">Edit a network on the stage</a>" in client.get("/help/how-to/embed.md").text


def test_nothing_else_is_served(client: TestClient) -> None:
    """No page of that name, and no way out of the folder."""
    for name in ("nothing.md", "..%2fpyproject.toml", "../pyproject.toml", "images"):
        assert client.get(f"/help/{name}").status_code == 404


def test_headings_can_be_linked_to_and_html_is_text() -> None:
    """As code hosts name them; a tag in Markdown is shown, not obeyed."""
    html, title = to_html("# Two `words`, here\n\n<script>alert(1)</script>\n")

    assert title == "Two words, here"
    assert 'id="two-words-here"' in html
    assert "<script>" not in html
    assert slug("Layer-wise, 2") == "layer-wise-2"
