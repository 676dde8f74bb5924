"""The page in real Chromium: how soon it lives, how much it loads, how long a frame takes to paint.

Aim: ready at most 1.5 s after navigation, 320 KiB transferred until then; at most 8 ms of script for a frame of
a 64-wide network of six layers, at 60 frames a second.
"""

from statistics import median, quantiles
from typing import Any

from playwright.sync_api import Browser, sync_playwright

from app.client import Deltaflow
from benchmarks.server import started
from tools import browser as browsers

READY = "#step:not([disabled])"
LOADS = 5
PLAY_MS = 4000

#: Times every animation frame's script, from outside the page's own code.
STOPWATCH = """
window.paints = [];
window.stamps = [];
const request = window.requestAnimationFrame.bind(window);
window.requestAnimationFrame = (callback) => request((now) => {
  const start = performance.now();
  callback(now);
  window.paints.push(performance.now() - start);
  window.stamps.push(now);
});
"""
BYTES = """() => [...performance.getEntriesByType("resource"), ...performance.getEntriesByType("navigation")]
  .reduce((sum, entry) => sum + entry.transferSize, 0)"""

SMALL = [8, 8]
WIDE = [64] * 6


def spec(widths: list[int]) -> dict[str, Any]:
    """A network of these hidden layers on the spiral."""
    hidden = [{"type": "dense", "units": units, "activation": "tanh"} for units in widths]
    output = {"id": "output", "type": "dense", "units": 1, "activation": "sigmoid"}
    return {"dataset": {"name": "spiral"}, "layers": [*hidden, output], "loss": "binary_cross_entropy"}


def loading(browser: Browser, address: str) -> tuple[float, float]:
    """Median seconds until Step can be pressed, and KiB transferred, with an empty cache."""
    seconds, kib = [], []
    for _ in range(LOADS):
        context = browser.new_context()
        page = context.new_page()
        page.goto(address, wait_until="commit")
        page.wait_for_selector(READY)
        seconds.append(page.evaluate("performance.now()") / 1e3)
        kib.append(page.evaluate(BYTES) / 2**10)
        context.close()
    return median(seconds), median(kib)


def painting(browser: Browser, address: str, widths: list[int]) -> tuple[float, float, float]:
    """Milliseconds of script for a frame while it plays at 4 batches a second: p50, p95; frames a second."""
    with Deltaflow(address) as deltaflow:
        session = deltaflow.create(spec(widths))
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        page.add_init_script(STOPWATCH)
        page.goto(session.url)
        page.wait_for_selector(READY)
        session.play(steps_per_second=4)
        page.evaluate("() => { window.paints.length = 0; window.stamps.length = 0; }")
        page.wait_for_timeout(PLAY_MS)
        paints, stamps = page.evaluate("() => [window.paints, window.stamps]")
        session.delete()
        page.close()
    cuts = quantiles(paints, n=20)
    painted = len(set(stamps))
    return cuts[9], cuts[18], painted / ((stamps[-1] - stamps[0]) / 1e3)


def main() -> None:
    """Start a server and a browser, measure, print."""
    with started() as (address, _), sync_playwright() as playwright:
        executable = browsers.on_path()
        browser = playwright.chromium.launch(executable_path=executable, args=browsers.ARGUMENTS)
        seconds, kib = loading(browser, address)
        print("| page | measured |\n|---|---|")
        print(f"| ready after navigation | {seconds:.2f} s |")
        print(f"| transferred | {kib:.0f} KiB |")
        for name, widths in (("2-8-8-1", SMALL), ("six layers, 64 wide", WIDE)):
            middle, most, rate = painting(browser, address, widths)
            print(f"| script for a frame of {name}, p50 / p95 | {middle:.1f} / {most:.1f} ms at {rate:.0f} fps |")
        browser.close()


if __name__ == "__main__":
    main()
