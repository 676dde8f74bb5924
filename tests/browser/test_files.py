"""A session leaves the page as a file, and goes on in another from there."""

from pathlib import Path

from playwright.sync_api import Page, expect

from app.client import Deltaflow
from tests.browser.conftest import Complaints
from tests.serving import Server


def test_a_session_is_taken_along_and_brought_back(page: Page, server: Server, tmp_path: Path) -> None:
    """Trained some steps, saved as JSON, opened again: a new session that stands where the old one stood."""
    with Deltaflow(server.url) as deltaflow:
        session = deltaflow.create(preset="fruit")
        session.step("batch", 3)
        page.goto(session.url)
        expect(page.locator("#position")).to_contain_text("3 steps done")
    page.get_by_role("button", name="Notebook").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="the whole session").click()
    file = tmp_path / "session.json"
    download.value.save_as(file)
    page.locator("#import-file").set_input_files(file)

    page.wait_for_function(f"() => JSON.parse(sessionStorage.getItem('deltaflow.session')).id !== '{session.id}'")
    expect(page.locator("#step")).to_be_enabled()
    expect(page.locator("#position")).to_contain_text("3 steps done")


def test_a_file_that_is_no_session_is_refused_in_words(page: Page, complaints: Complaints, tmp_path: Path) -> None:
    """The session on the page lives on."""
    complaints.allow("422")
    page.goto("/")
    expect(page.locator("#step")).to_be_enabled()
    before = page.evaluate("() => sessionStorage.getItem('deltaflow.session')")
    file = tmp_path / "notes.json"
    file.write_text('{"shopping": ["apples", "oranges"]}')
    page.get_by_role("button", name="Notebook").click()
    page.locator("#import-file").set_input_files(file)

    expect(page.get_by_role("log", name="Notes").get_by_text("shopping")).to_be_visible()
    assert before == page.evaluate("() => sessionStorage.getItem('deltaflow.session')")
