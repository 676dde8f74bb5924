"""What is installed is complete: wheel, sdist and locks hold what they promise."""

import json
import os
import re
import subprocess
import sys
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest

from tools import vendor

ROOT = Path(__file__).resolve().parents[1]

PYTHON_LOCKS = sorted((ROOT / "requirements").glob("*.txt"))
LOCKS = [*PYTHON_LOCKS, ROOT / "package-lock.json", ROOT / "tools/js/package-lock.json"]
FOLDERS = ("app", "engine", "static", "templates")


def shipped_files() -> set[str]:
    """Every file of the four folders that an installation needs."""
    files = (path for folder in FOLDERS for path in (ROOT / folder).rglob("*") if path.is_file())
    names = {path.relative_to(ROOT).as_posix() for path in files if "__pycache__" not in path.parts}
    return {name for name in names if not name.endswith((".pyc", ".sqlite3"))}


@pytest.fixture(scope="module")
def dist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a freshly built wheel and sdist."""
    folder = tmp_path_factory.mktemp("dist")
    done = subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "--directory", str(folder)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return folder


def test_wheel_holds_the_whole_house(dist: Path) -> None:
    """The wheel has all of app, engine, static (what npm brought, too) and templates."""
    [wheel] = dist.glob("*.whl")

    names = set(zipfile.ZipFile(wheel).namelist())

    assert set() == shipped_files() - names
    assert "static/vendor/manifest.json" in names


def test_wheel_brings_the_command(dist: Path) -> None:
    """Installing the wheel brings the command `deltaflow`."""
    [wheel] = dist.glob("*.whl")
    archive = zipfile.ZipFile(wheel)
    [entry_points] = [name for name in archive.namelist() if name.endswith("entry_points.txt")]

    assert "deltaflow = app.cli:main" in archive.read(entry_points).decode()


def test_sdist_can_be_built_without_npm(dist: Path) -> None:
    """The sdist has the page's libraries and what decides that they are up to date."""
    [sdist] = dist.glob("*.tar.gz")

    with tarfile.open(sdist) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}

    needed = {"hatch_build.py", "tools/__init__.py", "tools/nodejs.py", "tools/vendor.py", *vendor.LOCK_FILES}
    assert set() == (shipped_files() | needed) - names


@pytest.mark.slow
def test_sdist_installs_where_there_is_no_nodejs(dist: Path, tmp_path: Path) -> None:
    """On a machine without Node.js the sdist installs, and the command runs from any folder."""
    [sdist] = dist.glob("*.tar.gz")
    folder = tmp_path / "venv"
    python = folder / "bin" / "python"
    environment = {**os.environ, "PATH": str(folder / "bin")}
    venv.create(folder, with_pip=True)
    install = [str(python), "-m", "pip", "install", "--quiet"]
    subprocess.run([*install, "--require-hashes", "-r", str(ROOT / "requirements/runtime.txt")], check=True)

    subprocess.run([*install, "--no-deps", str(sdist)], check=True, env=environment)

    found = [str(python), "-c", "import static, sys; sys.stdout.write(static.__path__[0])"]
    static = Path(subprocess.run(found, check=True, cwd=tmp_path, capture_output=True, text=True).stdout)
    assert folder in static.parents
    assert vendor.up_to_date(vendor=static / "vendor")
    subprocess.run([str(folder / "bin/deltaflow"), "--help"], check=True, cwd=tmp_path, env=environment)


def test_vendored_files_are_those_of_the_manifest() -> None:
    """Each vendored file has the hash that the page will insist on, and each import leads to one of them."""
    manifest = json.loads((vendor.VENDOR / "manifest.json").read_text())

    assert vendor.up_to_date()
    assert manifest["files"] == {name: vendor.integrity(vendor.VENDOR / name) for name in manifest["files"]}
    assert set(manifest["imports"].values()) <= set(manifest["files"])
    assert {package.name for package in vendor.PACKAGES} == set(manifest["imports"])


@pytest.mark.parametrize("package", vendor.PACKAGES, ids=lambda package: package.name)
def test_each_vendored_package_brings_its_licence(package: vendor.Package) -> None:
    """Copies of other people's work carry their licence."""
    assert any(path.name.upper().startswith("LICEN") for path in (vendor.VENDOR / package.folder).iterdir())


def test_vendoring_twice_does_nothing() -> None:
    """Where everything is up to date, nothing is fetched."""
    assert not vendor.vendor()


def test_a_missing_file_is_noticed(tmp_path: Path) -> None:
    """An incomplete copy is not up to date."""
    (tmp_path / "manifest.json").write_text(json.dumps({"stamp": vendor.wanted_stamp(), "files": {"lost.js": ""}}))

    assert not vendor.up_to_date(vendor=tmp_path)


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_locks_name_no_host(lock: Path) -> None:
    """A lock installs from whatever registry a machine uses."""
    addresses = re.findall(r'"resolved"|--(?:extra-)?index-url|--find-links|@ (?:https?|file):', lock.read_text())

    assert [] == addresses


def test_python_locks_have_hashes() -> None:
    """Each pinned package is pinned to its bytes."""
    for lock in PYTHON_LOCKS:
        pins = re.findall(r"^[\w.-]+==\S+.*?(?=^\S|\Z)", lock.read_text(), re.MULTILINE | re.DOTALL)
        assert pins
        assert [] == [pin.partition(" ")[0] for pin in pins if "--hash=sha256:" not in pin]
