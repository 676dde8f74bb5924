"""The command line: what it refuses, and the address that it prints."""

import socket
import subprocess
import sys

import pytest

from app.cli import address, main


@pytest.mark.parametrize("arguments", [["serve", "--workers", "2"], ["serve", "--port", "99999"]])
def test_what_cannot_work_is_refused_at_once(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """With a word why."""
    assert 2 == main(arguments)
    assert "deltaflow: " in capsys.readouterr().err


@pytest.mark.parametrize("workers", ["4", "many"])
def test_workers_by_environment_are_refused_too(workers: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """uvicorn would take them from there."""
    monkeypatch.setenv("WEB_CONCURRENCY", workers)

    assert 2 == main(["serve"])


def test_a_port_that_is_taken_is_an_error() -> None:
    """And no shard is left behind."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        command = [sys.executable, "-m", "app.cli", "serve", "--port", port, "--database", ":memory:", "--shards", "1"]
        ended = subprocess.run(command, capture_output=True, text=True, timeout=30, check=False)

    assert ended.returncode
    assert "address already in use" in ended.stderr


@pytest.mark.parametrize(
    ("host", "shown"),
    [("127.0.0.1", "127.0.0.1"), ("0.0.0.0", "127.0.0.1"), ("::", "[::1]"), ("::1", "[::1]"), ("pc", "pc")],  # noqa: S104
)
def test_the_address_can_be_clicked(host: str, shown: str) -> None:
    """An address to listen on is not always one to go to."""
    assert f"http://{shown}:8000" == address(host, 8000)
