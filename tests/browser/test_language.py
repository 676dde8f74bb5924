"""The page in another language: everything that it says by itself is said in French, and only French is fetched."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from app.client import Deltaflow
from tests.browser.conftest import Axe, Complaints

#: Everything that is shown or read out on the page and that the English catalogue has otherwise than the French one;
#: names of layers and options are code.
ENGLISH = """async (words) => {
  const [{ EN }, { FR }] = await Promise.all([import(`${words}/en.js`), import(`${words}/fr.js`)]);
  const pattern = (template) => template.split(/\\{\\w+\\}/).map(RegExp.escape ?? ((text) =>
    text.replace(/[.*+?^${}()|[\\]\\\\]/g, "\\\\$&"))).join("(.+)");
  const foreign = Object.entries(EN)
    .filter(([key, text]) => FR[key] !== text && /[a-z]{3}/i.test(text.replace(/\\{\\w+\\}/g, "")))
    .flatMap(([key, text]) => text.split(" | ").map((form) => [key, new RegExp(`^${pattern(form)}$`)]));
  const nodes = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const said = [...document.querySelectorAll("*")].flatMap((node) =>
    ["aria-label", "aria-valuetext", "placeholder"].map((name) => node.getAttribute(name)));
  const isCode = (node) => node.closest("math, .katex, code") || node.value === node.textContent;
  while (nodes.nextNode())
    if (!isCode(nodes.currentNode.parentElement)) said.push(nodes.currentNode.data.trim());
  const french = new Set(Object.values(FR));
  return [...new Set(said)].filter((text) => text && !french.has(text)).flatMap((text) =>
    foreign.filter(([, words]) => words.test(text)).map(([key]) => `${key}: ${text}`));
}"""


@pytest.fixture
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    """A browser that would rather speak German, which the page does not."""
    return {**browser_context_args, "locale": "de-CH"}


def words_of(page: Page) -> list[str]:
    """Which parts of the catalogue were fetched."""
    names: list[str] = page.evaluate("performance.getEntriesByType('resource').map(({ name }) => name)")
    return sorted(name.partition("/js/words/")[2] for name in names if "/js/words/" in name)


def test_page_speaks_french(page: Page, deltaflow: Deltaflow, axe: Axe, complaints: Complaints) -> None:
    """Header, transport, stage, a refused edit: nothing that the page says by itself is left in English."""
    complaints.allow("422")
    session = deltaflow.create(preset="fruit")
    session.step("batch")
    session.step("op")
    page.goto(session.url.replace("/#", "/?lang=fr#"))
    expect(page.locator("#step")).to_be_enabled()

    assert ["fr.js", "language.js", "say.js"] == words_of(page)
    expect(page.locator("html")).to_have_attribute("lang", "fr")
    expect(page).to_have_title("Deltaflow : voir chaque nombre de la rétropropagation")
    expect(page.get_by_role("radiogroup", name="Profondeur des explications")).to_be_visible()
    expect(page.locator(".crumb")).to_have_text("38 fruits mesurés · 25 paramètres")
    expect(page.get_by_role("button", name="Avancer : op")).to_be_visible()
    page.locator("#stage").press("ArrowRight")
    expect(page.locator("#stage-says")).to_have_text(re.compile(r"^entrée width\s: valeur .*\.$"))

    rate = page.get_by_role("textbox", name="taux d’apprentissage")
    rate.fill("-1")
    rate.press("Enter")
    expect(page.locator("aside.left").get_by_text(re.compile(r"doit être .* −1"))).to_be_visible()
    words = page.locator("script[src$='say.js']").get_attribute("src") or ""
    assert [] == page.evaluate(ENGLISH, words.removesuffix("/say.js"))
    assert [] == axe(page)


def test_language_is_chosen_and_remembered(page: Page, deltaflow: Deltaflow) -> None:
    """Another language loads the page anew, with the same session and selection, and not the language that it had."""
    session = deltaflow.create(preset="xor")
    page.goto(f"{session.url}&select=weight:hidden1:0:1")
    expect(page.locator("#answer")).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", "en")

    page.get_by_role("button", name="Appearance").click()
    page.get_by_text("Français", exact=True).click()

    expect(page.get_by_role("button", name="Avancer : op")).to_be_enabled()
    expect(page.locator("html")).to_have_attribute("lang", "fr")
    expect(page.locator("#answer")).to_be_visible()
    assert ["fr.js", "language.js", "say.js"] == words_of(page)
    assert session.id in (page.evaluate("sessionStorage.getItem('deltaflow.session')") or "")
    page.goto("/")
    expect(page.get_by_role("button", name="Avancer : op")).to_be_enabled()


def test_server_speaks_french_to_a_french_page(page: Page, deltaflow: Deltaflow) -> None:
    """The sentence of the step and the inspector; who asks in English is told in English."""
    session = deltaflow.create(preset="fruit")
    session.step("batch")
    page.goto(session.url.replace("/#", "/?lang=fr#"))
    page.get_by_role("button", name="Avancer : op").click()

    expect(page.locator(".sentence")).to_contain_text("l’exemple 1 parmi les")
    page.locator("#stage").press("ArrowRight")
    expect(page.locator("#why")).to_contain_text("Pourquoi cette valeur pour width ?")
    assert session.explain("loss").question == "How wrong is the network on this batch?"
    assert (
        session.explain("loss", language="fr").question
        == "À quel point le réseau se trompe-t-il sur ce lot\N{NO-BREAK SPACE}?"
    )
