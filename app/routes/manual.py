"""The documentation, as pages beside the playground: docs/*.md, so that help is there where no network is."""

import re
from functools import lru_cache
from itertools import pairwise
from pathlib import Path, PurePosixPath

from fastapi import APIRouter, Request
from fastapi.responses import FileResponse, HTMLResponse, RedirectResponse, Response
from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

from app.assets import ROOT, Assets
from app.protocol.problems import not_found
from app.templates import environment

#: In a wheel they lie within the package, else beside it.
DOCS = next(folder for folder in (ROOT / "app" / "docs", ROOT / "docs") if folder.is_dir())

router = APIRouter(include_in_schema=False)


@router.api_route("/help", methods=["GET", "HEAD"])
async def to_index() -> Response:
    """Links within the documentation are relative: its address ends with a slash."""
    return RedirectResponse("/help/")


@router.api_route("/help/{name:path}", methods=["GET", "HEAD"], response_class=HTMLResponse)
def manual(request: Request, name: str) -> Response:
    """A page of the documentation, or one of its images."""
    pages = pages_of(DOCS)
    if name in pages["images"]:
        return FileResponse(DOCS / name)
    page = name or "README.md"
    if page not in pages["texts"] and page not in pages["folders"]:
        raise not_found("page")
    return HTMLResponse(render(page, request.app.state.assets), headers={"Cache-Control": "no-cache"})


@lru_cache(maxsize=1)
def pages_of(folder: Path) -> dict[str, frozenset[str]]:
    """What can be asked for, by kind: only what was there when the server began."""
    names = [path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()]
    texts = frozenset(name for name in names if name.endswith(".md"))
    images = frozenset(name for name in names if name.endswith(".png"))
    return {"texts": texts, "images": images, "folders": frozenset(f"{PurePosixPath(name).parent}/" for name in texts)}


@lru_cache(maxsize=64)
def render(name: str, assets: Assets) -> str:
    """The page of this file of the documentation, or of what lies in this folder."""
    folder = name if name.endswith("/") else f"{PurePosixPath(name).parent}/"
    text = f"# {words_of(name)}" if name == folder else (DOCS / name).read_text(encoding="utf-8")
    body, title = to_html(text)
    shelf = sorted(other for other in pages_of(DOCS)["texts"] if f"{PurePosixPath(other).parent}/" == folder)
    return (
        environment()
        .get_template("help.html")
        .render(
            assets=assets,
            title=title,
            body=Markup(body),  # noqa: S704  # made of our own files, and no HTML in them is let through
            shelf=[(PurePosixPath(other).name, title_of(other)) for other in shelf if other != name],
        )
    )


def to_html(text: str) -> tuple[str, str]:
    """Markdown as HTML whose headings can be linked to, and its first heading."""
    reader = _reader()
    tokens = reader.parse(text)
    headings = _headings(tokens)
    for token, words in headings:
        token.attrSet("id", slug(words))
    return reader.renderer.render(tokens, reader.options, {}), headings[0][1] if headings else ""


def _reader() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False}).enable("table")


def _headings(tokens: list[Token]) -> list[tuple[Token, str]]:
    return [(token, _plain(content)) for token, content in pairwise(tokens) if token.type == "heading_open"]


def _plain(content: Token) -> str:
    return "".join(child.content for child in content.children or [])


def slug(heading: str) -> str:
    """What a heading is called in an address, as code hosts call it."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-")


@lru_cache(maxsize=256)
def title_of(name: str) -> str:
    """What the page of this file is called: its first heading."""
    headings = _headings(_reader().parse((DOCS / name).read_text(encoding="utf-8")))
    return headings[0][1] if headings else words_of(name)


def words_of(name: str) -> str:
    """``how-to/share-a-session.md`` -> ``share a session``."""
    return PurePosixPath(name).stem.replace("-", " ")
