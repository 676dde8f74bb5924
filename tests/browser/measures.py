"""What is measured on a view: violations in every look, small targets, drawings that say nothing."""

from playwright.sync_api import Page

from tests.browser.conftest import AXE

LOOKS = (("light", "standard"), ("dark", "standard"), ("light", "more"), ("dark", "more"))

#: In every look, set as the page sets it. Structure is the same in all: after the first only colours are asked about.
RUN_AXE = """async ([within, looks]) => {
  const found = [];
  for (const [theme, contrast] of [...looks, looks[0]]) {
    Object.assign(document.documentElement.dataset, { theme, contrast });
    if (found.done) break;
    const options = found.begun ? { runOnly: ["color-contrast"] } : {};
    const context = within ? { include: within.split(", ").map((selector) => [selector]) } : document;
    const { violations } = await axe.run(context, { ...options, resultTypes: ["violations"] });
    found.begun = true;
    found.done = theme === looks.at(-1)[0] && contrast === looks.at(-1)[1];
    for (const { id, nodes } of violations)
      for (const { target, failureSummary } of nodes)
        found.push(`${theme} ${contrast}, ${id}: ${target} ${failureSummary.replaceAll("\\n", " ")}`);
  }
  return [...found];
}"""

#: Everything that takes the focus, or that a finger would press; a radio button or a box is as large as its label.
SMALL_TARGETS = """([within, least]) => {
  const shown = (node) => node.checkVisibility({ visibilityProperty: true }) && !node.closest(".sr-only");
  const area = (node) => {
    const label = node.matches("[type=radio], [type=checkbox], [type=file]") ? node.labels?.[0] : null;
    return (label ?? node).getBoundingClientRect();
  };
  const inSentence = (node) => node.matches("a") && node.closest("p, li, td, figcaption, pre, nav, dd, h2, h3, span");
  const said = (node) => (node.ariaLabel ?? node.textContent).slice(0, 30);
  const name = (node) => `${node.localName}#${node.id}.${node.className} “${said(node)}”`;
  const pressed = ["button, input, select, textarea, a[href], summary, canvas[tabindex='0']",
    "[role=slider], [role=separator], [role=option]"].join(", ");
  return [...(within ? document.querySelector(within) : document).querySelectorAll(pressed)]
    .filter((node) => shown(node) && !inSentence(node))
    .map((node) => [node, area(node)])
    .filter(([, { width, height }]) => width < least - 0.5 || height < least - 0.5)
    .map(([node, { width, height }]) => `${name(node)}: ${width.toFixed(1)} × ${height.toFixed(1)}`);
}"""

#: A canvas has a role and a name (or belongs to something that has), or says nothing that is not said beside it.
SILENT_CANVASES = """() => [...document.querySelectorAll("canvas, svg")].filter((node) => {
  if (!node.checkVisibility()) return false;
  const told = node.closest("[role=img], [role=slider], [role=application], [aria-hidden=true], button");
  return !told || !(told.ariaHidden === "true" || told.ariaLabel || told.textContent.trim() || told.title);
}).map((node) => `${node.localName}.${node.getAttribute("class")} in ${node.parentElement?.className}`)"""


def violations(page: Page, within: str | None = None) -> list[str]:
    """What axe-core finds in every look; the page is left as the first look has it."""
    if not page.evaluate("() => Boolean(window.axe)"):
        page.evaluate(AXE.read_text())
    found: list[str] = page.evaluate(RUN_AXE, [within, [list(look) for look in LOOKS]])
    return found


def small_targets(page: Page, within: str | None = None, least: int = 24) -> list[str]:
    """What is smaller than a finger or a trembling hand needs."""
    found: list[str] = page.evaluate(SMALL_TARGETS, [within, least])
    return found


def silent_drawings(page: Page) -> list[str]:
    """Drawings that nobody hears of."""
    found: list[str] = page.evaluate(SILENT_CANVASES)
    return found


def faults(page: Page, within: str | None = None) -> list[str]:
    """All of it."""
    targets = [f"small: {each}" for each in small_targets(page, within.split(", ")[0] if within else None)]
    return [*violations(page, within), *targets, *(f"silent: {each}" for each in silent_drawings(page))]


#: What can be pressed and is out of its window, or is hidden by what scrolls no further.
CUT_OFF = """() => [...document.querySelectorAll("#app button, #app select, #app label, #app h2, #app summary")]
  .filter((node) => node.checkVisibility({ visibilityProperty: true }) && !node.closest("table, .sr-only, .workbench"))
  .filter((node) => {
    const { left, right } = node.getBoundingClientRect();
    const scrolls = ["auto", "scroll"];
    for (let at = node.parentElement; at; at = at.parentElement)
      if (scrolls.includes(getComputedStyle(at).overflowX) && at.scrollWidth > at.clientWidth) return false;
    return left < -1 || right > innerWidth + 1 || node.scrollWidth > node.clientWidth + 2 && node.clientWidth > 0
      && getComputedStyle(node).overflowX === "hidden" && getComputedStyle(node).textOverflow !== "ellipsis";
  })
  .map((node) => `${node.localName}#${node.id}.${node.className} “${node.textContent.slice(0, 30)}”`)"""

#: Controls that lie on one another. What floats above the stage is not among them: it is over a drawing.
OVERLAPPING = """() => {
  const solid = ["button", "select", "summary", ".segment", ".saying", "h2"].map((name) => `#app ${name}`).join(", ");
  const all = [...document.querySelectorAll(solid)]
    .filter((node) => node.checkVisibility() && !node.closest("table, .workbench, .tour-place, .stage"))
    .map((node) => [node, seen(node)]);
  function seen(node) {
    let { left, right, top, bottom } = node.getBoundingClientRect();
    for (let at = node.parentElement; at; at = at.parentElement) {
      const [{ overflowX, overflowY }, around] = [getComputedStyle(at), at.getBoundingClientRect()];
      if (overflowX !== "visible") [left, right] = [Math.max(left, around.left), Math.min(right, around.right)];
      if (overflowY !== "visible") [top, bottom] = [Math.max(top, around.top), Math.min(bottom, around.bottom)];
    }
    return { left, right, top, bottom };
  }
  const name = (node) => `${node.localName}#${node.id}.${node.className}`;
  return all.flatMap(([one, a], at) => all.slice(at + 1)
    .filter(([other, b]) => !one.contains(other) && !other.contains(one)
      && Math.min(a.right, b.right) - Math.max(a.left, b.left) > 2
      && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 2)
    .map(([other]) => `${name(one)} and ${name(other)}`));
}"""


def cut_off(page: Page) -> list[str]:
    """What cannot be read, however one scrolls."""
    found: list[str] = page.evaluate(CUT_OFF)
    return found


def overlapping(page: Page) -> list[str]:
    """Controls that hide one another."""
    found: list[str] = page.evaluate(OVERLAPPING)
    return found
