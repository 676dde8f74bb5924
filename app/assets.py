"""The page's files, served under a hash of their content, and what the page must say about them.

The hash stands in the *path* (``/static/3f2a…/js/main.js``): relative imports keep it, so every module of one page is
of one version, and each answer may be kept for ever.
"""

import base64
import gzip
import hashlib
import json
import mimetypes
import re
from functools import cached_property, lru_cache
from pathlib import Path, PurePosixPath
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
COMPRESSIBLE = {"text/javascript", "text/css", "image/svg+xml", "application/json", "text/plain"}
STATIC_IMPORT = re.compile(r"""^(?:import|export)\s*(?:[^"'();]*?\sfrom\s*)?["']([^"']+)["']""", re.MULTILINE)
IMPORT_LINE = re.compile(r"^import .*\n", re.MULTILINE)
EXPORT = re.compile(r"^export (?=const )", re.MULTILINE)
#: Modules that are sent as one with what they import: a catalogue is needed as a whole, and each file has a price.
JOINED = re.compile(r"js/words/[a-z]{2}\.js")
TYPES = {".js": "text/javascript", ".mjs": "text/javascript", ".woff2": "font/woff2", "": "text/plain"}


class Asset(NamedTuple):
    """One file, ready to be sent."""

    media_type: str
    body: bytes
    compressed: bytes | None


class Assets:
    """The files below ``static/``, as they are when the server starts."""

    def __init__(self, folder: Path = ROOT / "static") -> None:
        self.folder = folder
        names = sorted(path.relative_to(folder) for path in folder.rglob("*") if path.is_file())
        self.names = {name.as_posix() for name in names if not name.name.endswith(".d.ts")}
        self.read = lru_cache(maxsize=None)(self._read)

    @cached_property
    def version(self) -> str:
        """A hash over the names and contents of all files."""
        digest = hashlib.sha256()
        for name in sorted(self.names):
            digest.update(name.encode() + b"\0" + (self.folder / name).read_bytes())
        return digest.hexdigest()[:16]

    def url(self, name: str) -> str:
        """Where this file is served."""
        return f"/static/{self.version}/{name}"

    def _read(self, name: str) -> Asset | None:
        """The file of this name, or None; only what was found at the start can be asked for."""
        if name not in self.names:
            return None
        body = self._joined(name) if JOINED.fullmatch(name) else (self.folder / name).read_bytes()
        kind = TYPES.get(PurePosixPath(name).suffix) or mimetypes.guess_type(name)[0] or "application/octet-stream"
        packed = gzip.compress(body, 6, mtime=0) if kind in COMPRESSIBLE else None
        return Asset(kind, body, packed if packed and len(packed) < len(body) else None)

    def _joined(self, name: str) -> bytes:
        """A module with the constants of those that it imports in it, in the place of the imports."""
        source = (self.folder / name).read_text()
        folder = (self.folder / name).parent
        parts = [(folder / part).read_text() for part in STATIC_IMPORT.findall(source)]
        return "".join([*(EXPORT.sub("", part) for part in parts), IMPORT_LINE.sub("", source)]).encode()

    @cached_property
    def _manifest(self) -> dict[str, dict[str, str]]:
        """What tools/vendor.py wrote: ``imports`` (specifier -> file) and ``files`` (file -> SHA-384)."""
        asset = self.read("vendor/manifest.json")
        if asset is None:
            return {"imports": {}, "files": {}}
        manifest: dict[str, dict[str, str]] = json.loads(asset.body)
        return manifest

    @cached_property
    def import_map(self) -> str:
        """The page's import map, byte for byte, with the hash of each module that is not ours."""
        imports = {name: self.url(f"vendor/{file}") for name, file in self._manifest["imports"].items()}
        modules = {name: digest for name, digest in self._manifest["files"].items() if name.endswith(("js", "mjs"))}
        integrity = {self.url(f"vendor/{name}"): digest for name, digest in modules.items()}
        return json.dumps({"imports": imports, "integrity": integrity}, separators=(",", ":"))

    @cached_property
    def import_map_hash(self) -> str:
        """The source expression that lets the inline import map through the content security policy."""
        digest = hashlib.sha256(self.import_map.encode()).digest()
        return f"'sha256-{base64.b64encode(digest).decode()}'"

    @cached_property
    def preloads(self) -> tuple[tuple[str, str], ...]:
        """Address and integrity ("" for ours) of all that js/main.js imports statically: to be fetched at once."""
        found: dict[str, None] = {}
        waiting = ["js/main.js"]
        while waiting:
            name = waiting.pop(0)
            asset = self.read(name)
            if asset is None or name in found:
                continue
            found[name] = None
            waiting += self._imports_of(name, asset.body.decode())
        hashes = self._manifest["files"]
        return tuple((self.url(name), hashes.get(name.removeprefix("vendor/"), "")) for name in found)

    def _imports_of(self, name: str, source: str) -> list[str]:
        """The files that one module imports statically."""
        here = PurePosixPath(name).parent
        packages = self._manifest["imports"]
        specifiers = STATIC_IMPORT.findall(source)
        own = [_normal(here / each) for each in specifiers if each.startswith(".")]
        foreign = [f"vendor/{packages[each]}" for each in specifiers if each in packages]
        return own + foreign


def _normal(path: PurePosixPath) -> str:
    """The path without ``.`` and ``..``."""
    parts: list[str] = []
    for part in path.parts:
        if part == "..":
            parts.pop()
        elif part != ".":
            parts.append(part)
    return "/".join(parts)
