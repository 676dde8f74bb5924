"""Images in real Chromium: forward and back through a max pooling, pixel by pixel, by mouse and by keyboard."""

import re
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Page, expect

from app.client import Deltaflow, Session
from tests.browser.conftest import Axe, Complaints
from tests.browser.story import answer, show, step_to

DIGITS: dict[str, Any] = {
    "name": "Digits",
    "seed": 1,
    "dataset": {"name": "digits"},
    "layers": [
        {"id": "conv", "type": "conv2d", "filters": 4, "kernel": 3, "padding": "same", "activation": "relu"},
        {"id": "pool", "type": "max_pool2d", "size": 2},
        {"id": "flat", "type": "flatten"},
        {"id": "output", "type": "dense", "units": 10, "activation": "softmax"},
    ],
    "loss": "softmax_cross_entropy",
    "batch_size": 8,
}


@pytest.fixture
def digits(page: Page, deltaflow: Deltaflow) -> Session:
    """A network on digits, open in the browser."""
    session = deltaflow.create(DIGITS)
    show(page, session)
    return session


def test_forward_and_back_through_a_max_pooling(page: Page, digits: Session) -> None:
    """The inspector explains the pixel that stands out: the winner forward, the same route for the gradient back."""
    step_to(page, "pool.a")
    expect(page.locator("#why")).to_contain_text("Why is pool.a[")
    pooled = digits.tensor("pool.a").activation[0]
    assert float(pooled.max()) == pytest.approx(answer(page), rel=1e-4)

    step_to(page, "d conv.a")
    expect(page.locator("#why")).to_contain_text("How much does conv.a[")
    expect(page.locator("#why")).to_contain_text("won")
    gradient = digits.tensor("conv.a").gradient[0]
    assert float(gradient.flat[np.abs(gradient).argmax()]) == pytest.approx(answer(page), rel=1e-3)
    assert np.count_nonzero(gradient) <= pooled.size

    for _ in range(8):
        page.keyboard.press("ArrowLeft")
    expect(page.locator("#position")).to_contain_text(re.compile("forward|loss"))
    expect(page.locator("#position")).to_contain_text(f"op {digits.state().cursor.op} of")


def test_a_pixel_is_walked_to_enlarged_and_left_by_keyboard(page: Page, digits: Session) -> None:
    """Tab to the stage, arrows to a pixel, Enter to enlarge its map, Escape back."""
    step_to(page, "conv.a")
    page.locator("#step").focus()
    page.keyboard.press("Shift+Tab")
    while page.evaluate("document.activeElement.id") != "stage":
        page.keyboard.press("Shift+Tab")

    page.keyboard.press("ArrowDown")
    expect(page.locator("#why")).to_contain_text("input.a[1, 5, 5]")
    for _ in range(4):
        page.keyboard.press("ArrowRight")
    expect(page.locator("#stage-says")).to_contain_text("map 1 of 4")
    page.keyboard.press("Enter")
    expect(page.locator("#lens-back")).to_be_visible()
    expect(page.locator("#why")).to_contain_text("conv.z[1,")

    page.keyboard.press("Escape")
    expect(page.locator("#lens-back")).to_have_count(0)
    expect(page.locator("#enlarge")).to_be_visible()


def test_a_sample_is_followed(page: Page, digits: Session) -> None:
    """A click on a small picture makes it the followed example; the bars are about it."""
    page.locator("#sample-3").click()

    expect(page.locator("#sample-3")).to_have_attribute("aria-pressed", "true")
    expect(page.locator(".verdict")).to_contain_text("Example 4 is")


def test_an_impossible_window_marks_its_layer_and_the_old_network_lives_on(
    page: Page, digits: Session, complaints: Complaints
) -> None:
    """The server's objection stands on the layer; nothing else changes; a possible size is taken."""
    complaints.allow("422")
    page.locator("#size-pool").fill("20")
    page.locator("#size-pool").press("Enter")

    expect(page.locator(".layer[aria-invalid=true] .objection")).to_contain_text("expects shape")
    assert [4, 4, 4] == shape(digits, "pool")

    page.locator("#size-pool").fill("4")
    page.locator("#size-pool").press("Enter")
    expect(page.locator(".layer[aria-invalid=true]")).to_have_count(0)
    assert [4, 2, 2] == shape(digits, "pool")


def shape(session: Session, layer: str) -> list[int]:
    """Of a layer's output, as the server has it."""
    found: list[int] = next(each.shape for each in session.state().graph.layers if each.id == layer)
    return found


def test_a_convolution_is_added_and_told_its_options(page: Page, digits: Session) -> None:
    """The menu of the + after a layer of images offers image layers; the options come from the catalog."""
    page.locator("#add-1").click()
    page.get_by_role("button", name=re.compile("^Convolution")).click()
    expect(page.locator("#layer-conv1")).to_be_visible()
    assert [8, 8, 8] == shape(digits, "conv1")

    page.locator("#layer-conv1").click()
    page.get_by_label("stride of conv1").fill("2")
    page.get_by_label("stride of conv1").press("Enter")
    expect(page.locator("#layer-conv1")).to_be_visible()
    page.wait_for_function("() => !document.querySelector('.layer[aria-invalid=true]')")
    page.wait_for_timeout(300)
    assert [8, 4, 4] == shape(digits, "conv1")


def test_a_page_with_images_is_accessible(page: Page, digits: Session, axe: Axe) -> None:
    """In the middle of the backward pass, and with a map enlarged."""
    step_to(page, "d conv.a")
    page.get_by_role("button", name="Table", exact=True).click()
    expect(page.get_by_role("row", name=re.compile("^4 "))).not_to_have_count(0)
    assert [] == axe(page)

    page.keyboard.press("Escape")
    page.get_by_role("button", name=re.compile(r"d pool\.a\[")).first.click()
    page.locator("#enlarge").click()
    expect(page.locator("#lens-back")).to_be_visible()
    assert [] == axe(page)
