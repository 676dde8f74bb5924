"""The drawer in real Chromium: opened, resized, remembered; single examples, who is taken for whom, a learning rate."""

import re

from playwright.sync_api import Page, expect

from app.client import Deltaflow
from tests.app.routes.test_trials import DIGITS
from tests.browser.conftest import Axe
from tests.browser.story import show


def test_the_drawer_opens_by_keys_is_resized_and_remembered(page: Page, deltaflow: Deltaflow) -> None:
    """Arrows go from tab to tab, the edge moves by arrows and mouse; it is as it was when the page comes again."""
    show(page, deltaflow.create(preset="fruit"))
    body, edge = page.locator("#drawer-body"), page.locator("#drawer-edge")
    expect(body).to_be_hidden()
    page.locator(".drawer-tab[tabindex='0']").focus()
    page.keyboard.press("End")
    page.keyboard.press("Home")
    page.keyboard.press("Enter")
    expect(body).to_be_visible()

    before = body.evaluate("(node) => node.offsetHeight")
    edge.focus()
    page.keyboard.press("ArrowDown")
    expect(edge).to_have_attribute("aria-valuenow", str(before - 24))
    box = edge.bounding_box()
    assert box
    page.mouse.move(box["x"] + 100, box["y"] + 4)
    page.mouse.down()
    page.mouse.move(box["x"] + 100, box["y"] - 16)
    page.mouse.up()
    expect(edge).to_have_attribute("aria-valuenow", str(before - 4))
    page.reload()
    expect(body).to_be_visible()
    expect(edge).to_have_attribute("aria-valuenow", str(before - 4))
    page.locator(".drawer-tab[aria-selected='true']").click()
    expect(body).to_be_hidden()


def test_a_cell_of_the_matrix_shows_its_examples(page: Page, deltaflow: Deltaflow, axe: Axe) -> None:
    """As many as were counted; a click on one, and the stage shows it."""
    session = deltaflow.create({**DIGITS, "optimizer": {"type": "adam", "learning_rate": 0.01}})
    session.step("epoch", count=2)
    show(page, session)
    page.locator("#tab-confusion").click()
    cell = page.locator("#cell-3-3")
    count = cell.inner_text()
    cell.click()

    expect(page.locator("#tab-predictions")).to_have_attribute("aria-selected", "true")
    expect(page.locator(".predictions .pager")).to_contain_text(f"of {count}")
    expect(page.locator(".examples .example")).to_have_count(min(20, int(count)))
    first = page.locator(".examples .link").first
    number = first.inner_text()
    first.click()
    expect(page.locator(".samples ~ .say, .sampler .say")).to_contain_text(f"example {number}")
    assert [] == axe(page, ".drawer")


def test_histograms_grow_with_the_training(page: Page, deltaflow: Deltaflow, axe: Axe) -> None:
    """A strip of weights and one of updates for each parameter; arrow keys read what lies where."""
    session = deltaflow.create(preset="fruit")
    show(page, session)
    page.locator("#tab-histograms").click()
    expect(page.locator(".strip-card")).to_have_count(4)
    expect(page.locator(".strip-says").nth(1)).to_have_text("no update yet")
    session.step("batch", count=5)
    weights = page.get_by_role("img", name=re.compile("weights of hidden1.W over 6 steps: mean"))
    weights.focus()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    expect(page.locator(".strip-says").first).to_contain_text(re.compile(r"step 4: \d+ of 12 from 0 to"))
    page.locator(".strip-card summary").first.click()
    expect(page.locator(".strip-card").first.get_by_role("row")).to_have_count(1 + 6 + 1 + 5)
    session.step("batch")  # and the table that is open stays open
    expect(page.locator(".strip-card").first.get_by_role("row")).to_have_count(1 + 7 + 1 + 6)
    assert [] == axe(page, ".drawer")


def test_wrong_answers_are_followed_while_the_network_learns(page: Page, deltaflow: Deltaflow) -> None:
    """The table is asked for anew as training goes on, and only while it is open."""
    session = deltaflow.create({**DIGITS, "optimizer": {"type": "adam", "learning_rate": 0.01}})
    show(page, session)
    page.locator("#tab-predictions").click()
    summary = page.locator("#predictions-summary")
    expect(summary).to_contain_text("of 1,348 wrong")
    page.get_by_label("only wrong ones").check()
    before = summary.inner_text()
    session.step("epoch", count=2)
    expect(summary).not_to_have_text(before)
    expect(page.locator(".mark-right").first).to_have_text("✗")


def test_answers_of_many_classes_can_be_compared(page: Page, deltaflow: Deltaflow) -> None:
    """All bars begin at one place and are of one length, however long the names are."""
    session = deltaflow.create(preset="iris")
    show(page, session)
    tracks = page.locator(".answer-track")
    expect(tracks).to_have_count(3)
    boxes = [each.bounding_box() for each in tracks.all()]
    assert 1 == len({(box["x"], box["width"]) for box in boxes if box})


def test_a_learning_rate_is_found_and_used(page: Page, deltaflow: Deltaflow, axe: Axe) -> None:
    """A curve, a suggestion in words, and a button that sets it."""
    session = deltaflow.create(preset="fruit")
    show(page, session)
    page.locator("#tab-rate").click()
    page.locator("#find-rate").click()

    expect(page.locator("#rate-words")).to_contain_text("The loss falls fastest at")
    expect(page.get_by_role("img", name=re.compile("Loss by learning rate"))).to_be_visible()
    assert [] == axe(page, ".drawer")
    button = page.locator("#use-rate")
    rate = float(button.inner_text().removeprefix("Use "))
    expect(page.locator("#rate-words")).to_contain_text(f"Suggested is {rate:g}:")
    expect(page.locator(".rate-chart")).to_contain_text(f"suggested {rate:g}")
    button.click()
    expect(page.get_by_text(f"The learning rate is {rate:g} now.")).to_be_visible()
    expect(page.locator(".rate-chart")).to_contain_text(f"now {rate:g}")
    assert rate == session.state().spec.optimizer.learning_rate


def test_runs_are_written_down_compared_renamed_deleted_and_opened_again(page: Page, deltaflow: Deltaflow) -> None:
    """From a reset, an edit, by a button; what differs is told; what was deleted comes back; the CSV has them all."""
    session = deltaflow.create(preset="fruit")
    show(page, session)
    page.locator("#tab-runs").click()
    session.step("batch", count=30)
    session.edit({"optimizer": {"learning_rate": 0.2}})
    rows = page.locator(".runs .example")
    expect(rows).to_have_count(1)
    session.step("batch", count=20)
    expect(page.locator(".runs .present")).to_contain_text("50 · from step 30")
    page.locator("#record-run").click()
    expect(rows).to_have_count(2)

    for box in page.locator(".runs input[type=checkbox]").all():
        box.check()
    expect(page.locator(".runs-compared")).to_contain_text("optimizer · learning rate")
    expect(page.get_by_role("img", name=re.compile("Loss by step of"))).to_be_visible()
    page.locator(".run-name").last.fill("slow")
    page.locator(".run-name").last.press("Enter")
    expect(page.locator(".runs-compared")).to_contain_text("slow")
    page.get_by_role("button", name="Delete “slow”").click()
    expect(rows).to_have_count(1)
    page.locator("#undo-delete").click()
    expect(rows).to_have_count(2)
    with page.expect_download() as download:
        page.locator("#runs-csv").click()
    lines = download.value.path().read_text().splitlines()
    assert lines[0].startswith("name,when,network")
    assert lines[-1].startswith("slow,")
    page.reload()
    page.locator(".runs .example").last.get_by_role("button", name="Open").click()
    expect(page.locator("#position")).to_contain_text("step 0")
    expect(page.get_by_role("textbox", name="learning rate")).to_have_value("0.05")
