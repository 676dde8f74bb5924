"""What a page and its server hold on to, and how long the page's tasks take: read from Chromium and the kernel."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import CDPSession, Page

#: Chromium's events for one task of a thread, and for marks.
CATEGORIES = ["disabled-by-default-devtools.timeline", "blink.user_timing"]
#: A task may be measured again: others evict caches, and garbage is collected when it likes.
ATTEMPTS = 3


@dataclass(frozen=True)
class Held:
    """What a page has after its garbage was collected; nodes count also while they are in no document."""

    heap_mib: float
    nodes: int
    listeners: int


class Vitals:
    """Asks Chromium's debugger what the page holds."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._cdp: CDPSession = page.context.new_cdp_session(page)
        self._cdp.send("Performance.enable")

    def held(self) -> Held:
        """Collect garbage and count what is left."""
        for _ in range(2):  # what only a finalizer held goes the second time
            self._cdp.send("HeapProfiler.collectGarbage")
            self._page.wait_for_timeout(100)
        metrics = {each["name"]: each["value"] for each in self._cdp.send("Performance.getMetrics")["metrics"]}
        return Held(metrics["JSHeapUsedSize"] / 2**20, int(metrics["Nodes"]), int(metrics["JSEventListeners"]))


def resident_mib(pid: int) -> float:
    """Memory of a process and all that it started."""
    parents = {}
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            lines = dict(line.split(":\t", 1) for line in status.read_text().splitlines() if ":\t" in line)
        except OSError:  # it has just ended
            continue
        parents[int(status.parent.name)] = (int(lines["PPid"]), int(lines.get("VmRSS", "0 kB").split()[0]))
    family, grown = {pid}, True
    while grown:
        children = {each for each, (parent, _) in parents.items() if parent in family} - family
        family, grown = family | children, bool(children)
    return sum(parents[each][1] for each in family if each in parents) / 2**10


def longest_tasks(page: Page, parts: Mapping[str, Callable[[], object]]) -> dict[str, float]:
    """Milliseconds of processor time of the longest task on the page's main thread in each part of a story."""
    browser = page.context.browser
    assert browser is not None
    browser.start_tracing(page=page, categories=CATEGORIES)
    for name, act in parts.items():
        act()
        page.evaluate("(name) => performance.mark(`${name} is over`)", name)
    events = json.loads(browser.stop_tracing())["traceEvents"]
    main = {
        (event["pid"], event["tid"])
        for event in events
        if event["name"] == "thread_name" and event["args"]["name"] == "CrRendererMain"
    }
    tasks = [event for event in events if event["name"] == "RunTask" and (event["pid"], event["tid"]) in main]
    found, begin = {}, 0.0
    for name in parts:
        end = next(event["ts"] for event in events if event["name"] == f"{name} is over")
        found[name] = max((task.get("tdur", 0) / 1e3 for task in tasks if begin <= task["ts"] < end), default=0.0)
        begin = end
    return found


def shortest(page: Page, parts: Mapping[str, Callable[[], object]], limit: float) -> dict[str, float]:
    """The longest tasks, each of the attempt at which it was shortest; a story within the limit is told once."""
    found = longest_tasks(page, parts)
    for _ in range(ATTEMPTS - 1):
        if max(found.values()) <= limit:
            break
        again = longest_tasks(page, parts)
        found = {name: min(ms, again[name]) for name, ms in found.items()}
    return found
