"""The story that Deltaflow is made for, told in real Chromium on real fruit; the same numbers come over REST."""

import math
import re

import pytest
from playwright.sync_api import Page, expect

from app.client import Deltaflow
from tests.browser.conftest import Axe, Complaints
from tests.browser.story import answer, show, step_to
from tests.serving import Server

LEARNS_MS = 60_000


def test_a_new_visitor_gets_the_fruit_and_a_step_to_press(page: Page) -> None:
    """Without any address or choice: 38 measured fruits, a network, and Step is the button that invites."""
    page.goto("/")

    expect(page.get_by_text("38 measured fruits")).to_be_visible()
    expect(page.locator("#step")).to_be_enabled()
    expect(page.locator("#step")).to_have_class(re.compile("inviting"))
    expect(page.locator("#position")).to_contain_text("step 0")


def test_every_operation_forward_and_back_tells_what_the_server_tells(page: Page, deltaflow: Deltaflow) -> None:
    """Each press of Step is one call of the plan; page and REST stand at the same place and say the same sentence."""
    session = deltaflow.create(preset="fruit")
    show(page, session)
    calls = session.state().calls

    for count in range(1, len(calls) + 1):
        page.locator("#step").click()
        expect(page.locator("#announcer")).to_contain_text(re.compile(r"\w"))
        expect(page.locator("#position")).to_contain_text(f"op {count}" if count < len(calls) else "1 step done")
        state = session.state()
        assert (count % len(calls), count // len(calls)) == (state.cursor.op, state.cursor.step)
        expect(page.locator("#announcer")).to_have_text(state.sentence)

    for _ in calls:
        page.keyboard.press("ArrowLeft")
    expect(page.locator("#position")).to_contain_text("step 0 · ready")
    assert (0, 0) == (session.state().cursor.step, session.state().cursor.op)


def test_gradient_is_explained_checked_and_equal_over_rest(page: Page, deltaflow: Deltaflow) -> None:
    """In the middle of the backward pass a weight's gradient is derived, and agrees with finite differences."""
    session = deltaflow.create(preset="fruit")
    show(page, session)

    step_to(page, "d output.W")
    expect(page.locator("#why")).to_contain_text("the wire hidden1[1] → output[1]")
    expected = float(session.tensor("output.W").gradient[0, 0])
    assert expected == pytest.approx(answer(page), rel=1e-4)

    page.get_by_role("button", name=re.compile(r"d output\.W\[1, 1\]")).click()
    page.locator("#check-gradient").click()
    expect(page.get_by_text("✓ they agree")).to_be_visible()
    expect(page.get_by_text("analytic (backprop)")).to_be_visible()
    expect(page.get_by_text("numeric (nudged)")).to_be_visible()
    assert session.gradcheck("output.W").max_relative_error < 1e-6


def test_what_is_not_computed_says_so(page: Page, deltaflow: Deltaflow) -> None:
    """Before the backward pass a weight has no gradient: the page says when it will, and shows no zero."""
    session = deltaflow.create(preset="fruit")
    show(page, session)
    step_to(page, "d output.W")
    page.get_by_role("button", name=re.compile(r"d output\.W\[1, 1\]")).click()
    for _ in range(5):
        page.keyboard.press("ArrowLeft")

    page.locator("#aspect-gradient").click()

    expect(page.locator("#why")).to_contain_text("Not computed yet")
    assert session.tensor("output.W").gradient is None


def test_a_weight_is_set_by_hand(page: Page, deltaflow: Deltaflow) -> None:
    """A typed weight is the server's weight, and the step begins again."""
    session = deltaflow.create(preset="fruit")
    show(page, session)
    step_to(page, "d output.W")
    page.get_by_role("button", name=re.compile(r"d output\.W\[1, 1\]")).click()

    page.locator("#type-in").fill("0.75")
    page.locator("#type-in").press("Enter")

    expect(page.locator("#position")).to_contain_text("ready")
    assert 0.75 == session.parameters().parameters["output.W"][0, 0]
    assert 0 == session.state().cursor.op


def test_a_wrong_number_is_refused_where_it_was_typed(page: Page, deltaflow: Deltaflow) -> None:
    """Letters in place of a weight: the field says what it expected and nothing changes."""
    session = deltaflow.create(preset="fruit")
    show(page, session)
    step_to(page, "d output.W")
    before = session.parameters().parameters["output.W"]
    page.get_by_role("button", name=re.compile(r"d output\.W\[1, 1\]")).click()

    page.locator("#type-in").fill("heavy")
    page.locator("#type-in").press("Enter")

    expect(page.get_by_text("expected a number, got “heavy”")).to_be_visible()
    assert (before == session.parameters().parameters["output.W"]).all()


def test_an_objection_is_said_once_and_goes_when_it_is_mended(
    page: Page, deltaflow: Deltaflow, complaints: Complaints
) -> None:
    """In plain words at the field, not above the page as well; the old number typed again is no mistake any more."""
    complaints.allow("422")
    show(page, deltaflow.create(preset="xor"))
    rate = page.get_by_label("learning rate", exact=True)
    old = rate.input_value()

    for typed, told in (("-1", "must be at least 0, but got −1"), ("abc", "expected a number, got “abc”")):
        rate.fill(typed)
        rate.press("Enter")
        expect(page.get_by_text(told)).to_have_count(1)
        expect(page.get_by_text(told)).to_be_visible()
        expect(rate).to_have_attribute("aria-invalid", "true")
        expect(rate).to_have_value(typed)
        rate.fill(old)
        rate.press("Enter")
        expect(page.get_by_text(told)).to_be_hidden()
        expect(rate).not_to_have_attribute("aria-invalid", "true")

    rate.fill("1e9")
    rate.press("Enter")
    expect(rate).to_have_value("1e9")


def play_as_fast_as_possible(page: Page) -> None:
    """Speed to the right end, then Play."""
    page.get_by_label("Speed of playing").press("End")
    page.locator("body").press("Escape")
    page.get_by_role("button", name="Play (space)").click()


def test_a_line_gets_all_red_apples_right(page: Page, deltaflow: Deltaflow) -> None:
    """Red apples against oranges: the trained line is right for all 30."""
    show(page, deltaflow.create(preset="fruit_line"))

    play_as_fast_as_possible(page)

    expect(page.get_by_text("30 / 30")).to_be_visible(timeout=LEARNS_MS)


def test_a_line_learns_nothing_of_all_fruits(page: Page, deltaflow: Deltaflow) -> None:
    """All 38: the trained line ends at a coin toss, 19 right and a loss near ln 2."""
    session = deltaflow.create(preset="fruit_line_fails")
    show(page, session)

    session.step("batch", 3000)

    expect(page.get_by_text("19 / 38")).to_be_visible()
    assert math.log(2) == pytest.approx(session.state().metrics.train_loss, abs=0.005)


def test_six_tanh_units_get_all_fruits_right(page: Page, deltaflow: Deltaflow) -> None:
    """All 38 with a hidden layer: every fruit is right."""
    show(page, deltaflow.create(preset="fruit"))

    play_as_fast_as_possible(page)

    expect(page.get_by_text("38 / 38")).to_be_visible(timeout=LEARNS_MS)
    page.get_by_role("button", name="Pause (space)").click()
    expect(page.get_by_role("button", name="Play (space)")).to_be_visible()


def test_a_notebook_drives_what_the_browser_shows(page: Page, deltaflow: Deltaflow) -> None:
    """Steps and edits from Python appear on the page by themselves."""
    session = deltaflow.create(preset="fruit")
    show(page, session)

    session.step("epoch", 12)
    expect(page.locator("#position")).to_contain_text("12 steps done")

    session.edit({"layers": [{"id": "hidden1", "type": "dense", "units": 3, "activation": "relu"},
                             {"id": "output", "type": "dense", "units": 1, "activation": "sigmoid"}]})  # fmt: skip
    expect(page.get_by_text("13 parameters").first).to_be_visible()


def test_editing_keeps_the_weights_that_fit(page: Page, deltaflow: Deltaflow) -> None:
    """A wider hidden layer on the page: the server's network has seven units, and the page names what is new."""
    session = deltaflow.create(preset="fruit")
    show(page, session)

    page.get_by_role(
        "button", name=re.compile("more.*hidden1|hidden1.*more|one unit more", re.IGNORECASE)
    ).first.click()

    expect(page.locator("#announcer")).to_contain_text("Kept")
    assert (2, 7) == session.parameters().parameters["hidden1.W"].shape


def test_diverged_training_names_the_operation_and_a_remedy(page: Page, deltaflow: Deltaflow) -> None:
    """A learning rate of 10³⁰: training stops at the operation that broke, with the reason and what to change."""
    session = deltaflow.create(preset="diabetes")
    show(page, session)
    session.edit({"optimizer": {"type": "sgd", "learning_rate": 1e30}})

    session.step("batch", 50)

    notice = page.get_by_role("alert")
    expect(notice).to_contain_text("finite")
    expect(notice).to_contain_text("learning rate")
    assert session.state().diverged is not None


def test_who_only_watches_cannot_change_anything(page: Page, deltaflow: Deltaflow, server: Server) -> None:
    """With the viewer's token the page follows, says so, and its controls are off."""
    session = deltaflow.create(preset="fruit")
    page.goto(f"{server.url}/#session={session.id}&token={session.viewer_token}")
    expect(page.get_by_text("watching")).to_be_visible()

    session.step("batch", 2)

    expect(page.locator("#position")).to_contain_text("2 steps done")
    expect(page.locator("#step")).to_be_disabled()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_page_is_accessible(page: Page, deltaflow: Deltaflow, axe: Axe, scheme: str) -> None:
    """axe-core finds nothing, in both colour schemes, at the start and in the middle of a backward pass."""
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    show(page, deltaflow.create(preset="fruit"))
    assert [] == axe(page)

    step_to(page, "d output.W")
    expect(page.locator("#answer")).to_be_visible()
    page.get_by_role("button", name=re.compile(r"d output\.W\[1, 1\]")).click()

    assert [] == axe(page)


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (1920, 1080), (820, 1180)])
def test_nothing_is_cut_off(page: Page, deltaflow: Deltaflow, width: int, height: int) -> None:
    """On laptop, desktop and tablet the page is as wide as its window, and Step is in reach."""
    page.set_viewport_size({"width": width, "height": height})
    show(page, deltaflow.create(preset="fruit"))

    assert width >= page.evaluate("document.documentElement.scrollWidth")
    page.locator("#step").scroll_into_view_if_needed()
    expect(page.locator("#step")).to_be_in_viewport()


#: Notes what has come over the network when Step can be pressed, before what comes after that.
WEIGH = """
window.weigh = () => [...performance.getEntriesByType("resource"), ...performance.getEntriesByType("navigation")]
  .reduce((sum, entry) => sum + entry.transferSize, 0) / 1024;
new MutationObserver((_, observer) => {
  if (!document.querySelector("#step:not([disabled])")) return;
  observer.disconnect();
  window.weight = weigh();
}).observe(document, { subtree: true, childList: true, attributes: true });
"""


def test_page_is_light(page: Page) -> None:
    """Until Step can be pressed at most 320 KiB have come over the network; with all that stands around it, 440."""
    page.add_init_script(WEIGH)
    page.goto("/")
    expect(page.locator("#step")).to_be_enabled()
    expect(page.locator("#why")).to_be_visible()
    page.wait_for_load_state("networkidle")

    assert page.evaluate("weight") <= 320
    assert page.evaluate("weigh()") <= 440


def test_page_finds_its_server_again(
    page: Page, complaints: Complaints, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """The server stops and starts again: the page says so, comes back by itself, and stands where it stood."""
    complaints.allow("WebSocket connection|ERR_CONNECTION_REFUSED|Failed to load resource|net::")
    folder = tmp_path_factory.mktemp("restart")
    first = Server(folder / "first.txt", "--database", str(folder / "sessions.sqlite3"))
    first.wait_until_ready()
    with Deltaflow(first.url) as deltaflow:
        session = deltaflow.create(preset="fruit")
        show(page, session)
        session.step("batch", 5)
        expect(page.locator("#position")).to_contain_text("5 steps done")
    first.stop()
    expect(page.get_by_text(re.compile("reconnect", re.IGNORECASE)).first).to_be_visible()

    again = Server(folder / "again.txt", "--port", str(first.port), "--database", str(folder / "sessions.sqlite3"))
    try:
        expect(page.get_by_text(re.compile("reconnecting", re.IGNORECASE))).to_have_count(0, timeout=30_000)
        expect(page.locator("#step")).to_be_enabled()
        page.locator("#step").click()
        expect(page.locator("#position")).to_contain_text("op 1")
        expect(page.locator("#position")).to_contain_text("step 5")
    finally:
        again.stop()


def test_the_same_number_is_told_at_five_levels(page: Page, deltaflow: Deltaflow) -> None:
    """The value stays, the words change; a child is spared the formula."""
    session = deltaflow.create(preset="fruit")
    show(page, session)
    step_to(page, "hidden1.z")
    expect(page.locator("#why")).to_contain_text("hidden1.z[1]")
    value, told = answer(page), set()

    for level in ("Kid", "High school", "Graduate", "TL;DR", "PhD"):
        page.get_by_text(level, exact=True).click()
        name = {"TL;DR": "tldr"}.get(level, level.lower().replace(" ", "_"))
        text = session.explain("hidden1.z", index=(0, 0), level=name).text
        expect(page.locator("#why")).to_contain_text(text)
        told.add(text)
        assert value == answer(page)
        assert (level != "Kid") == bool(page.locator("#why math").count())

    assert 5 == len(told)


def test_another_example_can_be_followed(page: Page, deltaflow: Deltaflow) -> None:
    """Down follows the next fruit of the batch: the sentence quotes its numbers."""
    session = deltaflow.create(preset="fruit")
    show(page, session)
    step_to(page, "input.a")
    expect(page.locator("#announcer")).to_contain_text("example 1 of the 38")

    page.keyboard.press("ArrowDown")

    expect(page.locator("#announcer")).to_contain_text("example 2 of the 38")


def test_layers_are_added_and_removed_while_it_lives(page: Page, deltaflow: Deltaflow) -> None:
    """A second hidden layer, and gone again: the server's network follows, the first layer keeps its weights."""
    session = deltaflow.create(preset="fruit")
    show(page, session)
    before = session.parameters().parameters["hidden1.W"]

    page.get_by_role("button", name="Add a layer after hidden1").click()
    page.get_by_role("dialog").get_by_role("button", name=re.compile("dense", re.IGNORECASE)).click()
    expect(page.get_by_text("parameters").first).not_to_contain_text("25 parameters")
    added = [layer["id"] for layer in session.state().spec["layers"]]
    assert 3 == len(added)
    assert (before == session.parameters().parameters["hidden1.W"]).all()

    page.get_by_role("button", name=f"{added[1]} ▾").click()
    page.get_by_role("dialog").get_by_role("button", name=re.compile("remove", re.IGNORECASE)).click()
    expect(page.get_by_text("25 parameters").first).to_be_visible()
    assert ["hidden1", "output"] == [layer["id"] for layer in session.state().spec["layers"]]
