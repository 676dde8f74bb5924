/**
 * What a screen reader is told by itself; while the network plays it is told nothing, for the next word would be late already.
 *
 * @import { Store } from "../state/store.js"
 */

import { watch } from "./lifetime.js";

/** @template {HTMLElement} E @param {Store} store @param {E} node @returns {E} */
export function live(store, node) {
  watch(() => {
    node.setAttribute("aria-live", store.playing.value ? "off" : "polite");
  });
  return node;
}
