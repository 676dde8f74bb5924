"""Nobody is left out: every view for axe-core, small targets and silent drawings; the whole story by keys alone."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from app.client import Deltaflow
from tests.browser.measures import cut_off, faults, overlapping, small_targets
from tests.browser.story import number
from tests.browser.views import NETWORKS, PAGES, STANDS_AT, VIEWS


def show(page: Page, deltaflow: Deltaflow, network: str) -> None:
    """A network of this kind, on its way back through its third step."""
    session = deltaflow.create(NETWORKS[network])
    session.step("batch", 2)
    session.step("op", STANDS_AT[network])
    page.emulate_media(reduced_motion="reduce")
    page.goto(session.url)
    expect(page.locator("#timeline")).to_be_visible()
    expect(page.locator("#answer")).to_be_visible()


@pytest.mark.parametrize("network", NETWORKS)
def test_every_view_is_for_everybody(page: Page, deltaflow: Deltaflow, network: str) -> None:
    """In every look no violation; no target below 24 px, no drawing without a name; the focus comes back."""
    show(page, deltaflow, network)
    found = {"the page": faults(page)}
    for view in (view for view in VIEWS if view.network == network):
        view.open(page)
        found[view.name] = faults(page, view.within)
        if page.evaluate("() => document.activeElement === document.body"):
            found[view.name].append("the focus is lost when it opens")
        view.close(page)
        if page.evaluate("() => document.activeElement === document.body"):
            found[view.name].append("the focus is lost when it closes")

    assert {} == {name: faults for name, faults in found.items() if faults}


def test_pages_beside_the_playground_are_for_everybody(page: Page) -> None:
    """The documentation, the reference of the API, the gallery."""
    found = {}
    for address, within in PAGES.items():
        page.goto(address)
        page.wait_for_load_state("networkidle")
        found[address] = faults(page, within)

    assert {} == {address: faults for address, faults in found.items() if faults}


class Hands:
    """Somebody who has a keyboard and a screen reader, and nothing else."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def press(self, *strokes: str) -> None:
        """Keys; after each of them the focus is somewhere, and can be seen."""
        for stroke in strokes:
            before = self.page.evaluate("() => document.activeElement.outerHTML.slice(0, 90)")
            self.page.keyboard.press(stroke)
            lost = "() => document.activeElement === document.body && document.hasFocus()"
            if self.page.evaluate(lost):
                self.page.wait_for_timeout(200)  # what is replaced is there a moment later
            assert not self.page.evaluate(lost), f"{stroke} on {before} loses the focus"

    def tab_to(self, selector: str, key: str = "Tab") -> None:
        """Tab until it has the focus: it is in the order, and nothing on the way keeps the focus."""
        for _ in range(90):
            if self.page.locator(selector).and_(self.page.locator(":focus")).count():
                return
            self.press(key)
        raise AssertionError(f"{selector} is not reached by {key}")

    def is_past(self, selector: str) -> bool:
        """Whether the focus stands after it."""
        following = "(node) => Boolean(node.compareDocumentPosition(document.activeElement) & 4)"
        found: bool = self.page.locator(selector).evaluate(following)
        return found

    def go_to(self, selector: str) -> None:
        """By Tab, forward or back, whichever is nearer."""
        self.tab_to(selector, "Shift+Tab" if self.is_past(selector) else "Tab")

    def ask(self, words: str) -> None:
        """By the palette of commands."""
        self.press("Control+k")
        self.page.keyboard.insert_text(words)
        self.press("Enter")

    def hears(self, words: str | re.Pattern[str]) -> None:
        """A live region says it."""
        live = self.page.locator("[aria-live=polite], [role=status], [role=log], [role=alert]")
        expect(live.filter(has_text=words).first).to_be_attached()

    def is_at(self, name: str | re.Pattern[str]) -> None:
        """The focus is on something with this accessible name."""
        expect(self.page.locator(":focus")).to_have_accessible_name(name)


def test_the_whole_story_by_keys_and_ears(page: Page) -> None:
    """Build, walk forward and back, ask for a gradient, check it, what if, undo, go back in time, play."""
    page.emulate_media(reduced_motion="reduce")
    page.goto("/")
    expect(page.locator("#step")).to_be_enabled()
    hands = Hands(page)

    build(hands, page)
    walk_back_to(hands, page, "d hidden1.W")
    understand_a_gradient(hands, page)
    ask_what_if(hands, page)
    go_back_in_time(hands, page)


def build(hands: Hands, page: Page) -> None:
    """Past the skip link to a preset; a layer more, and wider."""
    hands.press("Tab")
    hands.is_at("To the stage")
    hands.tab_to("header.top .title")
    hands.press("Enter")
    hands.tab_to(".story:has-text('XOR')")
    hands.press("Enter")
    expect(page.locator("header.top .title")).to_contain_text("XOR")
    expect(page.locator("#step")).to_be_enabled()

    hands.go_to("#add-1")
    hands.is_at(re.compile("Add a layer after hidden1"))
    hands.press("Enter")
    hands.tab_to(".popover .story:has-text('Dense')")
    hands.press("Enter")
    hands.hears(re.compile("hidden|dense"))
    hands.go_to("#units-hidden2")
    hands.press("ArrowUp")
    hands.hears("Kept")


def walk_back_to(hands: Hands, page: Page, label: str) -> None:
    """Operation by operation; each says what it did."""
    position = page.locator("#position")
    hands.go_to("#step")
    heard: list[str] = []
    for _ in range(40):
        before = position.inner_text()
        hands.press("Enter")
        expect(position).not_to_have_text(before)
        heard.append(page.locator("#announcer").inner_text())
        hands.is_at(re.compile("Step"))
        if heard[-1].startswith(label):
            break
    assert any(words.startswith("loss") for words in heard)
    assert heard[-1].startswith(label)


def understand_a_gradient(hands: Hands, page: Page) -> None:
    """A weight is walked to, told, derived as mathematics, and checked."""
    hands.go_to("#stage")
    hands.press("ArrowDown", "ArrowRight")
    hands.hears(re.compile("→|to hidden1|wire|weight"))
    expect(page.locator("#why")).to_contain_text("hidden1")
    expect(page.locator("#why .answer")).to_be_visible()
    hands.go_to("#aspect-gradient")
    hands.press("Enter")
    hands.is_at("gradient")
    page.wait_for_selector("#why math")
    derived = page.locator("#why .numbers math")
    spoken = derived.locator("mn").all_text_contents()
    assert abs(number(page.locator("#answer").inner_text())) == pytest.approx(abs(float(spoken[-1])), rel=1e-2)
    assert 3 < len(spoken)

    hands.go_to("#check-gradient")
    hands.press("Enter")
    hands.hears("they agree")
    hands.is_at(re.compile("Check"))


def ask_what_if(hands: Hands, page: Page) -> None:
    """The weight is moved; the answer is told; it is applied and taken back."""
    hands.go_to("#what-if")
    hands.press("Enter")
    hands.is_at(re.compile(r"What hidden1\.W"))
    hands.press(*("ArrowRight",) * 5)
    hands.hears(re.compile("loss", re.IGNORECASE))
    hands.go_to("#what-if-apply")
    hands.press("Enter")
    expect(page.locator("#position")).to_contain_text("ready")
    hands.press("Control+z")
    expect(page.locator("#redo")).to_be_enabled()


def go_back_in_time(hands: Hands, page: Page) -> None:
    """By the palette, by the line of time; play and pause."""
    hands.ask("step 0")
    expect(page.locator("#position")).to_contain_text("step 0")
    hands.go_to(".play")
    hands.press("Enter")
    hands.is_at(re.compile("Pause"))
    hands.press("Enter")
    hands.is_at(re.compile("Play"))
    hands.go_to("#timeline")
    hands.press("Home")
    expect(page.locator("#timeline")).to_have_attribute("aria-valuenow", "0")
    expect(page.locator("#timeline")).to_have_attribute("aria-valuetext", re.compile("step 0"))


def test_tab_goes_round_and_as_one_reads(page: Page, deltaflow: Deltaflow) -> None:
    """No trap; each stop has a name and is seen; column by column downward; headings, landmarks."""
    show(page, deltaflow, "dense")
    stops: list[dict[str, Any]] = []
    for _ in range(140):
        page.keyboard.press("Tab")
        if page.evaluate("() => document.activeElement === document.body"):  # round once: the browser's own has it
            break
        stop = page.evaluate(STOP)
        stops.append(stop)
    regions = [name for at, name in enumerate(s["region"] for s in stops) if at == 0 or stops[at - 1]["region"] != name]

    assert stops[0]["skip"]
    assert [] == [stop for stop in stops if not stop["name"] or not stop["seen"]]
    assert ["skip", "header", "left", "main", "right"] == regions
    assert 1 == page.locator("main").count() == page.locator("h1").count() == page.locator("header").count()
    levels = page.locator("h1, h2, h3").evaluate_all("(all) => all.map((node) => Number(node.localName[1]))")
    assert all(level - before <= 1 for before, level in pairwise(levels))


STOP = """() => {
  const node = document.activeElement;
  const { outlineStyle, outlineWidth } = getComputedStyle(node.matches("[type=radio]") ? node.labels[0] : node);
  const region = node.closest("header.top, aside, main");
  return {
    skip: node.matches(".skip"),
    name: node.ariaLabel || node.labels?.[0]?.textContent || node.textContent || node.title
      || document.getElementById(node.getAttribute("aria-labelledby"))?.textContent,
    seen: (outlineStyle !== "none" && outlineWidth !== "0px") || node.matches(".drawer-edge"),
    region: node.matches(".skip") ? "skip" : region?.classList[1] ?? (region?.localName === "main" ? "main" : "header"),
    html: node.outerHTML.slice(0, 90),
  };
}""".replace("region?.classList[1]", '(region?.localName === "aside" ? region.classList[1] : null)')


def test_while_it_plays_nothing_is_told(page: Page, deltaflow: Deltaflow) -> None:
    """A screen reader hears one sentence when it stops, not a hundred before."""
    show(page, deltaflow, "dense")
    page.locator("#tab-histograms").press("Enter")
    page.locator(".play").press("Enter")
    expect(page.locator(".play")).to_have_accessible_name(re.compile("Pause"))
    page.evaluate(LISTEN)
    position = page.locator("#position").inner_text()
    expect(page.locator("#position")).not_to_have_text(position)
    page.wait_for_timeout(1000)
    told = page.evaluate("() => window.told")
    page.locator(".play").press("Enter")
    page.wait_for_function("() => window.told.length > 0")

    assert [] == told


LISTEN = """() => {
  window.told = [];
  new MutationObserver((records) => {
    for (const { target } of records) {
      const live = (target.closest ? target : target.parentElement)?.closest("[aria-live], [role=status], [role=log]");
      if (live && live.ariaLive !== "off") window.told.push(live.textContent);
    }
  }).observe(document.body, { subtree: true, childList: true, characterData: true });
}"""


@contextmanager
def window(browser: Browser, **how: Any) -> Iterator[Page]:
    """Another window, in which the first minute was seen."""
    context = browser.new_context(reduced_motion="reduce", **how)
    context.add_init_script("localStorage.setItem('deltaflow.tour', 'seen')")
    yield context.new_page()
    context.close()


#: What a reader may set (WCAG 1.4.12).
SPACING = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: 0.12em !important;
    word-spacing: 0.16em !important }`);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
}"""


@pytest.mark.parametrize(("width", "height"), [(720, 450), (320, 640)])
@pytest.mark.parametrize("network", ["dense", "decoder"])
def test_text_at_twice_its_size_wraps(
    browser: Browser, deltaflow: Deltaflow, network: str, width: int, height: int
) -> None:
    """1440 × 900 at 200 %, and a narrow window: one scrolls one way, nothing is cut off or covered, spaced or not."""
    with window(browser, viewport={"width": width, "height": height}, device_scale_factor=2) as page:
        show(page, deltaflow, network)
        for spaced in (False, True):
            if spaced:
                page.evaluate(SPACING)
            assert width >= page.evaluate("document.documentElement.scrollWidth")
            assert [] == cut_off(page)
            assert [] == overlapping(page)


#: About as high as a row of the header.
ROW = 44


def test_the_header_breaks_evenly(page: Page) -> None:
    """In French, with the longest name of a story: one row, or two; the last button is in the window."""
    page.goto("/?preset=translation&lang=fr")
    expect(page.locator("#step")).to_be_enabled(timeout=20_000)
    groups = page.locator("header.top").locator(".title, .turns, .segment, .doors")
    for width, rows in ((1440, 1), (1180, 1), (1024, 1), (720, 2)):
        page.set_viewport_size({"width": width, "height": 800})
        middles = [box["y"] + box["height"] / 2 for box in (each.bounding_box() for each in groups.all()) if box]
        assert rows == len({middle // ROW for middle in middles}), (width, middles)
        last = page.locator("#help").bounding_box()
        assert last
        assert last["x"] + last["width"] <= width


def test_fingers_have_room(browser: Browser, deltaflow: Deltaflow) -> None:
    """On a tablet everything that is pressed is 44 px large."""
    with window(browser, viewport={"width": 820, "height": 1180}, has_touch=True, is_mobile=True) as page:
        show(page, deltaflow, "dense")
        assert page.evaluate("matchMedia('(pointer: coarse)').matches")
        assert [] == small_targets(page, least=44)


def test_without_motion_steps_are_cuts(page: Page, deltaflow: Deltaflow) -> None:
    """The drawing after a step or a journey of the camera is the last one at once; nothing pulses or glides."""
    show(page, deltaflow, "dense")
    for key in ("ArrowRight", "+", "-"):
        before = page.evaluate(PICTURE)
        page.keyboard.press(key)
        # The first picture that is another one is the last one.
        page.wait_for_function("(before) => document.getElementById('stage').toDataURL() !== before", arg=before)
        page.wait_for_timeout(150)
        first = page.evaluate(PICTURE)
        page.wait_for_timeout(400)
        assert first == page.evaluate(PICTURE), key
    assert [] == page.evaluate(
        "() => document.getAnimations().map((each) => each.animationName ?? each.transitionProperty)"
    )


PICTURE = "() => new Promise((done) => requestAnimationFrame(() => done(document.getElementById('stage').toDataURL())))"
