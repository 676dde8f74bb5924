/**
 * Whoever goes by keys never falls out of the page: when what has the focus is taken away, hidden or disabled, what stands
 * around it takes the focus, so that a screen reader goes on from there.
 */

const CONTROLS = ["button", "input", "select", "textarea"].map((name) => `${name}:enabled`).join(", ");

/** @param {Document} document */
export function keepFocus(document) {
  /** What got the focus by keys, or in a dialog. @type {Element | null} */
  let held = null;
  /** @type {readonly Element[]} */
  let around = [];
  document.addEventListener("focusin", ({ target }) => {
    if (!(target instanceof Element)) return;
    // In a dialog there is nowhere else to go on, however one came.
    held = target.matches(":focus-visible") || target.closest("dialog") ? target : null;
    around = ancestorsOf(target);
  });
  const observer = new MutationObserver(() => {
    if (!held || !isLost(held)) return;
    const active = document.activeElement;
    const lost = held;
    held = null;
    // Where the browser or a panel has already put it, it stays.
    if (active === null || active === document.body || active === lost) take(around, lost.isConnected);
  });
  observer.observe(document.body, {
    ...{ subtree: true, childList: true, attributes: true },
    attributeFilter: ["disabled", "hidden"],
  });
}

/** @param {Element} node */
function ancestorsOf(node) {
  const found = [];
  for (let at = node.parentElement; at; at = at.parentElement) found.push(at);
  return found;
}

/** @param {Element} node */
function isLost(node) {
  return !node.isConnected || node.matches(":disabled") || node.closest("[hidden]") !== null;
}

/** A neighbour if there is one that can be used; what was replaced is read anew. @param {readonly Element[]} around @param {boolean} neighbours */
function take(around, neighbours) {
  const there = around.filter((node) => node.isConnected && !node.closest("[hidden]"));
  const neighbour = neighbours ? there[0]?.querySelector(CONTROLS) : null;
  const places = there.filter(
    (node) => node.id !== "app" && node !== document.body && node !== document.documentElement,
  );
  for (const node of [neighbour, ...places, document.querySelector("main")]) {
    if (!(node instanceof HTMLElement)) continue;
    if (!node.matches(CONTROLS) && !node.hasAttribute("tabindex")) node.tabIndex = -1;
    node.focus({ preventScroll: true });
    if (document.activeElement === node) return;
  }
}
