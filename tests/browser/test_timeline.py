"""Through time by mouse, finger and keyboard: the line of steps, the curve of the loss, bookmarks, two runs."""

from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from app.client import Deltaflow, Session
from tests.browser.conftest import Axe
from tests.serving import Server

STEPS = 100
EDGE = 1.5


@pytest.fixture
def trained(page: Page, deltaflow: Deltaflow) -> Session:
    """A hundred steps of the fruit network, on the page."""
    session = deltaflow.create(preset="fruit")
    session.step("batch", STEPS)
    page.goto(session.url)
    expect(page.locator("#timeline")).to_be_visible()
    return session


def at(page: Page, part: float, selector: str = "#timeline") -> tuple[float, float]:
    """A point on the line, so far along it."""
    box = page.locator(selector).bounding_box()
    assert box
    return box["x"] + part * box["width"], box["y"] + box["height"] / 2


def place(session: Session) -> tuple[int, int]:
    """Where the session stands."""
    cursor: Any = session.state().cursor
    return cursor.step, cursor.op


def stands_near(page: Page, step: int) -> None:
    """The page says that it stands at this step, or at one beside it."""
    now = "Number(document.querySelector('#timeline').ariaValueNow)"
    page.wait_for_function(f"() => Math.abs({now} - {step}) <= {EDGE}")


def test_dragging_goes_through_time_and_forward_again(page: Page, trained: Session) -> None:
    """Back to the middle and on to the newest step: the very numbers that were there before."""
    newest = trained.parameters().parameters
    page.mouse.move(*at(page, 0.98))
    page.mouse.down()
    page.mouse.move(*at(page, 0.5), steps=8)
    stands_near(page, STEPS // 2)
    page.mouse.up()
    assert any((newest[name] != value).any() for name, value in trained.parameters().parameters.items())

    page.locator("#timeline").press("End")
    stands_near(page, STEPS)

    expect(page.locator("#timeline")).to_have_attribute("aria-valuenow", str(STEPS))
    again = trained.parameters().parameters
    assert all((newest[name] == again[name]).all() for name in newest)


def test_keys_go_by_step_operation_and_epoch(page: Page, trained: Session) -> None:
    """The slider says where it stands; zoomed in, it shows the phases of a step."""
    line = page.locator("#timeline")
    line.press("Home")
    expect(line).to_have_attribute("aria-valuenow", "0")
    line.press("ArrowRight")
    expect(line).to_have_attribute("aria-valuenow", "1")
    line.press("Shift+ArrowRight")
    expect(line).to_have_attribute("aria-valuetext", "step 1, epoch 1, forward, op 1 of 15")
    line.press("PageDown")
    expect(line).to_have_attribute("aria-valuenow", "2")
    for _ in range(7):
        line.press("+")

    expect(line.locator("text=backward").first).to_be_attached()
    assert (2, 0) == place(trained)
    line.press("0")
    expect(line.locator("text=backward")).to_have_count(0)


def test_a_click_on_the_curve_goes_there(page: Page, trained: Session) -> None:
    """The loss curve is the same line of time; over it the numbers are told."""
    curve = page.get_by_role("slider", name="Loss by step")
    expect(curve).to_be_visible()
    over = ".chart .u-over"
    page.locator(over).scroll_into_view_if_needed()
    page.mouse.move(*at(page, 0.25, over))
    expect(page.locator(".chart-tip")).to_contain_text("train")
    page.mouse.click(*at(page, 0.25, over))

    stands_near(page, STEPS // 4)
    curve.press("End")
    stands_near(page, STEPS)


def test_a_bookmark_is_set_named_and_gone_to_after_an_edit(page: Page, trained: Session, axe: Axe) -> None:
    """B marks the point; when the learning rate was changed since, its run comes back."""
    page.keyboard.press("b")
    expect(page.locator("#timeline .flag")).to_have_count(1)
    page.locator("#bookmarks").click()
    page.get_by_label(f"Name of the bookmark at step {STEPS}").fill("best")
    trained.edit({"optimizer": {"learning_rate": 0.5}})
    trained.step("batch", 5)
    expect(page.get_by_text("in another run")).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.locator("#announcer")).to_contain_text("another name")
    assert [] == axe(page, ".bookmarks")
    page.get_by_role("button", name=f"Go to step {STEPS}").click()

    expect(page.locator("#announcer")).to_contain_text("At the bookmark “best”")
    assert (STEPS, 0) == place(trained)
    assert 0.05 == trained.state().spec["optimizer"]["learning_rate"]


def test_a_finger_drags_and_two_zoom(browser: Browser, server: Server, deltaflow: Deltaflow) -> None:
    """On a touch screen: one finger goes through time; the targets are large."""
    session = deltaflow.create(preset="fruit")
    session.step("batch", STEPS)
    context = browser.new_context(has_touch=True, viewport={"width": 1180, "height": 820}, base_url=server.url)
    page = context.new_page()
    page.goto(session.url)
    expect(page.locator("#timeline")).to_be_visible()
    page.touchscreen.tap(*at(page, 0.3))
    stands_near(page, round(0.3 * STEPS))

    touch = context.new_cdp_session(page)
    (x, y), (left, _), (right, _) = at(page, 0.3), at(page, 0.1), at(page, 0.6)
    two = [{"x": x - 10, "y": y, "id": 0}, {"x": x + 10, "y": y, "id": 1}]
    wide = [{"x": left, "y": y, "id": 0}, {"x": right, "y": y, "id": 1}]
    touch.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": two})
    touch.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": wide})
    touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    expect(page.get_by_role("button", name="The whole run (0)")).to_be_enabled()
    context.close()


def test_a_fork_stands_beside_the_run_and_both_go_together(page: Page, trained: Session, axe: Axe) -> None:
    """Two stages, two curves, one set of buttons; their differences in words; the fork can be the main one."""
    line, strip = page.locator("#timeline"), page.locator(".two-runs")
    line.press("PageUp")
    stands_near(page, STEPS - 1)
    page.locator("#fork").click()
    expect(page.locator("#stage-second")).to_be_visible()
    expect(strip).to_contain_text("the same network, so far")
    trained.edit({"optimizer": {"learning_rate": 0.2}})
    expect(strip).to_contain_text("learning rate: 0.2 in this run, 0.05 in the other")
    expect(strip).to_contain_text("edits go here")
    expect(page.locator(".chart-names")).to_contain_text("this run")

    page.locator("label[for=unit-batch]").click()
    page.locator("#step").click()
    expect(strip.locator(".main")).to_contain_text("100 steps done")
    expect(strip.locator(".other")).to_contain_text("100 steps done")
    page.locator("#together").click()
    page.locator("#step").click()
    expect(strip.locator(".main")).to_contain_text("101 steps done")
    expect(strip.locator(".other")).to_contain_text("100 steps done")
    assert [] == axe(page, ".middle")

    page.locator("#swap").click()
    expect(strip).to_contain_text("learning rate: 0.05 in this run, 0.2 in the other")
    expect(strip.locator(".other")).to_contain_text("the original 101 steps done")
    expect(strip.locator(".main")).to_contain_text("this fork 100 steps done")
    page.get_by_role("button", name="Close the second run").click()
    expect(page.locator("#stage-second")).to_have_count(0)
    expect(page.locator("#position")).to_contain_text("100 steps done")


WINDOWS = ((1440, 900), (1180, 820), (1680, 950), (1280, 640))

#: Whether any two of these lie upon one another, and whether one of them is cut or sticks out of the column.
STANDS = """() => {
  const names = ["#stage", "#stage-second", ".two-runs", ".ribbon", "#timeline", ".drawer"];
  const boxes = names.map((name) => [name, document.querySelector(name).getBoundingClientRect()]);
  const stages = [...document.querySelectorAll(".stage")].map((stage, at) => [`stage ${at}`, stage]);
  const upon = boxes.flatMap(([one, a], at) => boxes.slice(at + 1).flatMap(([other, b]) => {
    const [across, down] = [
      Math.min(a.right, b.right) - Math.max(a.left, b.left), Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top),
    ];
    return across > 1 && down > 1 ? [`${one} and ${other}`] : [];
  }));
  const out = stages.flatMap(([name, stage]) => [...stage.querySelectorAll(".btn, .stage-name")]
    .filter((node) => node.checkVisibility() && !node.closest("[popover]"))
    .filter((node) => node.getBoundingClientRect().bottom > stage.getBoundingClientRect().bottom)
    .map((node) => `${node.textContent} out of ${name}`));
  const low = boxes.filter(([name, { height }]) => name.startsWith("#stage") && height < 200).map(([name]) => name);
  return [...upon, ...out, ...low];
}"""


@pytest.mark.usefixtures("trained")
def test_two_runs_and_an_open_drawer_leave_each_other_room(page: Page) -> None:
    """Whatever the window: the stages, the ribbon and the drawer stand beside each other, never upon one another."""
    page.locator("#fork").click()
    expect(page.locator("#stage-second")).to_be_visible()
    for width, height in WINDOWS:
        page.set_viewport_size({"width": width, "height": height})
        assert [] == page.evaluate(STANDS), f"{width} × {height}"
    page.locator("#tab-runs").click()
    expect(page.locator(".runs")).to_be_visible()
    for width, height in WINDOWS:
        page.set_viewport_size({"width": width, "height": height})
        assert [] == page.evaluate(STANDS), f"{width} × {height} with the drawer"
