"""The gallery in real Chromium: every scene hangs there, what is in sight is painted, and nothing goes wrong."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Axe
from tools.gallery import STORIES


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_scene_hangs_in_the_gallery(page: Page, axe: Axe, scheme: str) -> None:
    """Each story has a section; each scene three pictures; those in sight are painted, also where one scrolls to."""
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.goto("/gallery")
    expect(page.locator("#stories section")).to_have_count(len(STORIES))
    rows, pictures = page.locator(".moments"), page.locator("canvas.exhibit")

    assert 3 * rows.count() == pictures.count()
    expect(pictures.first).to_have_attribute("data-painted", "")
    pictures.last.scroll_into_view_if_needed()
    expect(pictures.last).to_have_attribute("data-painted", "")
    assert [] == axe(page)
