"""A really started server, for the benchmarks that need one: a process of its own, on a port that is free."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

WORD = "Deltaflow is at "


@contextmanager
def started(*arguments: str, env: dict[str, str] | None = None) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """``deltaflow serve`` with these arguments: its address and its process; ended when the block is left."""
    command = [sys.executable, "-m", "app.cli", "serve", "--port", "0", "--database", ":memory:", *arguments]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env={**os.environ, **(env or {})})  # noqa: S603  # our own program
    try:
        assert process.stdout
        for line in process.stdout:
            if line.startswith(WORD):
                yield line.removeprefix(WORD).strip(), process
                break
        else:
            raise RuntimeError(f"the server has ended with exit code {process.wait()}")
    finally:
        process.terminate()
        process.wait(10)
        if process.stdout:
            process.stdout.close()
