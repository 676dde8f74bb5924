"""However long one plays, the page and its server hold no more than after the first minute."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from app.client import Deltaflow
from tests.browser.story import show
from tests.browser.vitals import Held, Vitals, resident_mib
from tests.serving import Server

ROUNDS = 4
MINUTES = 10
#: Minutes after which nothing shall grow any more.
SETTLED = 3
#: A line of time has more ticks, a sentence more words: some nodes come and go.
NODES, LISTENERS, HEAP_MIB = 60, 20, 3
#: The way back is kept within a budget, which the first minutes fill.
SERVER_MIB = 24


@pytest.mark.slow
def test_what_is_replaced_is_let_go(page: Page, deltaflow: Deltaflow) -> None:
    """Playing, editing, selecting, looking into the drawer, again and again: nodes and listeners do not add up."""
    show(page, deltaflow.create(preset="fruit"))
    expect(page.locator("#why")).to_be_visible()
    page.get_by_label("Speed of playing").press("End")
    vitals = Vitals(page)
    round_of_all(page)
    before = vitals.held()

    after = [held_after_round(page, vitals) for _ in range(ROUNDS)]

    assert_flat(before, min(after[-2:], key=lambda held: held.nodes))


def held_after_round(page: Page, vitals: Vitals) -> Held:
    """What is held when it has ended."""
    round_of_all(page)
    return vitals.held()


def round_of_all(page: Page) -> None:
    """One of everything that makes the page replace what it shows; it ends as it began."""
    for name in ("more units of hidden1", "less units of hidden1"):
        page.get_by_role("button", name=name).click()
        expect(page.locator("#announcer")).to_contain_text("Kept")
    page.locator("#stage").focus()
    for key in ("ArrowRight", "ArrowDown", "Escape"):
        page.keyboard.press(key)
    for tab in ("histograms", "predictions", "confusion"):
        page.locator(f"#tab-{tab}").click()
        page.get_by_role("button", name="Play (space)").click()
        page.wait_for_timeout(600)
        page.get_by_role("button", name="Pause (space)").click()
    page.locator("#tab-confusion").click()
    page.locator("#search").click()
    expect(page.locator("#palette-field")).to_be_visible()
    page.keyboard.press("Escape")
    page.locator("[data-control='transport.reset']").click()
    expect(page.locator("#position")).to_contain_text("step 0 · ready")


def assert_flat(before: Held, after: Held) -> None:
    """No more nodes and listeners than before, but for a few."""
    assert after.nodes - before.nodes <= NODES, f"{before} → {after}"
    assert after.listeners - before.listeners <= LISTENERS, f"{before} → {after}"


@pytest.mark.slow
def test_ten_minutes_of_play_need_no_more_than_three(page: Page, tmp_path: Path) -> None:
    """As fast as it can, with the drawer open: heap, nodes, listeners, and all of the server's processes."""
    server = Server(tmp_path / "log.txt")
    server.wait_until_ready()
    try:
        with Deltaflow(server.url) as deltaflow:
            session = deltaflow.create(preset="fruit")
            show(page, session)
            page.get_by_label("Speed of playing").press("End")
            page.locator("#tab-histograms").click()
            page.get_by_role("button", name="Play (space)").click()
            vitals = Vitals(page)
            found: list[tuple[Held, float]] = []
            for minute in range(MINUTES):
                page.wait_for_timeout(60_000)
                found.append((vitals.held(), resident_mib(server.process.pid)))
                print(minute + 1, session.state().cursor.step, *found[-1], flush=True)
    finally:
        server.stop()
    held, resident = [each for each, _ in found], [each for _, each in found]
    assert_flat(largest(held[:SETTLED]), held[-1])
    assert held[-1].heap_mib - held[0].heap_mib <= HEAP_MIB
    assert resident[-1] - resident[0] <= SERVER_MIB


def largest(held: Sequence[Held]) -> Held:
    """The most of each: how much is shown depends on the operation at which one looks."""
    return Held(
        max(each.heap_mib for each in held), max(each.nodes for each in held), max(each.listeners for each in held)
    )
