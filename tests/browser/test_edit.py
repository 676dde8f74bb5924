"""Editing by hand: with the pointer, with a finger, with keys; whatever is done can be undone."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from app.client import Deltaflow, Session
from tests.browser.conftest import Axe, Complaints
from tests.browser.story import show
from tools.screenshots import SEEN_TOUR

FRUIT = {"name": "fruit", "features": ["width", "color_score"]}


@pytest.fixture
def session(deltaflow: Deltaflow) -> Session:
    """Two hidden layers of equal width."""
    hidden = {"type": "dense", "units": 4, "activation": "tanh"}
    return deltaflow.create(
        {
            "seed": 7,
            "dataset": FRUIT,
            "layers": [
                {"id": "hidden1", **hidden},
                {"id": "hidden2", **hidden},
                {"id": "output", "type": "dense", "units": 1, "activation": "sigmoid"},
            ],
            "loss": "binary_cross_entropy",
            "optimizer": {"type": "adam", "learning_rate": 0.05},
        }
    )


def layers(session: Session) -> list[str]:
    """Their names."""
    return [layer["id"] for layer in session.state().spec["layers"]]


def weights(session: Session) -> dict[str, object]:
    """All of them, to compare."""
    return {name: value.tolist() for name, value in session.parameters()["parameters"].items()}


def middle(node: Locator) -> tuple[float, float]:
    """Of what is there."""
    box = node.bounding_box()
    assert box
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def come_near(page: Page, layer: str) -> tuple[float, float]:
    """Point at this layer, so that its handles are there; where that is."""
    x, y = middle(page.locator(f"#width-{layer}"))
    page.mouse.move(x, y - 40)
    expect(page.locator(f"#width-{layer}")).to_have_class("grip width near")
    return x, y


def title(page: Page, layer: str) -> tuple[float, float]:
    """Where its name stands: above its column, in the first line of the stage."""
    x, _ = middle(page.locator(f"#width-{layer}"))
    box = page.locator("#stage").bounding_box()
    assert box
    return x, box["y"] + 22


def drag(page: Page, start: tuple[float, float], end: tuple[float, float]) -> None:
    """By the mouse."""
    page.mouse.move(*start)
    page.mouse.down()
    page.mouse.move((start[0] + end[0]) / 2, (start[1] + end[1]) / 2)
    page.mouse.move(*end)
    page.mouse.up()


def test_a_network_is_edited_by_the_mouse_and_undone(page: Page, session: Session, axe: Axe) -> None:
    """Widen by the handle, lay a skip, put a layer between two, take all of it back."""
    show(page, session)
    undo = page.locator("#undo")
    before = weights(session)

    x, y = come_near(page, "hidden1")
    drag(page, (x, y), (x, y + 28))
    expect(undo).to_have_attribute("title", "Undo: hidden1 with 6 units")
    drag(page, (x, y), (x, y - 28))
    expect(undo).to_have_attribute("title", "Undo: hidden1 with 4 units")

    to, _ = middle(page.locator("#width-hidden2"))
    page.locator("#layer-palette").click()
    expect(page.locator("#kind-dropout")).to_be_visible()
    drag(page, middle(page.locator("#kind-dropout")), ((x + to) / 2, y - 60))
    expect(undo).to_have_attribute("title", "Undo: add dropout1")
    assert ["hidden1", "dropout1", "hidden2", "output"] == layers(session)
    assert [] == axe(page)

    for _ in range(3):
        expect(undo).to_be_enabled()
        title = undo.get_attribute("title") or ""
        page.keyboard.press("Control+z")
        expect(undo).not_to_have_attribute("title", title)
    expect(undo).to_be_disabled()
    assert before == weights(session)


def test_a_skip_is_laid_and_taken_away_by_keys(page: Page, session: Session) -> None:
    """The handle's list says where it may lead; Delete on the wire's end removes it."""
    show(page, session)
    page.locator("#lead-from-hidden1").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#do-lead-hidden2")).to_be_disabled()
    expect(page.locator("#do-lead-hidden2")).to_contain_text("reads hidden1 already")
    page.locator("#do-lead-output").press("Enter")
    expect(page.locator("#wire-sum1-hidden1")).to_be_attached()
    assert ["hidden2", "hidden1"] == list(session.state().spec["layers"][2]["inputs"])

    page.locator("#wire-sum1-hidden1").focus()
    page.keyboard.press("Delete")
    expect(page.locator("#wire-sum1-hidden1")).not_to_be_attached()
    assert ["hidden1", "hidden2", "output"] == layers(session)


def test_the_loss_answers_while_a_weight_is_dragged(page: Page, session: Session) -> None:
    """Up and down by its handle: one drag is one thing to undo, which brings weight and place back."""
    session.step("batch", 3)
    show(page, session)
    before = weights(session)
    grip, loss, undo = page.locator("#weight-grip"), page.locator("#position"), page.locator("#undo")
    expect(grip).to_be_attached()
    page.locator("#stage").press("ArrowRight")
    for _ in range(8):
        if grip.is_hidden():
            page.keyboard.press("ArrowRight")
            page.wait_for_function(
                "() => new Promise((done) => requestAnimationFrame(() => setTimeout(() => done(true))))"
            )

    slider = page.locator("#type-in-slider")
    said = loss.text_content() or ""
    for key in ("End", "ArrowLeft", "ArrowLeft"):
        slider.press(key)
    expect(loss).not_to_have_text(said)
    expect(undo).to_have_attribute("title", re.compile(r"^Undo: set hidden\d\.W.*1\.98"))
    page.keyboard.press("Control+z")
    expect(undo).to_be_disabled()
    assert before == weights(session)

    at = middle(grip)
    said = loss.text_content() or ""
    page.mouse.move(*at)
    page.mouse.down()
    page.mouse.move(at[0], at[1] - 60)
    expect(loss).not_to_have_text(said)
    page.mouse.move(at[0], at[1] - 120)
    page.mouse.up()
    expect(undo).to_have_attribute("title", re.compile(r"^Undo: set hidden\d\.W"))
    state = session.state()
    assert "backward" == state.cursor["phase"]
    assert isinstance(state.metrics["loss"], float)
    dragged = undo.get_attribute("title") or ""
    grip.press("ArrowDown")
    expect(undo).not_to_have_attribute("title", dragged)
    expect(grip).to_be_focused()

    for _ in range(2):
        page.keyboard.press("Control+z")
    expect(undo).to_be_disabled()
    assert before == weights(session)
    assert (3, 0) == (session.state().cursor["step"], session.state().cursor["op"])


def test_layers_are_renamed_copied_and_removed_by_keys(page: Page, session: Session) -> None:
    """F2, Ctrl+A, Ctrl+D, Delete, and the menu of Shift+F10, which keys walk; weights follow a new name."""
    show(page, session)
    old = weights(session)["hidden1.W"]
    stage = page.locator("#stage")
    stage.focus()
    page.keyboard.press("Control+a")
    page.keyboard.press("Escape")
    expect(page.locator(".edit-mark")).to_have_count(0)

    come_near(page, "hidden1")
    page.mouse.dblclick(*title(page, "hidden1"))
    page.locator("#new-name").fill("first")
    page.keyboard.press("Enter")
    expect(page.locator("#layer-first")).to_be_visible()
    assert old == weights(session)["first.W"]

    page.mouse.click(*title(page, "first"))
    page.keyboard.down("Shift")
    page.mouse.click(*title(page, "hidden2"))
    page.keyboard.up("Shift")
    expect(page.locator(".edit-mark")).to_have_count(2)
    page.keyboard.press("Control+d")
    expect(page.locator("#layer-first2")).to_be_visible()
    assert ["first", "hidden2", "first2", "hidden3", "output"] == layers(session)
    stage.press("Shift+F10")
    expect(page.locator("#do-freeze")).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.locator("#do-delete").press("Enter")
    expect(page.locator("#layer-first")).to_have_count(0)
    assert ["first2", "hidden3", "output"] == layers(session)


class Finger:
    """A finger on the page's touch screen."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.screen = page.context.new_cdp_session(page)

    def drag(self, start: tuple[float, float], end: tuple[float, float]) -> None:
        """From one place to another, where it comes to rest: after a fling Chromium takes no tap."""
        self._at("touchStart", start)
        self._at("touchMove", ((start[0] + end[0]) / 2, (start[1] + end[1]) / 2))
        self._at("touchMove", end)
        self.page.wait_for_timeout(150)
        self._at("touchMove", end)
        self._at("touchEnd")

    def rest(self, at: tuple[float, float], until: str) -> None:
        """It lies there until this is seen."""
        self._at("touchStart", at)
        expect(self.page.locator(until)).to_be_visible()
        self._at("touchEnd")

    def _at(self, kind: str, *points: tuple[float, float]) -> None:
        touches = [{"x": x, "y": y} for x, y in points]
        self.screen.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": touches})


@pytest.fixture
def tablet(browser: Browser, session: Session, complaints: Complaints) -> Iterator[Page]:
    """The session on a screen that is touched."""
    context = browser.new_context(has_touch=True, viewport={"width": 1180, "height": 820})
    context.add_init_script(SEEN_TOUR)
    page = context.new_page()
    complaints.watch(page)
    show(page, session)
    expect(page.locator("#width-hidden1")).to_be_attached()
    yield page
    context.close()


def test_a_finger_widens_a_layer_and_puts_another_in(tablet: Page, session: Session) -> None:
    """The handle is there for the layer that was tapped, large enough for a finger; a kind is dragged in."""
    finger, undo = Finger(tablet), tablet.locator("#undo")
    tablet.touchscreen.tap(*title(tablet, "hidden1"))
    handle = tablet.locator("#width-hidden1")
    expect(handle).to_have_class("grip width near")
    x, y = middle(handle)
    finger.drag((x, y), (x, y + 42))
    expect(undo).to_have_attribute("title", "Undo: hidden1 with 7 units")

    tablet.locator("#layer-palette").tap()
    expect(tablet.locator("#kind-dropout")).to_be_visible()
    (left, y), (right, _) = middle(handle), middle(tablet.locator("#width-hidden2"))
    finger.drag(middle(tablet.locator("#kind-dropout")), ((left + right) / 2, y - 60))
    expect(undo).to_have_attribute("title", "Undo: add dropout1")
    assert ["hidden1", "dropout1", "hidden2", "output"] == layers(session)
    undo.tap()
    expect(undo).to_have_attribute("title", "Undo: hidden1 with 7 units")
    undo.tap()
    expect(undo).to_be_disabled()
    assert ["hidden1", "hidden2", "output"] == layers(session)


def test_a_finger_that_rests_opens_the_menu_and_one_that_pulls_moves_a_weight(tablet: Page, session: Session) -> None:
    """The menu stays when the finger is lifted; the weight that was tapped follows its handle."""
    finger, undo = Finger(tablet), tablet.locator("#undo")
    finger.rest(title(tablet, "hidden2"), until="#do-freeze")
    tablet.locator("#do-freeze").tap()
    expect(undo).to_have_attribute("title", "Undo: freeze hidden2")
    assert session.state().spec["layers"][1]["trainable"] is False

    before = weights(session)
    x, y = middle(tablet.locator("#width-hidden1"))
    tablet.touchscreen.tap(x - 16, y - 28)  # a wire, where it comes to the lowest unit
    grip = tablet.locator("#weight-grip")
    expect(grip).to_be_visible()
    x, y = middle(grip)
    finger.drag((x, y), (x, y - 50))
    expect(undo).to_have_attribute("title", re.compile(r"^Undo: set hidden\d\.W"))
    assert before != weights(session)


def test_a_frame_selects_what_is_deleted_and_freezing_is_undone(page: Page, session: Session) -> None:
    """Shift and a drag around a column; the menu freezes it, Ctrl+Z thaws it, Delete takes it away."""
    show(page, session)
    expect(page.locator("#width-hidden1")).to_be_attached()
    x, y = title(page, "hidden1")
    page.keyboard.down("Shift")
    drag(page, (x - 40, y + 45), (x + 40, y + 160))
    page.keyboard.up("Shift")
    expect(page.locator(".edit-mark")).to_have_count(1)
    page.locator("#stage").press("Shift+F10")
    page.locator("#do-freeze").click()
    expect(page.locator("#layer-hidden1")).to_contain_text("frozen")
    page.keyboard.press("Control+z")
    expect(page.locator("#undo")).to_be_disabled()
    assert session.state().spec["layers"][0].get("trainable", True)
    page.locator("#stage").press("Delete")
    expect(page.locator("#layer-hidden1")).to_have_count(0)
    assert ["hidden2", "output"] == layers(session)
