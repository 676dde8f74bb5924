"""Trying it oneself in real Chromium: a digit is drawn, a name typed, fruit measured, a tune written."""

import re
from typing import Any

from playwright.sync_api import Page, expect

from app.client import Deltaflow, Session
from tests.app.routes.test_trials import DIGITS, NAMES
from tests.browser.conftest import Axe, Complaints
from tests.browser.story import show
from tools.examples import TUNES

#: A one: a line from the top to the bottom.
ONE = [(0.5, 0.1), (0.5, 0.5), (0.5, 0.9)]


def trained(deltaflow: Deltaflow, spec: dict[str, Any], epochs: int) -> Session:
    """A session that has learned a little."""
    session = deltaflow.create({**spec, "optimizer": {"type": "adam", "learning_rate": 0.01}})
    session.step("epoch", count=epochs)
    return session


def draw(page: Page, points: list[tuple[float, float]]) -> None:
    """One stroke on the pad."""
    pad = page.locator("#pad")
    pad.scroll_into_view_if_needed()
    box = pad.bounding_box()
    assert box
    first, *rest = [(box["x"] + x * box["width"], box["y"] + y * box["height"]) for x, y in points]
    page.mouse.move(*first)
    page.mouse.down()
    for point in rest:
        page.mouse.move(*point, steps=4)
    page.mouse.up()


def test_a_drawn_one_is_told_and_followed(page: Page, deltaflow: Deltaflow) -> None:
    """The stage follows the drawing; said what it is, it has a loss; the answer is that of REST."""
    session = trained(deltaflow, DIGITS, 6)
    show(page, session)
    draw(page, ONE)

    expect(page.locator("#own-answer")).to_contain_text("The network says 1")
    expect(page.locator("#try")).to_contain_text("The stage follows your example")
    page.locator("#own-target").select_option("1")
    expect(page.locator("#own-answer")).to_contain_text("Loss")
    page.get_by_label("what it looks at").check()
    expect(page.get_by_role("img", name=re.compile("how much each of them matters"))).to_be_visible()
    assert (1, 1, 8, 8) == session.saliency(example="own").gradient.shape


def test_a_digit_can_be_drawn_by_keys(page: Page, deltaflow: Deltaflow) -> None:
    """Arrow keys move, space paints, backspace clears; the network is given just these pixels."""
    session = trained(deltaflow, DIGITS, 1)
    show(page, session)
    page.locator("#pad").focus()
    for _ in range(3):
        page.keyboard.press("Space")
        page.keyboard.press("ArrowDown")

    expect(page.locator("#own-answer")).to_contain_text("The network says")
    answer = session.saliency(example="own")
    assert answer.strength.shape == (1, 8, 8)
    page.keyboard.press("Backspace")
    expect(page.locator("#own-answer")).to_have_text("")


def test_a_typed_name_is_told(page: Page, deltaflow: Deltaflow, complaints: Complaints) -> None:
    """Letter by letter; an unknown character is refused in words."""
    session = trained(deltaflow, NAMES, 12)
    show(page, session)
    field = page.locator("#try").get_by_label("Type one")
    field.fill("Nakamura")
    expect(page.locator("#own-answer")).to_contain_text("The network says Japanese")
    page.get_by_label("what it looks at").check()
    expect(page.locator(".letter")).to_have_count(8)
    complaints.allow("422")
    field.fill("???")
    expect(page.locator("#own-answer")).to_contain_text("no '?'")


def test_a_measured_fruit_is_told(page: Page, deltaflow: Deltaflow) -> None:
    """Numbers as measured, one for each column."""
    session = deltaflow.create(preset="fruit")
    session.step("epoch", count=300)
    show(page, session)
    page.locator("#try").get_by_label("color score").fill("0.93")
    expect(page.locator("#own-answer")).to_contain_text(re.compile("The network says (apple|orange)"))
    width = page.locator("#try").get_by_label("width")
    width.fill("wide")
    width.press("Enter")
    expect(page.locator("#try .objection:visible")).to_have_text("expected a number, got “wide”")
    width.fill("7,1")
    expect(page.locator("#try .objection:visible")).to_have_count(0)


def test_what_the_network_imagines(page: Page, deltaflow: Deltaflow) -> None:
    """Ascent on the pixels shows a picture, and says how far the score rose."""
    show(page, trained(deltaflow, DIGITS, 6))
    page.locator("#imagine").click()

    expect(page.locator(".dream")).to_contain_text("200 steps up its score")
    expect(page.get_by_role("img", name="What excites 0 most")).to_be_visible()


def test_a_tune_is_written_and_heard(page: Page, deltaflow: Deltaflow, axe: Axe) -> None:
    """Its text, how many bars fit, and the note that sounds; Stop stops it."""
    session = deltaflow.create(TUNES)
    show(page, session)
    tune = page.locator("#tune")
    tune.get_by_label("It begins with").fill("M:6/8\nK:G\nG2A BAB|d2e dBA|")
    page.locator("#write-tune").click()

    expect(page.locator("#sheet")).to_contain_text("G2A BAB")
    expect(page.locator("#tune-says")).to_contain_text(re.compile(r"\d+ of \d+ bars fit 6/8"))
    page.locator("#play-tune").click()
    expect(page.locator(".sounding")).to_have_count(1)
    page.locator("#play-tune").click()
    expect(page.locator("#play-tune")).to_have_text("Play it")
    assert [] == axe(page, "#tune")
