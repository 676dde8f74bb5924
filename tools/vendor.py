"""
Copy what the page loads from npm packages into static/vendor/, so that it works offline and without a CDN.

The versions and hashes are those of package-lock.json. Beside the copies stands manifest.json:

    stamp    what the copies were made from; where it still fits, there is nothing to do
    imports  bare specifier -> file, for the page's import map
    files    file -> its SHA-384 in the form of an integrity attribute

All files are named relative to static/vendor/. Run it as  python -m tools.vendor.
"""

import base64
import hashlib
import json
import shutil
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tools import nodejs

ROOT = Path(__file__).resolve().parent.parent
VENDOR = ROOT / "static" / "vendor"

#: npm ci needs these; their bytes, and this file's, decide whether static/vendor is up to date.
LOCK_FILES = ("package.json", "package-lock.json", ".npmrc")


class VendorError(Exception):
    """The page's libraries could not be fetched or are not as expected."""


@dataclass(frozen=True)
class Package:
    """What is taken from one npm package."""

    name: str
    entry: str  # the module that the bare specifier stands for
    patterns: tuple[str, ...]  # further files, as globs
    base: str = ""  # the folder whose inside is copied

    @property
    def folder(self) -> str:
        """The folder in static/vendor: the name without its scope."""
        return self.name.rpartition("/")[2]


PACKAGES = (
    Package("@preact/signals-core", "signals-core.mjs", ("signals-core.mjs",), base="dist"),
    Package("@msgpack/msgpack", "decode.mjs", ("**/*.mjs",), base="dist.esm"),
    Package("katex", "katex.mjs", ("katex.mjs", "katex.min.css", "fonts/*.woff2"), base="dist"),
    Package("uplot", "uPlot.esm.js", ("uPlot.esm.js", "uPlot.min.css"), base="dist"),
)


def wanted_stamp(root: Path = ROOT) -> str:
    """A hash of everything that static/vendor is made from."""
    digest = hashlib.sha256()
    for path in (*(root / name for name in LOCK_FILES), Path(__file__)):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def up_to_date(root: Path = ROOT, vendor: Path = VENDOR) -> bool:
    """Whether static/vendor is complete and made from the present lock."""
    try:
        manifest = json.loads((vendor / "manifest.json").read_text())
    except (OSError, ValueError):
        return False
    return manifest.get("stamp") == wanted_stamp(root) and all((vendor / name).is_file() for name in manifest["files"])


def integrity(path: Path) -> str:
    """The file's SHA-384, as an import map's integrity key wants it."""
    return "sha384-" + base64.b64encode(hashlib.sha384(path.read_bytes()).digest()).decode()


def copy_package(package: Package, modules: Path, target: Path) -> None:
    """Copy one package's modules, styles, fonts and licence."""
    source = modules / package.name / package.base
    files = {path for pattern in package.patterns for path in source.glob(pattern)}
    if source / package.entry not in files:
        raise VendorError(f"{package.name} has no {package.base}/{package.entry}: its layout has changed")
    for path in files:
        copy = target / package.folder / path.relative_to(source)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, copy)
    licences = [path for path in (modules / package.name).iterdir() if path.name.upper().startswith("LICEN")]
    if not licences:
        raise VendorError(f"{package.name} comes without a licence file")
    for path in licences:
        shutil.copyfile(path, target / package.folder / path.name)


def manifest_of(target: Path, stamp: str) -> Mapping[str, object]:
    """What the server needs to know of the copies."""
    names = sorted(path.relative_to(target).as_posix() for path in target.rglob("*") if path.is_file())
    return {
        "stamp": stamp,
        "imports": {package.name: f"{package.folder}/{package.entry}" for package in PACKAGES},
        "files": {name: integrity(target / name) for name in names},
    }


def install(folder: Path, root: Path = ROOT) -> Path:
    """Install the locked packages in a folder of their own: npm ci would wipe the developer's node_modules."""
    for name in LOCK_FILES:
        shutil.copyfile(root / name, folder / name)
    code = nodejs.run("npm", ["ci", "--ignore-scripts", "--omit=dev", "--loglevel=error"], cwd=folder)
    if code != 0:
        raise VendorError(f"npm ci ended with {code}")
    return folder / "node_modules"


def vendor(root: Path = ROOT, target: Path = VENDOR) -> bool:
    """Bring static/vendor up to date; says whether there was anything to do."""
    if up_to_date(root, target):
        return False
    with tempfile.TemporaryDirectory(prefix="deltaflow-vendor-") as scratch:
        modules = install(Path(scratch), root)
        fresh = Path(scratch) / "vendor"
        for package in PACKAGES:
            copy_package(package, modules, fresh)
        manifest = manifest_of(fresh, wanted_stamp(root))
        (fresh / "manifest.json").write_text(json.dumps(manifest, indent=1) + "\n")
        shutil.rmtree(target, ignore_errors=True)
        shutil.copytree(fresh, target)
    return True


def main() -> int:
    """Do it, and say what was done."""
    try:
        done = vendor()
    except VendorError as error:
        print(f"static/vendor: {error}", file=sys.stderr)
        return 1
    print(f"static/vendor: {'made' if done else 'up to date'}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
