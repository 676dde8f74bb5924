"""Nobody is left out: every view for axe-core, small targets and silent drawings; the whole story by keys alone."""

import pytest
from playwright.sync_api import Page, expect

from app.client import Deltaflow
from tests.browser.measures import faults
from tests.browser.views import NETWORKS, PAGES, STANDS_AT, VIEWS


def show(page: Page, deltaflow: Deltaflow, network: str) -> None:
    """A network of this kind, on its way back through its third step."""
    session = deltaflow.create(NETWORKS[network])
    session.step("batch", 2)
    session.step("op", STANDS_AT[network])
    page.emulate_media(reduced_motion="reduce")
    page.goto(session.url)
    expect(page.locator("#timeline")).to_be_visible()
    expect(page.locator("#answer")).to_be_visible()


@pytest.mark.parametrize("network", NETWORKS)
def test_every_view_is_for_everybody(page: Page, deltaflow: Deltaflow, network: str) -> None:
    """In every look no violation; no target below 24 px, no drawing without a name; the focus comes back."""
    show(page, deltaflow, network)
    found = {"the page": faults(page)}
    for view in (view for view in VIEWS if view.network == network):
        view.open(page)
        found[view.name] = faults(page, view.within)
        if page.evaluate("() => document.activeElement === document.body"):
            found[view.name].append("the focus is lost when it opens")
        view.close(page)
        if page.evaluate("() => document.activeElement === document.body"):
            found[view.name].append("the focus is lost when it closes")

    assert {} == {name: faults for name, faults in found.items() if faults}


def test_pages_beside_the_playground_are_for_everybody(page: Page) -> None:
    """The documentation, the reference of the API, the gallery."""
    found = {}
    for address, within in PAGES.items():
        page.goto(address)
        page.wait_for_load_state("networkidle")
        found[address] = faults(page, within)

    assert {} == {address: faults for address, faults in found.items() if faults}
