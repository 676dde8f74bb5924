"""Nothing that one does keeps the page from answering: no task on its main thread takes 50 ms of processor time."""

import re
from collections.abc import Callable
from functools import partial

from playwright.sync_api import Page, expect

from app.client import Deltaflow
from tests.browser.story import step_to
from tests.browser.vitals import shortest

#: What browsers call a long task. The processor's time, so that it tells of the page and not of its neighbours.
LIMIT_MS = 50
PLAY_MS = 1200
#: What the page does on its own after it can be used.
SETTLE_MS = 600


def test_no_task_is_long_in_the_story(page: Page, deltaflow: Deltaflow) -> None:
    """Open, step, select, zoom, edit, play, look into the drawer, find a command, bring data: each by itself."""
    session = deltaflow.create(preset="fruit")
    parts: dict[str, Callable[[], object]] = {
        "open": partial(opened, page, session.url),
        "step": partial(step_to, page, "d output.W"),
        "walk back": partial(walked_back, page),
        "select": partial(selected, page),
        "zoom": partial(zoomed, page),
        "edit": partial(edited, page),
        "play": partial(played, page),
        **{
            f"tab {tab}": partial(opens, page, tab)
            for tab in ("histograms", "predictions", "confusion", "rate", "runs")
        },
        "palette": partial(searched, page),
        "own data": partial(brought, page),
    }

    assert {} == too_long(shortest(page, parts, LIMIT_MS))


def test_no_task_is_long_with_images_and_sequences(page: Page, deltaflow: Deltaflow) -> None:
    """Open, step and play a convolutional network and a recurrent one, one after the other on the same page."""
    parts: dict[str, Callable[[], object]] = {}
    for preset in ("digits", "surnames_lstm"):
        url = deltaflow.create(preset=preset).url
        parts[f"open {preset}"] = partial(opened, page, url)
        parts[f"play {preset}"] = partial(played, page)
        parts[f"palette of {preset}"] = partial(searched, page)

    assert {} == too_long(shortest(page, parts, LIMIT_MS))


def too_long(took: dict[str, float]) -> dict[str, float]:
    """What is over the limit."""
    return {name: round(ms, 1) for name, ms in took.items() if ms > LIMIT_MS}


def opened(page: Page, url: str) -> None:
    """The page from its beginning, until all that belongs to it has come."""
    page.goto("about:blank")
    page.goto(url)
    expect(page.locator("#step")).to_be_enabled()
    expect(page.locator("#why")).to_be_visible()
    page.wait_for_timeout(SETTLE_MS)


def walked_back(page: Page) -> None:
    """Five operations are taken back."""
    for _ in range(5):
        page.keyboard.press("ArrowLeft")
    page.wait_for_timeout(300)


def selected(page: Page) -> None:
    """Point along the wires and click one."""
    box = page.locator("#stage").bounding_box()
    assert box is not None
    for part in (0.28, 0.30, 0.32, 0.34):
        page.mouse.move(box["x"] + part * box["width"], box["y"] + 0.37 * box["height"])
    page.mouse.click(box["x"] + 0.31 * box["width"], box["y"] + 0.37 * box["height"])
    expect(page.locator("#answer")).to_be_visible()


def zoomed(page: Page) -> None:
    """Into the network by the wheel, and out again."""
    box = page.locator("#stage").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 0.45 * box["width"], box["y"] + 0.4 * box["height"])
    page.keyboard.down("Control")
    for turn in (-80, 80):
        for _ in range(12):
            page.mouse.wheel(0, turn)
    page.keyboard.up("Control")
    page.wait_for_timeout(300)


def edited(page: Page) -> None:
    """One unit more: the network, its cards and its stage are made anew."""
    page.get_by_role("button", name="more units of hidden1").click()
    expect(page.locator("#announcer")).to_contain_text("Kept")
    page.wait_for_timeout(300)


def played(page: Page) -> None:
    """A while of training."""
    page.get_by_role("button", name="Play (space)").click()
    page.wait_for_timeout(PLAY_MS)
    page.get_by_role("button", name="Pause (space)").click()
    expect(page.get_by_role("button", name="Play (space)")).to_be_visible()


def opens(page: Page, tab: str) -> None:
    """A tab of the drawer; one that is open is closed first."""
    if page.locator(f"#tab-{tab}").get_attribute("aria-selected") == "true":
        page.locator(f"#tab-{tab}").click()
    page.locator(f"#tab-{tab}").click()
    expect(page.locator("#drawer-body > *").first).to_be_visible()
    page.wait_for_timeout(300)


def searched(page: Page) -> None:
    """The palette, and three letters in it."""
    page.locator("#search").click()
    page.locator("#palette-field").press_sequentially("hid")
    page.keyboard.press("Escape")
    expect(page.locator("#palette-field")).to_be_hidden()


def brought(page: Page) -> None:
    """The dialog for one's own data, opened and closed."""
    page.get_by_role("button", name=re.compile("Your own data")).click()
    expect(page.get_by_role("dialog")).to_be_visible()
    page.wait_for_timeout(300)
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
