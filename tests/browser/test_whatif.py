"""What if, in real Chromium: a wire is pointed at, moved in thought, set; a layer is frozen, a unit killed."""

import re

import pytest
from playwright.sync_api import Page, expect

from app.client import Deltaflow, Session
from tests.browser.conftest import Axe
from tests.browser.story import number, show

#: Where wires of the first layer cross the stage.
ACROSS = 0.31


@pytest.fixture
def session(deltaflow: Deltaflow) -> Session:
    """Fruit, five steps on."""
    made = deltaflow.create(preset="fruit")
    made.step("batch", count=5)
    return made


def point_at_a_wire(page: Page) -> tuple[float, float]:
    """Move the mouse down the stage until a wire is under it, and stay there."""
    box = page.locator("#stage").bounding_box()
    assert box
    for share in range(15, 85):
        x, y = box["x"] + ACROSS * box["width"], box["y"] + share / 100 * box["height"]
        page.mouse.move(x, y)
        if page.evaluate("document.getElementById('stage').style.cursor") == "pointer":
            x, y = round(x), round(y + 3)  # well within its reach: a click knows whole pixels only
            page.mouse.move(x, y)
            return x, y
    raise AssertionError("no wire is found")


def entry(page: Page) -> tuple[str, tuple[int, int]]:
    """The weight that the open question is about."""
    label = page.locator(".what-if-open").get_attribute("aria-label") or ""
    found = re.search(r"(\w+\.W)\[(\d+), (\d+)\]", label)
    assert found, label
    return found[1], (int(found[2]) - 1, int(found[3]) - 1)


def test_a_wire_is_pointed_at_moved_in_thought_and_set(page: Page, session: Session, axe: Axe) -> None:
    """The hint says what the inspector says; the losses are the server's; only Apply changes the weight."""
    show(page, session)
    expect(page.locator("#answer")).not_to_be_empty()
    x, y = point_at_a_wire(page)
    expect(page.locator("#wire-hint")).to_contain_text("gradient says")
    hint = page.locator("#wire-hint span").text_content() or ""
    page.mouse.click(x, y)
    expect(page.locator("#effect")).to_have_text(hint)

    page.locator("#what-if").click()
    expect(page.locator("#what-if-slider")).to_be_focused()
    expect(page.locator("#type-in-slider")).to_be_hidden()
    page.locator("#what-if-value").fill("1.5")
    page.keyboard.press("Enter")
    expect(page.locator("#what-if-told")).to_contain_text("With 1.5 instead of")
    name, index = entry(page)
    before = session.parameters()["parameters"][name].tolist()
    found = session.what_if({"parameter": name, "index": index, "value": 1.5})
    told = re.findall(r"[−\d.]+\d", page.locator("#what-if-told").inner_text())
    assert [pytest.approx(found.loss["new"], abs=1e-3), pytest.approx(found.loss["old"], abs=1e-3)] == [
        number(text) for text in told[2:]
    ]
    expect(page.locator("#what-if-moved")).to_contain_text("output")
    expect(page.get_by_role("img", name=re.compile("The loss from"))).to_be_visible()
    assert [] == axe(page, ".what-if")

    page.keyboard.press("Escape")
    expect(page.locator("#what-if")).to_be_focused()
    expect(page.locator(".what-if-open")).to_have_count(0)
    assert before == session.parameters()["parameters"][name].tolist()

    page.keyboard.press("Enter")
    expect(page.locator("#what-if-slider")).to_be_focused()
    page.locator("#what-if-value").fill("-0.75")
    page.locator("#what-if-apply").click()
    expect(page.locator(".what-if-open")).to_have_count(0)
    assert -0.75 == session.parameters()["parameters"][name][index]


def test_a_layer_is_frozen_and_a_unit_killed_by_keys(page: Page, session: Session) -> None:
    """The lock is on the card; the unit is held at 0, said so, and let go; its weights stay."""
    show(page, session)
    page.locator("#layer-hidden1").click()
    page.get_by_role("button", name="Freeze").click()
    expect(page.locator("#layer-hidden1")).to_contain_text("frozen")
    assert session.state().spec["layers"][0]["trainable"] is False
    weights = session.parameters()["parameters"]["hidden1.W"].tolist()

    page.locator("#stage").focus()
    for _ in range(6):
        page.keyboard.press("ArrowRight")
        if page.locator("#hold-kill").count():
            break
        page.wait_for_timeout(100)
    page.locator("#hold-kill").press("Enter")
    expect(page.locator("#held")).to_have_text("killed")
    expect(page.locator("#hold-kill")).to_have_attribute("aria-pressed", "true")
    assert [0.0] == list(session.state().spec["layers"][0]["clamps"].values())
    page.locator("#hold-value").fill("0.5")
    page.keyboard.press("Enter")
    expect(page.locator("#held")).to_have_text("held at 0.500")
    page.locator("#hold-free").press("Enter")
    expect(page.locator("#held")).to_have_count(0)
    assert {} == session.state().spec["layers"][0]["clamps"]
    _hold_by_the_menu(page)
    assert [0.5] == list(session.state().spec["layers"][0]["clamps"].values())
    assert weights == session.parameters()["parameters"]["hidden1.W"].tolist()


def _hold_by_the_menu(page: Page) -> None:
    """It goes on asking as long as what is typed is no number; a comma is a decimal point."""
    page.locator("#stage").focus()
    page.keyboard.press("Shift+F10")
    page.locator("#do-hold").click()
    page.get_by_role("textbox", name="Value to hold at").fill("half")
    page.keyboard.press("Enter")
    expect(page.locator("#edit-ask-why")).to_have_text("expected a number, got “half”")
    page.keyboard.type("0,5")
    page.keyboard.press("Enter")
    expect(page.locator("#held")).to_have_text("held at 0.500")
