"""Data of one's own: a messy table is corrected, 10,000 rows are dropped, points and digits are drawn, lines typed."""

import re
from typing import Any

from playwright.sync_api import Page, expect

from app.client import Deltaflow
from tests.browser.conftest import Axe

#: Semicolons, decimal commas, a day, a word where a number is due, a row that is too short.
MESSY = (
    "Size;Weight;Colour;Day;Price\n"
    + "".join(
        f"1,{60 + n};{50 + n},5;{('red', 'blue')[n % 2]};{n % 28 + 1:02d}.02.2024;{900 + 37 * n},50\n"
        for n in range(30)
    )
    + "1,7;heavy;red;01.03.2024;900\n1,8;60;red\n"
)
#: Tasks longer than 50 ms. On an idle machine there are none; on a busy one other processes' time is counted too.
COUNT_LONG_TASKS = """() => {
  window.longTasks = [];
  new PerformanceObserver((list) => window.longTasks.push(...list.getEntries().map((entry) => entry.duration)))
    .observe({ type: "longtask" });
}"""
MAKE_FILE = """(rows) => {
  const line = (n) => Array.from({ length: 20 }, (_, at) => ((n * 31 + at * 17) % 997) / 100).join(",");
  const names = Array.from({ length: 20 }, (_, at) => `c${at}`).join(",");
  const csv = [names, ...Array.from({ length: rows }, (_, n) => n % 1000 === 999 ? "oops" : line(n))].join("\\n");
  window.measured = new File([csv], "measured.csv", { type: "text/csv" });
}"""
#: Milliseconds: what reading 10,000 rows in the page, or putting them all into it, would take at least.
READING_HERE = 400
#: As a person drops a file that lies on the desktop.
DROP = """() => {
  const dataTransfer = new DataTransfer();
  dataTransfer.items.add(window.measured);
  for (const type of ["dragover", "drop"])
    window.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true }));
}"""


def opened(page: Page) -> None:
    """The page, ready, with the dialog open."""
    page.goto("/")
    expect(page.locator("#app .crumb")).to_contain_text("38 measured fruits")
    page.locator("#own-data").click()
    expect(page.get_by_role("dialog", name="Your own data")).to_be_visible()


def spec_of(page: Page, deltaflow: Deltaflow) -> dict[str, Any]:
    """What the server has of the page's session."""
    access = page.evaluate("() => JSON.parse(sessionStorage.getItem('deltaflow.session'))")
    spec: dict[str, Any] = deltaflow.join(access["id"], access["token"]).state()["spec"]
    return spec


def test_a_messy_table_is_corrected_and_learned_from(page: Page, deltaflow: Deltaflow, axe: Axe) -> None:
    """What was guessed is shown, another target chosen, what is wrong is told by line, and the network fits."""
    opened(page)
    dialog = page.get_by_role("dialog", name="Your own data")

    dialog.get_by_label("Paste CSV here").fill(MESSY)
    expect(dialog.locator("#table-delimiter")).to_have_value(";")
    expect(dialog.locator("#table-decimal")).to_have_value(",")
    expect(dialog.locator(".own-bad li")).to_contain_text(['Line 32, Weight: "heavy"', "Line 33: 3 cells instead of 5"])
    expect(dialog.locator(".own-change")).to_contain_text("1 unit (linear)")
    dialog.locator("#table-target").select_option("Colour")
    expect(dialog.locator("#table-task")).to_have_value("classification")
    dialog.get_by_label("What “Weight” is").select_option("ignore")
    expect(dialog.locator("#own-use")).to_have_text("Use 31 rows, 1 left out")
    assert [] == axe(page, "#own")
    dialog.locator("#own-use").click()

    expect(dialog).to_have_count(0)
    expect(page.locator("#own-data")).to_be_focused()
    expect(page.locator("#app .crumb")).to_contain_text("31 examples")
    spec = spec_of(page, deltaflow)
    assert ("Colour", "ignore") == (spec["dataset"]["target"], spec["dataset"]["kinds"]["Weight"])
    page.get_by_role("button", name="Step op").click()
    expect(page.locator("#feature-Size")).to_have_attribute("aria-pressed", "true")


def test_ten_thousand_rows_are_dropped_without_holding_up_the_page(page: Page) -> None:
    """Only those in sight are in the page, and no task is long: all the reading is done by the server."""
    page.goto("/")
    expect(page.locator("#app .crumb")).to_contain_text("38 measured fruits")
    page.locator("#own-data").click()
    page.keyboard.press("Escape")
    page.evaluate(MAKE_FILE, 10_000)
    page.wait_for_timeout(500)
    page.evaluate(COUNT_LONG_TASKS)

    page.evaluate(DROP)
    dialog = page.get_by_role("dialog", name="Your own data")
    expect(dialog.locator("#own-use")).to_have_text("Use 9,990 rows, 10 left out", timeout=15_000)
    assert dialog.locator(".own-grid tbody tr").count() < 30
    dialog.locator("#own-use").click()

    expect(page.locator("#app .crumb")).to_contain_text("9,990 examples")
    assert max(page.evaluate("() => window.longTasks"), default=0) < READING_HERE


def test_points_are_drawn_while_the_network_learns_from_them(page: Page, deltaflow: Deltaflow, axe: Axe) -> None:
    """By mouse and by keys; two classes and then three; what is undone is undone in the data."""
    opened(page)
    page.locator("label[for=own-kind-points]").click()
    page.locator("#own-use").click()
    board = page.get_by_role("dialog", name="Draw the data")
    canvas = board.locator("canvas")
    canvas.click(position={"x": 100, "y": 100})
    canvas.click(position={"x": 120, "y": 140})
    page.keyboard.press("2")
    canvas.click(position={"x": 300, "y": 300})
    expect(page.locator("#app .crumb")).to_contain_text("3 examples")
    expect(board.locator("#own-play")).to_have_text("Pause")  # it trains by itself: there is something to learn
    expect(page.locator("#position")).not_to_contain_text("step 0")
    board.locator("#own-play").click()
    expect(board.locator("#own-play")).to_have_text("Train")

    canvas.press("3")
    for key in ("Shift+ArrowRight", "Shift+ArrowUp", "Enter"):
        canvas.press(key)

    expect(page.locator("#app .crumb")).to_contain_text("4 examples")
    expect(board.locator("#own-play")).to_have_text("Train")  # who has paused it is not overruled
    spec = spec_of(page, deltaflow)
    assert ([1, 1], 2) == (spec["dataset"]["inline"]["inputs"][3], spec["dataset"]["inline"]["targets"][3])
    assert (3, "softmax") == (spec["layers"][-1]["units"], spec["layers"][-1]["activation"])
    assert [] == axe(page, "#own-plane")
    board.locator("#own-undo").click()
    expect(page.locator("#app .crumb")).to_contain_text("3 examples")
    page.locator("#undo").click()  # the page's own: it takes back what was sent last
    expect(board).to_contain_text("4 points")
    canvas.press("Escape")
    expect(page.locator("#own-data")).to_be_focused()


def test_digits_are_drawn_and_learned_from(page: Page, deltaflow: Deltaflow) -> None:
    """Each with its name; a network for images takes the place of the one for rows."""
    opened(page)
    page.locator("label[for=own-kind-drawings]").click()
    pad = page.locator("#own-pad")
    for label, way in (
        ("1", [(60, 20), (60, 110)]),
        ("7", [(20, 20), (100, 20), (50, 110)]),
        ("1", [(70, 20), (66, 110)]),
    ):
        box = pad.bounding_box()
        assert box
        page.mouse.move(box["x"] + way[0][0], box["y"] + way[0][1])
        page.mouse.down()
        for x, y in way[1:]:
            page.mouse.move(box["x"] + x, box["y"] + y, steps=4)
        page.mouse.up()
        page.get_by_role("textbox", name="What it is", exact=True).fill(label)
        page.keyboard.press("Enter")
    expect(page.locator(".own-drawing")).to_have_count(3)
    expect(page.locator(".own-change")).to_contain_text("conv2d, flatten")
    page.locator("#own-use").click()

    expect(page.locator("#app .crumb")).to_contain_text("3 examples")
    spec = spec_of(page, deltaflow)
    assert ([0, 1, 0], ["1", "7"]) == (spec["dataset"]["inline"]["targets"], spec["dataset"]["inline"]["classes"])
    page.get_by_role("button", name="Step op").click()


def test_lines_of_text_are_learned_from(page: Page, deltaflow: Deltaflow) -> None:
    """Each says what it is; one that does not is named."""
    opened(page)
    page.locator("label[for=own-kind-texts]").click()
    page.get_by_label("A text and what it is").fill("la la;song\nbuy milk;note\ndo re\tsong\noops")
    expect(page.locator(".own-lines-bad")).to_have_text("Line 4 does not say what it is")
    page.locator("#own-use").click()

    expect(page.locator("#app .crumb")).to_contain_text("3 examples")
    types = [layer["type"] for layer in spec_of(page, deltaflow)["layers"]]
    assert ["embedding", "gru", "dense"] == types


#: A session's file, dropped as one that lies on the desktop.
DROP_SESSION = """(text) => {
  window.measured = new File([text], "taken-along.json", { type: "application/json" });
}"""


def test_a_dropped_session_goes_on_and_the_plane_gets_out_of_the_way(page: Page, deltaflow: Deltaflow) -> None:
    """A .json is a session that was taken along, no table; the drawing plane is moved by its head and by keys."""
    session = deltaflow.create(preset="xor")
    session.step("batch", 3)
    opened(page)
    page.keyboard.press("Escape")
    page.evaluate(
        DROP_SESSION,
        page.request.get(
            f"{session.url.split('/#')[0]}/api/v1/sessions/{session.id}/export/json",
            headers={"Authorization": f"Bearer {session.token}"},
        ).text(),
    )
    page.evaluate(DROP)
    expect(page.locator("#app .crumb")).not_to_contain_text("38 measured fruits")
    expect(page.locator("#position")).to_contain_text("3 steps done")
    expect(page.locator("dialog.own")).to_have_count(0)

    page.locator("#own-data").click()
    page.locator("label[for=own-kind-points]").click()
    page.locator("#own-use").click()
    head = page.locator(".own-plane .own-head")
    before = head.bounding_box()
    assert before is not None
    page.mouse.move(before["x"] + 60, before["y"] + 12)
    page.mouse.down()
    page.mouse.move(before["x"] + 260, before["y"] + 62)
    page.mouse.up()
    head.focus()
    page.keyboard.press("ArrowRight")
    after = head.bounding_box()
    assert after is not None
    assert (224, 50) == (round(after["x"] - before["x"]), round(after["y"] - before["y"]))


def test_nothing_to_read_is_said_and_a_table_goes_along_with_the_weights(page: Page) -> None:
    """An empty file and blanks are told; an address without the table is not offered, a frozen copy is."""
    opened(page)
    dialog = page.get_by_role("dialog", name="Your own data")
    page.locator("#own-file").set_input_files({"name": "a.csv", "mimeType": "text/csv", "buffer": b""})
    expect(dialog.get_by_text("The file is empty.")).to_be_visible()
    dialog.locator("textarea:visible").fill("  \n ")
    expect(dialog.get_by_text("nothing but blanks")).to_be_visible()
    dialog.locator("textarea:visible").fill(MESSY)
    dialog.get_by_role("button", name="Use 30 rows").click()
    expect(dialog).to_be_hidden()

    page.locator("#share").click()
    expect(page.locator(".share-doubt")).to_contain_text("cannot bring your table along")
    expect(page.locator("#share-address")).to_be_hidden()
    page.get_by_role("radio", name="With the weights").check()
    page.locator("#share-freeze").click()
    expect(page.locator("#share-address")).to_have_value(re.compile("#share="))
