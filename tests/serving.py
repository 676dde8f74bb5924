"""A really started server: ``deltaflow serve`` in a process of its own, on a free port, its database in memory."""

import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import httpx

ROOT = Path(__file__).resolve().parents[1]
START_SECONDS = 30
STOP_SECONDS = 5


class Server:
    """One server.

    Args:
        log_file: where it prints.
        arguments: further ones of ``deltaflow serve``.
    """

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
