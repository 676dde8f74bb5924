"""What holds for all tests."""

import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from tests.serving import Server

BROWSER_TESTS = Path(__file__).parent / "browser"

# Times depend on the machine: an example that takes long is no failure.
settings.register_profile("deltaflow", deadline=None)
settings.load_profile("deltaflow")


@pytest.fixture
def anyio_backend() -> str:
    """Async tests (marked anyio) run on asyncio, as the server does."""
    return "asyncio"


def pytest_itemcollected(item: pytest.Item) -> None:
    """Mark the browser tests, in time for `-m`."""
    if BROWSER_TESTS in item.path.parents:
        item.add_marker(pytest.mark.browser)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run the browser tests last: Playwright leaves an event loop running, which no async test bears."""
    items.sort(key=lambda item: BROWSER_TESTS in item.path.parents)


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One really started server for all tests that need one; each makes its own session on it."""
    server = Server(tmp_path_factory.mktemp("server") / "log.txt")
    server.wait_until_ready()
    yield server
    code = server.stop()
    assert code in {0, -signal.SIGTERM}, f"the server ended with {code}:\n{server.log()}"
