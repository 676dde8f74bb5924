"""What the stories in the browser share: open a session, press Step until something has happened, read a number."""

from playwright.sync_api import Page, expect

from app.client import Session


def show(page: Page, session: Session) -> None:
    """Open the session in the browser and wait until it lives."""
    page.goto(session.url)
    expect(page.locator("#step")).to_be_enabled()


def number(text: str | None) -> float:
    """A number as the page writes it."""
    return float((text or "nan").replace("\N{MINUS SIGN}", "-").replace(" ", "").replace("\N{THIN SPACE}", ""))


def answer(page: Page) -> float:
    """The number that the inspector explains."""
    return number(page.locator("#answer").text_content())


def step_to(page: Page, label: str) -> None:
    """Press Step until the operation with this label is the last that ran."""
    sentence = page.locator("#announcer")
    for _ in range(40):
        before = page.locator("#position").text_content() or ""
        page.locator("#step").click()
        expect(page.locator("#position")).not_to_have_text(before)
        if (sentence.text_content() or "").startswith(label):
            return
    raise AssertionError(f"no operation is called {label}")
