"""A real server, a real Chromium, and a page on which nothing may go wrong unnoticed."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, ConsoleMessage, Page

from app.client import Deltaflow
from tests.serving import Server
from tools import browser as browsers
from tools.screenshots import SEEN_TOUR

ROOT = Path(__file__).resolve().parents[2]
AXE = ROOT / "tools" / "js" / "node_modules" / "axe-core" / "axe.min.js"

#: Runs before the page's own scripts; Chromium reports most violations on the console too, but not all.
REPORT_VIOLATIONS = """
document.addEventListener("securitypolicyviolation", (event) => {
  console.error(`CSP violation: ${event.effectiveDirective} refused ${event.blockedURI} (${event.sourceFile ?? ""})`);
});
"""


@pytest.fixture(scope="session")
def base_url(server: Server) -> str:
    """So that page.goto("/") opens our server."""
    return server.url


@pytest.fixture
def deltaflow(server: Server) -> Iterator[Deltaflow]:
    """A notebook's connection to the same server."""
    with Deltaflow(server.url) as deltaflow:
        yield deltaflow


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """The browser that this machine has, else Playwright's own, which fails with a word where it is missing."""
    executable = browsers.on_path()
    ours = {"executable_path": executable} if executable else {}
    return {**browser_type_launch_args, **ours, "args": browsers.ARGUMENTS}


class Complaints(list[str]):
    """What the page complained about. A test that breaks something on purpose says what it expects by allow()."""

    def __init__(self) -> None:
        super().__init__()
        self._allowed: list[re.Pattern[str]] = []

    def allow(self, pattern: str) -> None:
        """Expect complaints in which this pattern is found."""
        self._allowed.append(re.compile(pattern))

    def unexpected(self) -> list[str]:
        """What nobody expected."""
        return [text for text in self if not any(pattern.search(text) for pattern in self._allowed)]

    def watch(self, page: Page) -> None:
        """Listen to a page from now on."""

        def on_console(message: ConsoleMessage) -> None:
            if message.type == "error":
                self.append(f"{message.text} ({message.location.get('url', '')})")

        page.on("console", on_console)
        page.on("pageerror", lambda error: self.append(f"uncaught: {error}"))
        page.on("crash", lambda _: self.append("the page crashed"))


@pytest.fixture
def complaints() -> Iterator[Complaints]:
    """Everything that pages of this test put on the console as an error, threw, or did against the CSP."""
    complaints = Complaints()
    yield complaints
    assert [] == complaints.unexpected()


@pytest.fixture
def newcomer() -> bool:
    """Whether the visitor has never been here; a test that wants one overrides this."""
    return False


@pytest.fixture
def context(context: BrowserContext, complaints: Complaints, newcomer: bool) -> BrowserContext:
    """A fresh profile, all of whose pages are watched."""
    context.add_init_script(REPORT_VIOLATIONS)
    if not newcomer:
        context.add_init_script(SEEN_TOUR)
    context.on("page", complaints.watch)
    return context


Axe = Callable[..., list[str]]


@pytest.fixture(scope="session")
def axe() -> Axe:
    """Ask axe-core for the accessibility violations of a page, in words: the rule, and what breaks it."""
    source = AXE.read_text()

    def run(page: Page, within: str | None = None) -> list[str]:
        page.evaluate(source)  # evaluated by the debugger, which the page's CSP does not bind
        result = page.evaluate("(within) => axe.run(within ?? document)", within)
        return [
            f"{found['id']} ({found['impact']}): {node['target']} {node['failureSummary']}"
            for found in result["violations"]
            for node in found["nodes"]
        ]

    return run
