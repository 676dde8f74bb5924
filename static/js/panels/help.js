/**
 * Where help is found.
 *
 * @import { Store } from "../state/store.js"
 */

import { say } from "../words/say.js";
import { el } from "./dom.js";

/** @param {Store} store @returns {HTMLElement[]} */
export function helpMenu(store) {
  const tour = item(say("guide.tour"), () => {
    store.tour.value = true;
  });
  const keys = item(say("header.keys.title"), () => {
    store.dialog.value = "keys";
  });
  return [
    tour,
    keys,
    link(say("guide.docs"), "/help"),
    link(say("guide.api"), "/docs"),
    link(say("guide.gallery"), "/gallery"),
  ];
}

/** @param {string} label @param {() => void} act */
function item(label, act) {
  const button = el("button", { class: "menu-item", type: "button" }, label);
  button.addEventListener("click", () => {
    const panel = button.closest("[popover]");
    if (panel instanceof HTMLElement) panel.hidePopover();
    act();
  });
  return button;
}

/** @param {string} label @param {string} href */
function link(label, href) {
  return el("a", { class: "menu-item", href, target: "_blank", rel: "noopener" }, label);
}
