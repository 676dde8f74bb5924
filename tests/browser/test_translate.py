"""A number word is typed in real Chromium, and translated: symbols, how likely they were, where the decoder looked."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from app.client import Deltaflow, Session
from tests.browser.conftest import Axe, Complaints
from tests.browser.story import show
from tests.browser.views import NETWORKS
from tests.serving import Server

SMALL: dict[str, Any] = {**NETWORKS["decoder"], "optimizer": {"type": "adam", "learning_rate": 0.02}}


@pytest.fixture
def session(server: Server) -> Iterator[Session]:
    """A small encoder and decoder that have learned nothing."""
    with Deltaflow(server.url) as deltaflow:
        yield deltaflow.create(SMALL)


def test_a_typed_word_is_translated_while_it_learns(page: Page, session: Session, axe: Axe) -> None:
    """Nonsense before, "sept" afterwards, without typing again; each symbol says where it looked."""
    show(page, session)
    panel, answer = page.locator("#translate"), page.locator("#translation")
    panel.get_by_label("Type one").fill("seven")
    expect(answer).to_contain_text("“seven” becomes")
    expect(answer).to_contain_text("It has learned nothing yet")
    for _ in range(5):
        session.step("batch", count=20)

    expect(answer).to_contain_text("“seven” becomes “sept”", timeout=20_000)
    expect(panel.locator(".symbol")).to_have_count(5)
    expect(panel.locator(".symbol").last).to_contain_text("⏎")
    expect(panel.locator(".symbol").first).to_contain_text(re.compile(r"s\d+ %, looked most at \w, symbol \d of 5"))
    expect(panel.get_by_role("img", name=re.compile("Where it looked"))).to_be_visible()
    assert "sept" == session.translate("seven").text
    assert [] == axe(page, "#translate")


def test_by_chance_a_temperature_and_another_draw(page: Page, session: Session, axe: Axe) -> None:
    """The likeliest each time needs no temperature; another draw writes something else."""
    show(page, session)
    panel, answer = page.locator("#translate"), page.locator("#translation")
    expect(answer).to_contain_text("becomes")
    expect(page.locator("#draw-again")).to_be_hidden()
    likeliest = answer.inner_text()
    panel.get_by_label("by chance").check()
    expect(answer).not_to_have_text(likeliest)
    drawn = answer.inner_text()
    panel.get_by_label("Temperature").fill("3")
    page.locator("#draw-again").click()

    expect(answer).not_to_have_text(drawn)
    assert [] == axe(page, "#translate")


def test_the_stage_follows_the_word(page: Page, session: Session) -> None:
    """It is one's own example, whose target is what was written, so every symbol is right; another example ends it."""
    session.step("batch")
    show(page, session)
    panel = page.locator("#translate")
    panel.get_by_label("Type one").fill("four")
    panel.get_by_label("follow it on the stage").check()

    expect(page.locator(".steps-said .verdict")).to_contain_text(re.compile(r"(\d+) of \1 symbols"))
    page.locator(".text-line").first.click()
    expect(panel.get_by_label("follow it on the stage")).not_to_be_checked()


def test_an_unknown_character_is_told(page: Page, session: Session, complaints: Complaints) -> None:
    """In words, and the matrix goes; mended, it comes back. No word, no answer."""
    show(page, session)
    complaints.allow("422")
    field, answer = page.locator("#translate").get_by_label("Type one"), page.locator("#translation")
    field.fill("se7en")
    expect(answer).to_contain_text("no '7' (place 2)")
    expect(page.locator("canvas.looks")).to_be_hidden()
    field.fill("seven")
    expect(page.locator("canvas.looks")).to_be_visible()
    field.fill("")
    expect(answer).to_have_text("")


def test_a_network_without_decoder_translates_nothing(page: Page, server: Server) -> None:
    """The panel is not there."""
    with Deltaflow(server.url) as deltaflow:
        show(page, deltaflow.create(preset="fruit"))
        expect(page.locator("#try")).to_be_visible()
        expect(page.locator("#translate")).to_have_count(0)


def test_the_next_session_is_not_asked_to_translate(page: Page, session: Session, deltaflow: Deltaflow) -> None:
    """From one network to another in the same tab: nothing is asked that the other cannot answer."""
    show(page, session)
    expect(page.locator("#translation")).to_contain_text("becomes")
    page.goto(deltaflow.create(preset="fruit").url)
    expect(page.get_by_role("heading", name="Try it yourself")).to_be_visible()
    expect(page.locator("#translate")).to_be_hidden()
