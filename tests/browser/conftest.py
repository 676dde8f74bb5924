"""A real server, a real Chromium, and a page on which nothing may go wrong unnoticed."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import BrowserContext, ConsoleMessage, Page

from tools import browser as browsers

ROOT = Path(__file__).resolve().parents[2]
AXE = ROOT / "tools" / "js" / "node_modules" / "axe-core" / "axe.min.js"

START_SECONDS = 30
STOP_SECONDS = 5

#: Chromium calls nobody, and runs in a container as root.
CHROMIUM_ARGUMENTS = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
    *(["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []),
]

#: Runs before the page's own scripts; Chromium reports most violations on the console too, but not all.
REPORT_VIOLATIONS = """
document.addEventListener("securitypolicyviolation", (event) => {
  console.error(`CSP violation: ${event.effectiveDirective} refused ${event.blockedURI} (${event.sourceFile ?? ""})`);
});
"""


class Server:
    """A `deltaflow serve` of its own on a free port, with its database in memory."""

    def __init__(self, log_file: Path, *arguments: str) -> None:
        self._log_file = log_file
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port: int = probe.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        command = [sys.executable, "-m", "app.cli", "serve", "--host", "127.0.0.1", "--port", str(self.port)]
        with self._log_file.open("w") as log:
            self.process = subprocess.Popen(
                [*command, "--database", ":memory:", *arguments],
                cwd=ROOT,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
            )

    def log(self) -> str:
        """What the server has printed."""
        return self._log_file.read_text()

    def wait_until_ready(self) -> None:
        """Wait until the server says that it is well."""
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline and self.process.poll() is None:
            try:
                if httpx.get(f"{self.url}/healthz", timeout=2).is_success:
                    return
            except httpx.TransportError:
                pass
            time.sleep(0.05)
        self.process.kill()
        raise RuntimeError(f"the server did not get ready in {START_SECONDS} s:\n{self.log()}")

    def stop(self) -> int:
        """Ask the server to stop, as a container engine does; it has five seconds."""
        self.process.send_signal(signal.SIGTERM)
        try:
            return self.process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            raise AssertionError(f"the server did not stop in {STOP_SECONDS} s:\n{self.log()}") from None


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One server for all browser tests; each test makes its own session on it."""
    server = Server(tmp_path_factory.mktemp("server") / "log.txt")
    server.wait_until_ready()
    yield server
    code = server.stop()
    assert code in {0, -signal.SIGTERM}, f"the server ended with {code}:\n{server.log()}"


@pytest.fixture(scope="session")
def base_url(server: Server) -> str:
    """So that page.goto("/") opens our server."""
    return server.url


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """The browser that this machine has, else Playwright's own, which fails with a word where it is missing."""
    executable = browsers.on_path()
    ours = {"executable_path": executable} if executable else {}
    return {**browser_type_launch_args, **ours, "args": CHROMIUM_ARGUMENTS}


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
def context(context: BrowserContext, complaints: Complaints) -> BrowserContext:
    """A fresh profile, all of whose pages are watched."""
    context.add_init_script(REPORT_VIOLATIONS)
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
