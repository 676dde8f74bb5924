"""The stage in real Chromium: script time of each animation frame, while it plays and while one zooms and pans.

Aim: p95 at most 8 ms, so that a frame is ready in time 60 times a second, however large the network is. The time is the
processor's, from Chromium's own trace: what others do on the machine meanwhile is not the page's.
"""

import json
from collections.abc import Callable
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

#: Callbacks that begin so soon after each other (in microseconds) belong to one animation frame.
TOGETHER = 2000
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
    """The session's page, once it rests."""
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    page.goto(session.url)
    page.wait_for_selector(READY)
    page.wait_for_timeout(1500)
    return page


def frames(trace: bytes) -> list[tuple[float, float]]:
    """Of each animation frame: when it began, and the processor's time of its script, in milliseconds."""
    events = json.loads(trace)["traceEvents"]
    callbacks = sorted(
        (e["ts"], e["dur"], e["tdur"]) for e in events if e["name"] == "FireAnimationFrame" and "tdur" in e
    )
    found: list[tuple[float, float]] = []
    last = -TOGETHER
    for begin, wall, processor in callbacks:
        if found and begin - last < TOGETHER:
            found[-1] = (found[-1][0], found[-1][1] + processor / 1e3)
        else:
            found.append((begin / 1e3, processor / 1e3))
        last = begin + wall
    return found


def figures(page: Page, happens: Callable[[], object]) -> str:
    """p50, p95 and maximum of the script of a frame while something happens, and the frames a second."""
    browser = page.context.browser
    assert browser is not None
    browser.start_tracing(page=page, categories=["devtools.timeline"])
    happens()
    found = frames(browser.stop_tracing())
    times = [time for _, time in found]
    cuts = quantiles(times, n=20)
    rate = (len(found) - 1) / ((found[-1][0] - found[0][0]) / 1e3)
    return f"{cuts[9]:.1f} / {cuts[18]:.1f} / {max(times):.1f} ms at {rate:.0f} fps"


def measure(browser: Browser, deltaflow: Deltaflow, description: dict[str, Any]) -> list[str]:
    """While it plays; while one zooms and pans in a network that rests; both at once."""
    preset = description.get("preset")
    session = deltaflow.create(preset=preset) if preset else deltaflow.create(description)
    page = opened(browser, session)
    session.play(steps_per_second=4)
    playing = figures(page, lambda: page.wait_for_timeout(PLAY_MS))
    session.pause()
    page.wait_for_timeout(1500)
    moving = figures(page, lambda: page.evaluate(TRAVEL, JOURNEY))
    session.play(steps_per_second=4)
    both = figures(page, lambda: page.evaluate(TRAVEL, JOURNEY))
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
