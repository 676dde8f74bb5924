"""Take the documentation's screenshots: ``python -m tools.screenshots``. A real server, a real browser, real data."""

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

from app.client import Deltaflow
from benchmarks.server import started
from tools import browser as browsers

IMAGES = Path(__file__).resolve().parents[1] / "docs" / "images"
SIZE: ViewportSize = {"width": 1440, "height": 900}
#: Steps of training, then operations into the next one: the middle of a backward pass.
STEPS, OPS = 60, 10
SETTLED_MS = 2500
#: Whoever has seen the first minute is not shown it again. (Within another site's page a browser keeps nothing.)
SEEN_TOUR = "try { localStorage.setItem('deltaflow.tour', 'seen'); } catch { }"


def middle_of_a_backward_pass(page: Page, address: str) -> None:
    """The fruit network, half trained, its gradient on the way back, a wire selected."""
    with Deltaflow(address) as deltaflow:
        session = deltaflow.create(preset="fruit")
        session.step("batch", STEPS)
        page.goto(session.url)
        page.wait_for_selector("#step:not([disabled])")
        session.step("op", OPS - 2)
        page.get_by_role("button", name="d output.W[1, 1]").click()
        page.locator("#check-gradient").click()
        session.step("op", 2)
        page.evaluate("() => document.querySelectorAll('aside').forEach((aside) => aside.scrollTo(0, 0))")
        page.wait_for_timeout(SETTLED_MS)


def a_window_slides(page: Page, address: str) -> None:
    """Digits, trained for an epoch: the first convolution has just looked at one."""
    _walk(page, address, "digits", ops=2)


def back_through_time(page: Page, address: str) -> None:
    """Surnames, trained for a while: the gradient is on its way from the last letter to the first."""
    _walk(page, address, "surnames_lstm", ops=560)


def _walk(page: Page, address: str, preset: str, *, ops: int) -> None:
    """A preset, trained for an epoch and so many operations more."""
    with Deltaflow(address) as deltaflow:
        session = deltaflow.create(preset=preset)
        session.step("epoch")
        page.goto(session.url)
        page.wait_for_selector("#step:not([disabled])")
        session.step("op", ops)
        page.wait_for_timeout(SETTLED_MS)


def one_sum(page: Page, address: str) -> None:
    """So near that a unit shows its whole multiplication and sum."""
    with Deltaflow(address) as deltaflow:
        session = deltaflow.create(preset="fruit")
        session.step("batch", STEPS)
        session.step("op", OPS)
        page.goto(f"{session.url}&select=unit:hidden1:3")
        page.wait_for_selector("#step:not([disabled])")
        page.locator("#stage").focus()
        for _ in range(3):
            page.keyboard.press("Enter")
            page.wait_for_timeout(SETTLED_MS // 2)


def what_if(page: Page, address: str) -> None:
    """One weight is moved in thought: the old values stand as ghosts beside the new ones."""
    with Deltaflow(address) as deltaflow:
        session = deltaflow.create(preset="fruit")
        session.step("batch", 5)
        page.goto(f"{session.url}&select=weight:hidden1:0:2")
        page.wait_for_selector("#what-if")
        page.locator("#what-if").click()
        page.locator("#what-if-value").fill("2.5")
        page.keyboard.press("Enter")
        page.wait_for_timeout(SETTLED_MS)


def two_runs(page: Page, address: str) -> None:
    """A fork with another learning rate beside its run."""
    with Deltaflow(address) as deltaflow:
        session = deltaflow.create(preset="fruit")
        session.step("batch", STEPS)
        page.goto(session.url)
        page.wait_for_selector("#step:not([disabled])")
        page.locator("#fork").click()
        page.locator("#stage-second").wait_for()
        session.edit({"optimizer": {"learning_rate": 0.2}})
        page.locator("label[for=unit-epoch]").click()
        for _ in range(20):
            page.locator("#step").click()
            page.wait_for_timeout(100)
        page.wait_for_timeout(SETTLED_MS)


def single_predictions(page: Page, address: str) -> None:
    """The drawer: the worst examples first."""
    with Deltaflow(address) as deltaflow:
        session = deltaflow.create(preset="digits")
        session.step("epoch", 2)
        page.goto(session.url)
        page.wait_for_selector("#step:not([disabled])")
        page.get_by_role("tab", name="Predictions").click()
        page.wait_for_timeout(SETTLED_MS)


#: file -> what it shows
SCENES: dict[str, Callable[[Page, str], None]] = {
    "playground": middle_of_a_backward_pass,
    "convolution": a_window_slides,
    "recurrence": back_through_time,
    "sum": one_sum,
    "what-if": what_if,
    "two-runs": two_runs,
    "predictions": single_predictions,
}


def shoot(browser: Browser, address: str, scheme: str) -> None:
    """A screenshot of each scene in this colour scheme."""
    for name, scene in SCENES.items():
        page = browser.new_page(viewport=SIZE, color_scheme="dark" if scheme == "dark" else "light")
        page.add_init_script(SEEN_TOUR)
        scene(page, address)
        page.screenshot(path=IMAGES / f"{name}-{scheme}.png")
        page.close()


def main() -> None:
    """Both schemes."""
    IMAGES.mkdir(exist_ok=True)
    with started() as (address, _), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browsers.on_path(), args=browsers.ARGUMENTS)
        for scheme in ("light", "dark"):
            shoot(browser, address, scheme)
        browser.close()


if __name__ == "__main__":
    main()
