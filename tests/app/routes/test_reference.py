"""The page of the REST API says all that the OpenAPI document says, and runs nothing."""

import re
from html.parser import HTMLParser
from typing import Any

import pytest
from fastapi.testclient import TestClient

from app.routes.openapi import operations
from app.routes.reference import LONGEST_EXAMPLE, code, pretty, type_words


class Reader(HTMLParser):
    """Collects what the tests look at."""

    def __init__(self) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.tags: set[str] = set()
        self.attributes: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element."""
        about = dict(attrs)
        self.tags.add(tag)
        self.attributes |= about.keys()
        self.ids += [about["id"] or ""] if "id" in about else []
        self.links += [link for name in ("href", "src") if (link := about.get(name))]


@pytest.fixture(scope="module")
def page(http: TestClient) -> str:
    """The page."""
    response = http.get("/docs")
    assert "text/html; charset=utf-8" == response.headers["content-type"]
    text: str = response.text
    return text


@pytest.fixture(scope="module")
def read(page: str) -> Reader:
    """What is in it."""
    reader = Reader()
    reader.feed(page)
    return reader


@pytest.fixture(scope="module")
def document(http: TestClient) -> dict[str, Any]:
    """The OpenAPI document."""
    document: dict[str, Any] = http.get("/openapi.json").json()
    return document


def test_every_operation_and_schema_has_its_place(document: dict[str, Any], read: Reader) -> None:
    """Each can be linked to, once."""
    names = [operation["operationId"] for _, _, operation in operations(document)]
    schemas = [f"schema-{name}" for name in document["components"]["schemas"]]

    assert set() == {*names, *schemas} - set(read.ids)
    assert len(read.ids) == len(set(read.ids))


def test_every_link_leads_somewhere(http: TestClient, read: Reader) -> None:
    """Within the page, and to other pages and files of this server; none leads elsewhere."""
    for link in set(read.links):
        if link.startswith("#"):
            assert link[1:] in read.ids
        else:
            assert link.startswith("/"), link
            assert http.get(link).is_success, link


def test_what_stands_between_backticks_is_code(page: str) -> None:
    """Backticks are how a description says it; they are not printed, and nothing in them is markup."""
    assert "a <code>&lt;b&gt;</code>, `alone" == code("a `<b>`, `alone")
    assert "<code>owner_token</code>" in page
    assert "`" not in re.sub(r"<pre.*?</pre>", "", page, flags=re.DOTALL)


def test_the_page_runs_nothing(page: str, read: Reader) -> None:
    """No script, no inline style, no handler: the strict policy has nothing to refuse."""
    assert set() == read.tags & {"script", "style", "iframe"}
    assert set() == {name for name in read.attributes if name.startswith("on") or name == "style"}
    assert "http://" not in re.sub(r"http://127\.0\.0\.1:8000", "", page)


def test_the_page_says_whose_token_is_needed(page: str) -> None:
    """Owner, viewer or nobody."""
    assert re.search(r'id="step".*?owner(&#39;|\')s token', page)
    assert re.search(r'id="forward".*?viewer(&#39;|\')s token', page)
    assert re.search(r'id="get_catalog".*?no token', page)


@pytest.mark.parametrize(
    ("schema", "words"),
    [
        ({"$ref": "#/components/schemas/Cursor"}, "Cursor"),
        (
            {"anyOf": [{"type": "integer", "minimum": 1, "exclusiveMaximum": 9}, {"type": "null"}]},
            "integer ≥ 1, < 9 or null",
        ),
        ({"type": "array", "items": {"enum": ["a", 1]}}, 'list of "a" | 1'),
        ({"type": "object", "additionalProperties": {"const": "x"}}, 'map to "x"'),
        ({}, "anything"),
    ],
)
def test_types_are_put_in_words(schema: dict[str, Any], words: str) -> None:
    """As a person would say them."""
    assert words == "".join(text for text, _ in type_words(schema))


def test_a_long_example_is_cut_and_says_so() -> None:
    """What does not fit the page is left to the document."""
    assert pretty(["x" * 90] * 100).endswith("… (all of it in /openapi.json)")
    assert len(pretty(["x" * 90] * 100)) < LONGEST_EXAMPLE + 50
