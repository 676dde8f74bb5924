/**
 * The way out of another page: this very session, with the whole of Deltaflow around it.
 *
 * @import { Store } from "../state/store.js"
 */

import { addressOf } from "../state/opening.js";
import { say } from "../words/say.js";
import { el } from "./dom.js";
import { watch } from "./lifetime.js";

/** @param {Store} store */
export function openOut(store) {
  const link = el("a", { class: "open-out", target: "_blank", rel: "noopener" }, say("link.out"), " ↗");
  watch(() => {
    const access = store.access.value;
    link.href = access ? addressOf(location.origin, access.id, access.token) : "/";
  });
  return link;
}
