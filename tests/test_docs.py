"""What the documentation says is so: its programs run, its commands exist, its links lead somewhere."""

import argparse
import re
from pathlib import Path

import pytest

from app.cli import parser
from tests.serving import Server
from tools.rest_reference import PAGE, up_to_date

ROOT = Path(__file__).resolve().parents[1]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
LINK = re.compile(r"\]\(([^)\s]+)\)")
SETTINGS = ROOT / "docs" / "reference" / "settings.md"
ADDRESS = "http://127.0.0.1:8000"
PROGRAMS = {"make", "deltaflow", "docker", "curl", "python", "git"}


def name(path: Path) -> str:
    """As it is known in the repository."""
    return path.relative_to(ROOT).as_posix()


def blocks(path: Path, language: str) -> list[tuple[int, str]]:
    """(line, text) of the page's code blocks in this language."""
    text = path.read_text()
    return [
        (text.count("\n", 0, found.start(2)) + 1, found[2]) for found in BLOCK.finditer(text) if found[1] == language
    ]


def commands(path: Path) -> list[list[str]]:
    """The words of each line of a console block that is typed."""
    lines = [line for _, block in blocks(path, "console") for line in block.splitlines()]
    return [line[2:].split() for line in lines if line.startswith("$ ")]


WITH_PYTHON = [page for page in PAGES if blocks(page, "python")]
WITH_CONSOLE = [page for page in PAGES if blocks(page, "console")]


@pytest.mark.parametrize("path", WITH_PYTHON, ids=name)
def test_python_blocks_run(server: Server, path: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A page's blocks, one after the other, are a program that runs against a server as it is started."""
    monkeypatch.chdir(tmp_path)
    names: dict[str, object] = {"__name__": "__main__"}
    for line, block in blocks(path, "python"):
        source = "\n" * (line - 1) + block.replace(ADDRESS, server.url)
        exec(compile(source, str(path), "exec"), names)  # noqa: S102  # our own documentation


@pytest.mark.parametrize("path", WITH_CONSOLE, ids=name)
def test_commands_exist(path: Path) -> None:
    """Targets of make, options of deltaflow, settings in the environment: what is typed is known."""
    targets = set(re.findall(r"^([\w-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    for words in commands(path):
        while "=" in words[0]:
            assert is_setting(words.pop(0).partition("=")[0]), words
        assert words[0] in PROGRAMS, words
        if words[0] == "make":
            assert {word for word in words[1:] if "=" not in word} <= targets, words
        if words[0] == "deltaflow":
            parser().parse_args(words[1:])
        if words[0] == "docker":
            given = [word.partition("=")[0] for word in words if word.startswith("DELTAFLOW_")]
            assert all(map(is_setting, given)), words


def is_setting(variable: str) -> bool:
    """Whether this environment variable is one of ours."""
    return f"| `{variable}` |" in SETTINGS.read_text()


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_links_lead_somewhere(path: Path) -> None:
    """What a page links to in this repository exists."""
    links = [link.partition("#")[0] for link in LINK.findall(BLOCK.sub("", path.read_text()))]
    ours = [link for link in links if link and "://" not in link]

    assert [] == [link for link in ours if not (path.parent / link).exists()]


def test_every_page_can_be_reached() -> None:
    """From docs/README.md, by links, one comes to every page of the documentation (the decisions are a folder)."""
    reached: set[Path] = set()
    waiting = [ROOT / "docs" / "README.md"]
    while waiting:
        page = waiting.pop()
        if page in reached or not page.exists():
            continue
        reached.add(page)
        links = [(page.parent / link.partition("#")[0]).resolve() for link in LINK.findall(page.read_text())]
        waiting += [link for link in links if link.suffix == ".md"]
        waiting += [each for link in links if link.name == "adr" and link.is_dir() for each in link.glob("*.md")]

    assert [] == [name(page) for page in PAGES[1:] if page not in reached]


def test_every_call_is_listed() -> None:
    """The page of the REST API lists what there is (``python -m tools.rest_reference`` writes the tables)."""
    assert up_to_date() == PAGE.read_text()


def test_the_command_documents_its_options() -> None:
    """Each visible option of ``deltaflow serve`` is shown on the page of the settings."""
    [serve] = [
        each.choices["serve"]
        for each in parser()._actions
        if isinstance(each, argparse._SubParsersAction) and "serve" in each.choices
    ]
    shown = SETTINGS.read_text()
    options = [
        option for action in serve._actions if action.help != argparse.SUPPRESS for option in action.option_strings
    ]

    assert [] == [option for option in options if option not in {"-h", "--help"} and option not in shown]


def test_each_decision_has_a_number_of_its_own() -> None:
    """ADRs are numbered one by one, and each says its number."""
    pages = sorted((ROOT / "docs" / "adr").glob("*.md"))
    assert list(range(1, len(pages) + 1)) == [int(page.name[:4]) for page in pages]
    assert [] == [page.name for page in pages if not page.read_text().startswith(f"# {int(page.name[:4])}. ")]
