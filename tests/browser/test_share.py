"""What is shared: links that lead back to the very point, an embedded page, hidden parts, pictures, films, LaTeX."""

import re
import threading
from base64 import b64encode
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from urllib.parse import quote
from xml.etree import ElementTree

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from app.client import Deltaflow
from tests.browser.conftest import Axe, Complaints
from tests.browser.story import show
from tests.serving import Server

SVG = "{http://www.w3.org/2000/svg}"


def open_share(page: Page) -> None:
    """Open the dialog."""
    page.locator("#share").click()
    expect(page.locator("dialog.share")).to_be_visible()


def address(page: Page) -> str:
    """The address that the dialog has made."""
    expect(page.locator("#share-address")).to_have_value(re.compile("#"))
    return page.locator("#share-address").input_value()


def saved(page: Page, button: str, folder: Path) -> Path:
    """The file that a button saves."""
    with page.expect_download(timeout=60_000) as download:
        page.locator(button).click()
    file = folder / download.value.suggested_filename
    download.value.save_as(file)
    return file


def test_a_link_leads_a_stranger_to_the_very_same_number(page: Page, server: Server, context: BrowserContext) -> None:
    """Another seed, a weight set by hand, the middle of a step, a gradient asked about: all of it is in the address."""
    with Deltaflow(server.url) as deltaflow:
        session = deltaflow.create(preset="fruit")
        session.edit({"seed": 11, "optimizer": {"learning_rate": 0.2}})
        session.reset()
        session.step("batch", 3)
        session.set_parameter("hidden1.W", 0.75, (0, 1))
        session.step("batch", 2)
        session.step("op", 13)
        page.goto(f"{session.url}&select=weight:hidden1:0:1&ask=hidden1.W:gradient:0,1&level=phd")
        expect(page.locator("#answer")).to_be_visible()
        position, answer = page.locator("#position").text_content(), page.locator("#answer").text_content()
        open_share(page)
        link = address(page)

        stranger = context.new_page()
        stranger.goto(link)
        expect(stranger.locator("#position")).to_have_text(position or "")
        expect(stranger.locator("#answer")).to_have_text(answer or "")
        expect(stranger.locator("#aspect-dw, .aspects [aria-pressed=true]").first).to_be_visible()
        expect(stranger.get_by_role("radio", name="PhD")).to_be_checked()
        mine = stranger.evaluate("() => JSON.parse(sessionStorage.getItem('deltaflow.session'))")
        assert session.id != mine["id"]
        copy = deltaflow.join(mine["id"], mine["token"])
        assert session.recipe().fingerprint == copy.recipe().fingerprint


def test_a_link_leads_to_where_one_looked(page: Page, server: Server, context: BrowserContext) -> None:
    """Two strangers look as closely, at the same layers, also where the stage is of another size."""
    page.goto(f"{server.url}/#preset=xor&at=2.3&select=unit:hidden1:1")
    expect(page.locator("#answer")).to_be_visible()
    for _ in range(3):
        page.locator("#zoom-in").click()
    page.wait_for_timeout(600)  # the flight is over
    percent, plan = page.locator("#zoom-actual").text_content(), page.locator(".overview").get_attribute("aria-label")
    open_share(page)
    link = address(page)
    assert "view=" in link

    for size in ((1440, 900), (1240, 840)):
        stranger = context.new_page()
        stranger.set_viewport_size({"width": size[0], "height": size[1]})
        stranger.goto(link)
        expect(stranger.locator("#zoom-actual")).to_have_text(percent or "")
        expect(stranger.locator(".overview")).to_have_attribute("aria-label", plan or "")
        open_share(stranger)
        assert re.findall(r"view=[^&]*", link) == re.findall(r"view=[^&]*", address(stranger))


def test_where_the_way_cannot_be_computed_again_the_weights_go_along(page: Page, server: Server) -> None:
    """A rate that was changed on the way: the dialog says so, and a frozen copy leads there all the same."""
    with Deltaflow(server.url) as deltaflow:
        session = deltaflow.create(preset="xor")
        session.step("batch", 3)
        session.edit({"optimizer": {"learning_rate": 0.3}})
        session.step("op", 2)
        show(page, session)
    open_share(page)
    expect(page.locator(".share-doubt")).to_contain_text("cannot be computed again")
    page.get_by_role("radio", name="With the weights").check()
    page.locator("#share-freeze").click()
    link = address(page)
    position = page.locator("#position").text_content() or ""
    page.goto("about:blank")
    page.goto(link)

    expect(page.locator("#position")).to_have_text(position)


def test_a_damaged_link_is_told_and_a_session_opens(page: Page) -> None:
    """Cut off when it was copied."""
    page.goto("/#spec=q1YqLkksSVWy")

    expect(page.locator("#step")).to_be_enabled()
    expect(page.get_by_text("could not be opened")).to_be_visible()


def test_what_an_address_hides_is_gone(page: Page) -> None:
    """Not to be seen, not to be reached by Tab, and its key does nothing."""
    page.goto("/?preset=xor&units=3&hide=training,data.noise,transport.speed,transport.reset")
    expect(page.locator("#step")).to_be_enabled()
    for gone in ("aside.left h2:text-is('Training')", ".speed", "[data-control='data.noise']"):
        expect(page.locator(gone)).to_be_hidden()
    expect(page.locator("[data-control='data.size']")).to_be_visible()
    seen = "() => [...document.querySelectorAll('[data-control=training] *')].filter((e) => e.checkVisibility()).length"
    focusable = page.evaluate(seen)
    page.keyboard.press("ArrowRight")
    expect(page.locator("#position")).to_contain_text("op 1")
    page.keyboard.press("r")
    page.keyboard.press("ArrowRight")

    expect(page.locator("#position")).to_contain_text("op 2")
    assert 0 == focusable


def test_every_name_stands_for_a_part_of_some_page(page: Page) -> None:
    """The documented names are found: each in one of these networks, by its selector."""
    page.goto("/?preset=xor")
    found: set[str] = set()
    for preset in ("xor", "surnames_lstm"):
        page.goto(f"/?preset={preset}")
        expect(page.locator("#step")).to_be_enabled()
        page.locator("#step").click()
        expect(page.locator("#answer")).to_be_visible()
        page.wait_for_load_state("networkidle")
        found |= set(page.evaluate(FOUND))
    missing = set(page.evaluate(NAMES)) - found

    assert set() == missing


CONTROLS = """async () => {
  const main = document.querySelector('script[src$="js/main.js"]').src;
  return import(main.replace("main.js", "panels/controls.js"));
}"""
FOUND = f"""async () => {{
  const {{ CONTROLS, selectorOf }} = await ({CONTROLS})();
  return Object.keys(CONTROLS).filter((name) => document.querySelector(selectorOf(name)));
}}"""
NAMES = f"async () => Object.keys((await ({CONTROLS})()).CONTROLS)"


@pytest.fixture
def other_site(server: Server) -> Iterator[str]:
    """Somebody else's page, which shows ours in frames: the one that may be framed, and the one that may not."""
    html = f"""<!doctype html><html lang="en"><title>A lesson</title>
      <iframe id="may" width="900" height="560" title="a"
        src="{server.url}/embed?show=inspector#preset=xor&amp;at=2.3&amp;select=unit:hidden1:1"></iframe>
      <iframe width="300" height="200" title="b" src="{server.url}/"></iframe>"""

    class Lesson(BaseHTTPRequestHandler):
        def do_GET(self) -> None:  # the base class's name
            """The one page."""
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(html.encode())

        def log_message(self, *_: object) -> None:
            """Nothing."""

    site = HTTPServer(("127.0.0.1", 0), Lesson)
    thread = threading.Thread(target=site.serve_forever, daemon=True)
    thread.start()
    yield f"http://localhost:{site.server_port}/"
    site.shutdown()
    site.server_close()
    thread.join()


#: How much is remembered: where a browser refuses that in a foreign frame, nothing.
KEPT = "() => { try { return localStorage.length + sessionStorage.length; } catch { return 0; } }"


def test_the_stage_lives_in_another_page(page: Page, other_site: str, complaints: Complaints) -> None:
    """Only the stage and what was asked for; it steps, remembers nothing, and leads out to the whole of it."""
    complaints.allow("frame-ancestors|ERR_BLOCKED|Refused to (frame|display)|favicon")
    page.goto(other_site)
    inside = page.frame_locator("#may")
    expect(inside.locator("#step")).to_be_enabled()
    expect(inside.locator("#position")).to_contain_text("step 2")
    for gone in ("header.top", ".column.left", "main > .bar", "section.drawer"):
        expect(inside.locator(gone)).to_be_hidden()
    expect(inside.locator("#answer")).to_be_visible()
    inside.locator("#step").click()
    expect(inside.locator("#position")).to_contain_text("op 4")
    frame = next(frame for frame in page.frames if "/embed" in frame.url)

    assert 0 == frame.evaluate(KEPT)
    assert any("frame-ancestors" in complaint for complaint in complaints)
    with page.context.expect_page() as out:
        inside.get_by_role("link", name="Open in Deltaflow").click()
    expect(out.value.locator("#position")).to_contain_text("op 4")
    expect(out.value.locator("header.top")).to_be_visible()


def test_the_stage_as_pictures(page: Page, server: Server, tmp_path: Path, axe: Axe) -> None:
    """A PNG of twice the size and an SVG, both of what is seen; the dialog is accessible."""
    page.goto("/#preset=xor&at=3.8&select=unit:hidden1:1")
    expect(page.locator("#answer")).to_be_visible()
    page.wait_for_timeout(700)  # what is animated has come to rest
    size = page.evaluate("() => [stage.clientWidth, stage.clientHeight]")
    open_share(page)
    assert [] == axe(page, "dialog")
    png, svg = saved(page, "#share-png", tmp_path), saved(page, "#share-svg", tmp_path)
    drawing = ElementTree.fromstring(svg.read_text())  # noqa: S314  # our own
    words = {text.text for text in drawing.iter(f"{SVG}text")}

    assert [2 * side for side in size] == shown(page, png)
    assert size == shown(page, svg)
    assert ("xor-3.8.png", "XOR") == (png.name, drawing.findtext(f"{SVG}title"))
    assert {"hidden1", "output", "x1"} <= words
    assert any(image.get("href", "").startswith("data:image/png") for image in drawing.iter(f"{SVG}image"))


def shown(page: Page, file: Path) -> list[int]:
    """Width and height of a picture, as the browser decodes it."""
    kind = {".svg": "svg+xml"}.get(file.suffix, file.suffix[1:])
    data = f"data:image/{kind};base64,{b64encode(file.read_bytes()).decode()}"
    found: list[int] = page.evaluate(
        """async (src) => {
          const image = new Image();
          image.src = src;
          await image.decode();
          return [image.naturalWidth, image.naturalHeight];
        }""",
        data,
    )
    return found


def test_the_stage_as_films(page: Page, tmp_path: Path) -> None:
    """The last operations again as a GIF, which leaves the session where it was; the next batches as WebM.

    The dialog keeps the keys: Escape closes it afterwards, also when nothing in it has the focus.
    """
    page.goto("/#preset=line&at=1.3")
    expect(page.locator("#position")).to_contain_text("op 3")
    position = page.locator("#position").text_content() or ""
    size = page.evaluate("() => [stage.clientWidth, stage.clientHeight]")
    open_share(page)
    page.locator("#film-what").select_option("back")
    gif = saved(page, "#film-start", tmp_path)
    expect(page.locator("#position")).to_have_text(position)
    page.locator("#film-what").select_option("on")
    page.locator("#film-format").select_option("webm")
    webm = saved(page, "#film-start", tmp_path)
    expect(page.locator("#film-start")).to_be_focused()
    page.evaluate("() => document.activeElement.blur()")
    page.keyboard.press("Escape")
    expect(page.locator("dialog.share")).to_have_count(0)

    assert b"GIF89a" == gif.read_bytes()[:6]
    assert size == shown(page, gif)
    assert gif.read_bytes().count(b"\x21\xf9\x04") > 20
    assert b"\x1aE\xdf\xa3" == webm.read_bytes()[:4]
    assert b"webm" in webm.read_bytes()[:64]
    expect(page.locator("#position")).not_to_have_text(position)


def test_a_derivation_as_latex(page: Page, context: BrowserContext, server: Server, tmp_path: Path) -> None:
    """It is copied, and saved as a document of its own."""
    context.grant_permissions(["clipboard-read", "clipboard-write"], origin=server.url)
    page.goto(f"/#preset=xor&at=3.8&ask={quote('output.W')}:gradient:1,0&select=weight:output:1:0")
    page.locator("#copy-latex").click()
    expect(page.locator("#copy-latex")).to_have_text("Copied")
    copied = page.evaluate("() => navigator.clipboard.readText()")
    document = saved(page, "#save-tex", tmp_path).read_text()

    assert r"\frac{\partial L}{\partial W^{\text{output}}_{2,1}}" in copied
    assert copied.count("{") == copied.count("}")
    assert copied.strip() in document
    assert document.startswith(r"\documentclass{article}")
    assert document.rstrip().endswith(r"\end{document}")
