/**
 * A panel that opens beside its button: the browser's own popover, so that Esc, light dismiss and focus are right.
 *
 * @import { Child } from "./dom.js"
 * @import { Lazy } from "./lazily.js"
 */

import { el } from "./dom.js";
import { scoped } from "./lifetime.js";

const GAP = 6;

/**
 * @param {HTMLButtonElement} button
 * @param {string} label
 * @param {() => readonly Child[]} content made anew whenever it opens
 * @param {string} [kind] a further class
 * @param {Lazy<unknown> | null} [module] what its content is made with: it opens when that has come
 * @returns {HTMLElement} to be put into the document beside the button
 */
export function popover(button, label, content, kind = "", module = null) {
  const panel = el("div", {
    class: `popover ${kind}`,
    popover: "auto",
    tabIndex: -1,
    attributes: { role: "dialog", "aria-label": label },
  });
  button.popoverTargetElement = panel;
  button.ariaHasPopup = "dialog";
  button.ariaExpanded = "false";
  button.addEventListener("click", (event) => {
    if (!module || module.here()) return;
    event.preventDefault();
    module.come().then(() => module.here() && button.click());
  });
  let end = () => {};
  panel.addEventListener("beforetoggle", (event) => {
    const opening = /** @type {ToggleEvent} */ (event).newState === "open";
    button.ariaExpanded = String(opening);
    end();
    if (!opening) return;
    const [children, stop] = scoped(content);
    end = stop;
    panel.replaceChildren(...children.filter((child) => child instanceof Node));
  });
  panel.addEventListener("toggle", (event) => {
    if (/** @type {ToggleEvent} */ (event).newState !== "open") return;
    place(panel, button.getBoundingClientRect());
    // What can only be read is gone to as well: a screen reader begins where the focus is.
    const first = panel.querySelector("button, input, select, textarea, a, [tabindex='0']");
    if (first instanceof HTMLElement) first.focus();
    if (!panel.contains(document.activeElement)) panel.focus();
  });
  return panel;
}

/** Below the button where there is room, else above; never outside the window. @param {HTMLElement} panel @param {DOMRect} at */
function place(panel, at) {
  const { offsetWidth: width, offsetHeight: height } = panel;
  const below = at.bottom + GAP + height <= innerHeight;
  panel.style.left = `${Math.max(8, Math.min(at.left, innerWidth - width - 8))}px`;
  panel.style.top = `${Math.max(8, below ? at.bottom + GAP : at.top - GAP - height)}px`;
}
