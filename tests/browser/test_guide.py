"""Finding one's way in real Chromium: the first minute, the palette of commands, the map of keys."""

import pytest
from playwright.sync_api import Page, expect

from app.client import Deltaflow
from tests.browser.conftest import Axe
from tests.browser.story import show

#: Whether the ring of the first minute lies around this, wherever that has been moved meanwhile.
RINGED = """(selector) => {
  const [ring, it] = [".tour-ring", selector].map((each) => document.querySelector(each).getBoundingClientRect());
  return Math.abs(ring.top + 4 - it.top) < 1 && Math.abs(ring.left + 4 - it.left) < 1;
}"""


class TestFirstMinute:
    """A visitor who has never been here."""

    @pytest.fixture
    def newcomer(self) -> bool:
        """Nothing is remembered."""
        return True

    def test_one_goes_on_by_doing_what_it_says(self, page: Page, axe: Axe) -> None:
        """Five stops: Step is pressed, a wire is clicked, and the tour follows; afterwards it does not come again."""
        page.goto("/")
        tour = page.get_by_role("region", name="The first minute")
        expect(tour).to_contain_text("Stop 1 of 5")
        assert [] == axe(page)
        page.locator("#step").click()
        expect(tour).to_contain_text("Stop 2 of 5")
        tour.get_by_role("button", name="Next").click()
        expect(tour).to_contain_text("Ask any number why")
        page.locator("#stage").focus()
        page.keyboard.press("ArrowRight")
        expect(tour).to_contain_text("Stop 4 of 5")
        tour.get_by_role("button", name="Back").click()
        expect(tour).to_contain_text("Stop 3 of 5")
        for _ in range(2):
            tour.get_by_role("button", name="Next").click()
        tour.get_by_role("button", name="Done").click()
        expect(tour).to_have_count(0)

        page.reload()
        expect(page.locator("#step")).to_be_enabled()
        expect(tour).to_have_count(0)

    def test_on_a_phone_each_stop_is_on_the_screen(self, page: Page) -> None:
        """What is spoken of is brought into view: its ring lies around it, and its card is seen whole."""
        page.set_viewport_size({"width": 390, "height": 844})
        page.goto("/")
        expect(page.locator("#why")).to_be_attached()  # what stands around the stage comes after it
        tour = page.get_by_role("region", name="The first minute")
        for at, spoken_of in enumerate(("#step", ".ribbon", "#stage", "#why", ".bar .strip"), 1):
            expect(tour).to_contain_text(f"Stop {at} of 5")
            expect(tour).to_be_in_viewport(ratio=1)
            expect(page.locator(spoken_of)).to_be_in_viewport(ratio=0.5)
            page.wait_for_function(RINGED, arg=spoken_of)
            tour.get_by_role("button").last.click()
        expect(tour).to_have_count(0)

    def test_it_can_be_skipped_and_asked_for(self, page: Page) -> None:
        """Skipped once, it stays away until Help is asked for it."""
        page.goto("/")
        tour = page.get_by_role("region", name="The first minute")
        tour.get_by_role("button", name="Skip the tour").click()
        expect(tour).to_have_count(0)
        page.locator("#help").click()
        page.get_by_role("button", name="the first minute").click()
        expect(tour).to_contain_text("Stop 1 of 5")


def test_in_a_narrow_window_the_answer_is_one_press_away(page: Page, deltaflow: Deltaflow, axe: Axe) -> None:
    """What was clicked is asked about at the edge of the window; pressed, the answer is there and has the focus."""
    page.set_viewport_size({"width": 820, "height": 900})
    show(page, deltaflow.create(preset="fruit"))
    pill = page.locator("#to-answer")
    page.locator("#stage").focus()
    page.keyboard.press("ArrowRight")
    expect(pill).to_contain_text("width")
    assert [] == axe(page)
    pill.click()
    expect(page.locator("#why")).to_be_in_viewport()
    expect(pill).to_be_hidden()


def test_everything_is_found_by_typing(page: Page, deltaflow: Deltaflow, axe: Axe) -> None:
    """Ctrl+K from anywhere: a command runs, a field is gone to, a number is asked about by its name."""
    show(page, deltaflow.create(preset="fruit"))
    field = page.locator("#palette-field")

    def choose(typed: str) -> None:
        page.keyboard.press("Control+k")
        expect(field).to_be_focused()
        field.fill(typed)
        page.keyboard.press("Enter")
        expect(field).to_be_hidden()

    page.keyboard.press("Control+k")
    expect(page.locator("#palette-list [role=option]").first).to_be_visible()
    assert [] == axe(page, "#above")
    page.keyboard.press("Escape")
    choose("one step forw")
    expect(page.locator("#position")).to_contain_text("op 1 of")
    choose("go learning rate")
    expect(page.get_by_role("textbox", name="Learning rate")).to_be_focused()
    choose("hidden1.W[1,3]")
    expect(page.locator("#why")).to_contain_text("hidden1[3]")
    choose("begin xor")
    expect(page.get_by_role("button", name="XOR")).to_be_visible()


def test_the_map_of_keys_opens_by_a_key(page: Page, axe: Axe) -> None:
    """A question mark shows what every key does; Escape gives the page its keys back."""
    page.goto("/")
    expect(page.locator("#step")).to_be_enabled()
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog", name="What every key does")
    expect(dialog).to_contain_text("one step forward")
    assert [] == axe(page, "#above")
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    page.keyboard.press("ArrowRight")
    expect(page.locator("#position")).to_contain_text("op 1 of")


def test_help_stands_beside_what_it_is_about(page: Page, axe: Axe) -> None:
    """A question mark beside a heading says what the panel shows, and leads to a page that sets its formulas."""
    page.goto("/")
    expect(page.locator("#step")).to_be_enabled()
    page.get_by_role("button", name="About: Loss").click()
    help_on_loss = page.get_by_role("dialog", name="About: Loss")
    expect(help_on_loss).to_contain_text("overfitting")
    with page.expect_popup() as opened:
        help_on_loss.get_by_role("link").click()
    manual = opened.value
    expect(manual.get_by_role("heading", name="Losses")).to_be_visible()
    expect(manual.locator(".katex").first).to_be_attached()
    assert [] == axe(manual)
