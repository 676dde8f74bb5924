"""
The browser of the browser tests: the one that is there, else one is installed, else it says how to get one.

    python -m tools.browser
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

#: Chromium calls nobody, and runs in a container as root.
ARGUMENTS = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
    *(["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []),
]

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")

HELP = """The browser tests need Chromium, and it could not be installed. Any of these helps:
  apt-get install chromium          (Debian, Ubuntu; as root)
  playwright install chromium       (into your home folder)
  CHROMIUM=/path/to/chromium make test"""


def on_path() -> str | None:
    """The machine's own browser: $CHROMIUM, or the first of NAMES on the PATH."""
    named = os.environ.get("CHROMIUM")
    return shutil.which(named) if named else next(filter(None, map(shutil.which, NAMES)), None)


def playwrights_own() -> str | None:
    """What `playwright install chromium` has put into its cache."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - only asked for where nothing else is there

    with sync_playwright() as playwright:
        path = Path(playwright.chromium.executable_path)
    return str(path) if path.is_file() else None


def find() -> str | None:
    """The browser that the tests will drive."""
    return on_path() or playwrights_own()


def install() -> None:
    """Install a browser the way this machine allows; what fails is said by the installer itself."""
    if shutil.which("apt-get") and hasattr(os, "geteuid") and os.geteuid() == 0:
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for command in (
            ["apt-get", "update", "-qq"],
            ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium"],
        ):
            subprocess.run(command, check=False, env=environment, stdin=subprocess.DEVNULL)
    if find() is None:
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False)


def main() -> int:
    """Make sure that there is a browser, and say which."""
    if find() is None:
        install()
    browser = find()
    print(f"browser: {browser}" if browser else HELP, file=sys.stdout if browser else sys.stderr)
    return 0 if browser else 1


if __name__ == "__main__":
    sys.exit(main())
