"""The page's files: hashed, compressed, listed for preloading."""

import base64
import gzip
import hashlib
import json
from pathlib import Path

import pytest

from app.assets import Assets


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A small page: three modules of ours, one of a package, and a manifest that knows it."""
    files = {
        "js/main.js": 'import { a } from "./state/a.js";\nimport "lib";\nconst later = () => import("./late.js");\n',
        "js/state/a.js": 'import {\n  b,\n} from "../b.js";\nexport const a = b;\n',
        "js/b.js": 'export * from "./state/a.js";\nexport const b = 1;\n' + "// filler\n" * 50,
        "js/late.js": "export const late = 1;\n",
        "js/types.d.ts": "export type A = 1;\n",
        "vendor/lib/lib.mjs": "export const lib = 1;\n",
        "vendor/manifest.json": json.dumps({"imports": {"lib": "lib/lib.mjs"}, "files": {"lib/lib.mjs": "sha384-x"}}),
        "picture.bin": "\x00",
    }
    for name, content in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(content)
    return tmp_path


def test_the_version_follows_the_content(folder: Path) -> None:
    """Another byte in any file is another version, hence another address."""
    before = Assets(folder).version
    (folder / "js/b.js").write_text("export const b = 2;\n")

    assert before != Assets(folder).version


def test_preloads_are_what_main_imports_statically(folder: Path) -> None:
    """Directly or not, each once, packages with their hash; what is imported later is not fetched at once."""
    assets = Assets(folder)

    expected = [("js/main.js", ""), ("js/state/a.js", ""), ("vendor/lib/lib.mjs", "sha384-x"), ("js/b.js", "")]
    assert [(assets.url(name), digest) for name, digest in expected] == list(assets.preloads)


def test_a_catalogue_is_sent_as_one_module(tmp_path: Path) -> None:
    """Its topics stand in it, where it imports them; each is still there by itself."""
    words = {
        "en.js": '/** All. */\n\nimport { B } from "./en/b.js";\nimport { C } from "./en/c.js";\n\n'
        "export const EN = { ...B, ...C };\n",
        "en/b.js": '/** B. */\nexport const B = {\n  "b.b": "export const",\n};\n',
        "en/c.js": 'export const C = { "c.c": "c" };\n',
    }
    for name, content in words.items():
        path = tmp_path / "js/words" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content)
    assets = Assets(tmp_path)
    joined, topic = assets.read("js/words/en.js"), assets.read("js/words/en/c.js")
    assert joined is not None
    assert topic is not None

    assert (
        '/** B. */\nconst B = {\n  "b.b": "export const",\n};\nconst C = { "c.c": "c" };\n'
        "/** All. */\n\n\nexport const EN = { ...B, ...C };\n"
    ) == joined.body.decode()
    assert words["en/c.js"].encode() == topic.body


def test_the_import_map_names_packages_with_their_hashes(folder: Path) -> None:
    """Bare specifiers lead to files of this version, and each has its integrity."""
    assets = Assets(folder)
    address = assets.url("vendor/lib/lib.mjs")

    assert {"imports": {"lib": address}, "integrity": {address: "sha384-x"}} == json.loads(assets.import_map)


def test_the_policy_lets_this_very_import_map_through(folder: Path) -> None:
    """The hash is that of the map's bytes as they stand in the page."""
    assets = Assets(folder)
    digest = base64.b64encode(hashlib.sha256(assets.import_map.encode()).digest()).decode()

    assert f"'sha256-{digest}'" == assets.import_map_hash


def test_text_is_compressed_where_that_helps(folder: Path) -> None:
    """A repetitive module shrinks; a short one, and what is no text, stay as they are."""
    assets = Assets(folder)
    module = assets.read("js/b.js")
    assert module is not None
    assert module.compressed is not None

    assert module.body == gzip.decompress(module.compressed)
    assert ("text/javascript", "application/octet-stream") == (module.media_type, assets.read("picture.bin")[0])  # type: ignore[index]
    assert assets.read("picture.bin").compressed is None  # type: ignore[union-attr]


def test_nothing_outside_the_folder_can_be_read(folder: Path) -> None:
    """Only names that were found at the start exist; declarations of types are not served."""
    assets = Assets(folder)

    assert [None] * 3 == [assets.read(name) for name in ("../secret", "/etc/passwd", "js/types.d.ts")]


def test_a_page_without_packages_has_an_empty_import_map(tmp_path: Path) -> None:
    """Before tools/vendor.py has run, the map is empty rather than wrong."""
    assert {"imports": {}, "integrity": {}} == json.loads(Assets(tmp_path).import_map)
