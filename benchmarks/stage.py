"""The stage in real Chromium: script time of each animation frame, while it plays and while one zooms and pans.

Aim: p95 at most 8 ms, so that a frame is ready in time 60 times a second, however large the network is.
"""

from statistics import quantiles
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from app.client import Deltaflow, Session
from benchmarks.page import READY, spec
from benchmarks.server import started
from tools import browser as browsers

PLAY_MS = 4000
#: Frames of one journey: into the network, along it, and out again.
JOURNEY = 240

#: Sums the script of each animation frame, by the time that all its callbacks are told.
STOPWATCH = """
window.frames_ = new Map();
const request = window.requestAnimationFrame.bind(window);
window.requestAnimationFrame = (callback) => request((now) => {
  const start = performance.now();
  callback(now);
  window.frames_.set(now, (window.frames_.get(now) ?? 0) + performance.now() - start);
});
"""
#: Turns the wheel once a frame: a third of the time closer, then sideways, then farther.
TRAVEL = """(count) => new Promise((resolve) => {
  const stage = document.getElementById("stage");
  const { left, top, width, height } = stage.getBoundingClientRect();
  let done = 0;
  const turn = () => {
    const part = Math.floor((3 * done) / count);
    const at = { clientX: left + width * 0.45, clientY: top + height * 0.42, bubbles: true, cancelable: true };
    const zoom = { ...at, ctrlKey: true, deltaY: part === 0 ? -5 : 5 };
    const pan = { ...at, deltaX: 12 * Math.sign(Math.sin(done / 9)), deltaY: 3 };
    stage.dispatchEvent(new WheelEvent("wheel", part === 1 ? pan : zoom));
    done += 1;
    if (done < count) requestAnimationFrame(turn);
    else resolve();
  };
  requestAnimationFrame(turn);
})"""

LSTM: dict[str, Any] = {
    "dataset": {"name": "adding", "length": 40},
    "layers": [{"type": "lstm", "units": 32}, {"id": "output", "type": "dense", "units": 1}],
    "loss": "mse",
}
NETWORKS: dict[str, dict[str, Any]] = {
    "2-4-2-1": spec([4, 2]),
    "12 layers, 128 wide": spec([128] * 12),
    "Digits (conv)": {"preset": "digits"},
    "LSTM over 40 steps": LSTM,
}


def opened(browser: Browser, session: Session) -> Page:
    """The session's page, with a stopwatch in it."""
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    page.add_init_script(STOPWATCH)
    page.goto(session.url)
    page.wait_for_selector(READY)
    page.wait_for_timeout(500)
    page.evaluate("() => window.frames_.clear()")
    return page


def figures(page: Page) -> str:
    """p50, p95 and maximum of the script of a frame, and frames a second; forgotten afterwards."""
    found = page.evaluate("() => [...window.frames_]")
    page.evaluate("() => window.frames_.clear()")
    times = [time for _, time in found]
    cuts = quantiles(times, n=20)
    rate = (len(found) - 1) / ((found[-1][0] - found[0][0]) / 1e3)
    return f"{cuts[9]:.1f} / {cuts[18]:.1f} / {max(times):.1f} ms at {rate:.0f} fps"


def measure(browser: Browser, deltaflow: Deltaflow, description: dict[str, Any]) -> list[str]:
    """While it plays; while one zooms and pans in a network that rests; both at once."""
    session = (
        deltaflow.create(preset=description["preset"]) if "preset" in description else deltaflow.create(description)
    )
    page = opened(browser, session)
    session.play(steps_per_second=4)
    page.wait_for_timeout(PLAY_MS)
    playing = figures(page)
    session.pause()
    page.wait_for_timeout(1500)
    figures(page)
    page.evaluate(TRAVEL, JOURNEY)
    moving = figures(page)
    session.play(steps_per_second=4)
    page.wait_for_timeout(500)
    figures(page)
    page.evaluate(TRAVEL, JOURNEY)
    both = figures(page)
    session.delete()
    page.close()
    return [playing, moving, both]


def main() -> None:
    """Start a server and a browser, measure, print."""
    with started() as (address, _), sync_playwright() as playwright, Deltaflow(address) as deltaflow:
        browser = playwright.chromium.launch(executable_path=browsers.on_path(), args=browsers.ARGUMENTS)
        print("Script of an animation frame, p50 / p95 / max.\n")
        print("| network | playing, 4 steps a second | zooming and panning | both |\n|---|---|---|---|")
        for name, description in NETWORKS.items():
            print(f"| {name} | {' | '.join(measure(browser, deltaflow, description))} |", flush=True)
        browser.close()


if __name__ == "__main__":
    main()
