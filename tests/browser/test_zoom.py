"""Looking closer in real Chromium: from the network to one multiplication and sum and back, by wheel, fingers and keys.

Every number stands beside the server's own explanation.
"""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from app.client import Deltaflow, Session
from tests.browser.conftest import Axe, Complaints
from tests.browser.story import number, show, step_to
from tests.serving import Server

SPEC: dict[str, Any] = {
    "seed": 3,
    "dataset": {"name": "fruit"},
    "layers": [
        {"id": "hidden", "type": "dense", "units": 3, "activation": "tanh"},
        {"id": "output", "type": "dense", "units": 1, "activation": "sigmoid"},
    ],
    "loss": "binary_cross_entropy",
}


#: Where on the stage, left of the loss, the rightmost thing is that can be selected: the output.
FIND_OUTPUT = """() => {
  const stage = document.getElementById("stage");
  const { x: left, y: top, width, height } = stage.getBoundingClientRect();
  for (let x = width - 190; x > width / 3; x -= 6)
    for (let y = height * 0.3; y < height * 0.7; y += 6) {
      stage.dispatchEvent(new PointerEvent("pointermove", { clientX: left + x, clientY: top + y, bubbles: true }));
      if (stage.style.cursor === "pointer") return [x - 12, y];
    }
}"""


@pytest.fixture
def session(server: Server) -> Iterator[Session]:
    """A small network in which a forward pass has run."""
    with Deltaflow(server.url) as deltaflow:
        session = deltaflow.create(SPEC)
        session.step("op", 4)
        yield session


def percent(page: Page) -> int:
    """How close one is."""
    return int(re.sub(r"\D", "", page.locator("#zoom-actual").text_content() or ""))


def travelled(page: Page, key: str, before: int) -> int:
    """How close one is after this key has changed it."""
    page.keyboard.press(key)
    expect(page.locator("#zoom-actual")).not_to_have_text(f"{before} %")
    return percent(page)


def sums(page: Page, name: str) -> Locator:
    """The text twin of a unit's sum."""
    return page.locator(".sums table").filter(has_text=name)


def assert_explained(page: Page, session: Session, name: str, node: str, index: tuple[int, ...], quantity: str) -> None:
    """Each row of the sum on the stage is a term of the server's explanation, and the last is its value."""
    expect(sums(page, name)).to_contain_text(f"= {node}")
    told = session.explain(node, index=index, quantity=quantity)
    rows = [row.locator("td").all_text_contents() for row in sums(page, name).locator("tr").all()]
    assert [term.value for term in told.terms] == pytest.approx([number(value) for _, value in rows[:-1]], rel=1e-3)
    for term, (product, _) in zip(told.terms, rows, strict=False):
        assert [f.value for f in term.factors] == pytest.approx([number(part) for part in product.split("×")], rel=1e-3)
    assert told.value == pytest.approx(number(rows[-1][1]), rel=1e-3)


def test_from_the_network_to_one_sum_and_out_again_by_keyboard(
    page: Page, session: Session, axe: Axe, complaints: Complaints
) -> None:
    """Arrows select a unit, Enter goes in level by level, Escape out; forward and in the backward pass."""
    page.emulate_media(reduced_motion="reduce")
    show(page, session)
    page.locator("#step").focus()
    while page.evaluate("document.activeElement.id") != "stage":
        page.keyboard.press("Shift+Tab")
    says = page.locator("#stage-says")
    for key in ("ArrowDown", "ArrowRight", "ArrowRight"):
        before = says.text_content() or ""
        page.keyboard.press(key)
        expect(says).not_to_have_text(before)
    expect(says).to_contain_text("hidden unit 1 of 3")

    seen = [percent(page)]
    for _ in range(2):
        seen.append(travelled(page, "Enter", seen[-1]))
    assert seen == sorted(seen)
    expect(page.locator(".overview")).to_have_attribute("aria-label", re.compile("hidden"))
    assert_explained(page, session, "hidden 1", "hidden.z", (0, 0), "value")
    assert [] == axe(page, ".stage")

    step_to(page, "d hidden.z")
    assert_explained(page, session, "hidden 1", "hidden.a", (0, 0), "gradient")

    while percent(page) > seen[0]:
        travelled(page, "Escape", percent(page))
    assert seen[0] == percent(page)
    expect(page.locator(".sums table")).to_have_count(0)
    expect(page.locator(".overview")).to_have_count(0)
    page.keyboard.press("Escape")
    expect(page.locator("#clear-why")).to_have_count(0)


def test_the_wheel_goes_in_about_the_pointer(page: Page, session: Session) -> None:
    """What is under the pointer stays there: at the end it is the output's sum; 0 shows everything again."""
    show(page, session)
    stage = page.locator("#stage").bounding_box()
    assert stage is not None
    x, y = page.evaluate(FIND_OUTPUT)
    page.mouse.move(stage["x"] + x, stage["y"] + y)
    for _ in range(9):
        page.mouse.wheel(0, -120)
    expect(sums(page, "output 1")).to_have_count(1)
    assert_explained(page, session, "output 1", "output.z", (0, 0), "value")

    page.keyboard.press("0")
    expect(page.locator("#zoom-actual")).to_have_text("100 %")


def test_two_fingers_go_in_and_one_moves(browser: Browser, server: Server, session: Session) -> None:
    """A pinch doubles the scale about its middle; then the view follows a finger."""
    context = browser.new_context(has_touch=True, viewport={"width": 1180, "height": 820})
    page = context.new_page()
    show(page, session)
    stage = page.locator("#stage").bounding_box()
    assert stage is not None
    middle = (stage["x"] + stage["width"] / 2, stage["y"] + stage["height"] / 2)
    devtools = context.new_cdp_session(page)

    def touch(kind: str, *places: tuple[float, float]) -> None:
        points = [{"x": middle[0] + x, "y": middle[1] + y, "id": at} for at, (x, y) in enumerate(places)]
        devtools.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    before = percent(page)
    touch("touchStart", (-60, 0))
    touch("touchStart", (-60, 0), (60, 0))
    for reach in (80, 100, 120):
        touch("touchMove", (-reach, 0), (reach, 0))
    touch("touchEnd")
    expect(page.locator("#zoom-actual")).not_to_have_text(f"{before} %")
    assert 2 * before == pytest.approx(percent(page), rel=0.05)

    said = page.locator(".overview").get_attribute("aria-label") or ""
    for _ in range(3):
        touch("touchStart", (200, 0))
        for x in (100, 0, -200):
            touch("touchMove", (x, 0))
        touch("touchEnd")
    expect(page.locator(".overview")).not_to_have_attribute("aria-label", said)
    context.close()


def test_a_gate_of_a_time_step_is_a_sum_too(page: Page, server: Server, axe: Axe) -> None:
    """Enter goes in to one cell: the table of its sum adds up to the server's pre-activation and its function."""
    page.emulate_media(reduced_motion="reduce")
    with Deltaflow(server.url) as deltaflow:
        session = deltaflow.create(preset="recall_lstm")
        session.step("op", 100)
        page.goto(f"{session.url}&select=step:lstm:lstm.f:3:1")
        expect(page.locator("#answer")).to_be_visible()
        page.locator("#stage").focus()
        before = 0
        while percent(page) > before:
            before = percent(page)
            page.keyboard.press("Enter")
            page.wait_for_timeout(300)
        twin = sums(page, "lstm.f · step 4 · unit 2")
        expect(twin).to_contain_text("sigmoid")
        rows = [row.locator("td").all_text_contents() for row in twin.locator("tr").all()]
        z, gate = (session.explain(node, index=(0, 1)).value for node in ("lstm.z_f[3]", "lstm.f[3]"))

        assert z == pytest.approx(sum(number(value) for _, value in rows[:-2]), abs=2e-3)
        assert [z, gate] == pytest.approx([number(value) for _, value in rows[-2:]], rel=1e-3)
        expect(twin).to_contain_text("lstm.h[2][1]")
        assert [] == axe(page, ".stage")
