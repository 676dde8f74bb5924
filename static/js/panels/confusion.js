/**
 * Rows: what it is. Columns: what the network takes it for. Asked for while the panel is open, when the numbers stand still.
 *
 * @import { Confusion, ConfusionMatrix } from "../wire.js"
 * @import { Store } from "../state/store.js"
 * @import { Actions } from "../state/actions.js"
 */

import { signal } from "@preact/signals-core";
import { throttle } from "../state/throttle.js";
import { say } from "../words/say.js";
import { el, follow } from "./dom.js";
import { watch } from "./lifetime.js";

const EVERY_MS = 400;

/** @param {Store} store @param {Actions} actions */
export function confusionTable(store, actions) {
  const matrices = signal(/** @type {Confusion | null} */ (null));
  const place = el("div", { class: "confusions" });
  const ask = throttle(async () => {
    const session = store.access.peek()?.id;
    const answer = await actions.confusion().catch(() => null);
    if (session === store.access.peek()?.id) matrices.value = answer;
  }, EVERY_MS);
  watch(() => {
    void store.position.value;
    if (store.access.value) ask();
  });
  return follow(place, () => {
    const { classes = [], train = null, test = null } = matrices.value ?? {};
    return [train && table(say("output.training"), classes, train), test && table(say("output.test"), classes, test)];
  });
}

/** @param {string} name @param {readonly string[]} classes @param {ConfusionMatrix} matrix */
function table(name, classes, matrix) {
  if (!matrix.flat().some((count) => count > 0)) return null;
  const largest = Math.max(...matrix.flat(), 1);
  const head = el("tr", null, el("td", null, ""), ...classes.map((label) => el("th", { scope: "col" }, label)));
  const rows = matrix.map((counts, at) =>
    el(
      "tr",
      null,
      el("th", { scope: "row" }, classes[at] ?? String(at)),
      ...counts.map((count, guess) => cell(count, at === guess, largest)),
    ),
  );
  return el(
    "table",
    { class: "confusion" },
    el("caption", null, say("output.confusion", { name })),
    el("thead", null, head),
    el("tbody", null, ...rows),
  );
}

/** @param {number} count @param {boolean} right @param {number} largest */
function cell(count, right, largest) {
  const node = el("td", { class: right ? "right" : count ? "wrong" : "" }, String(count));
  node.style.setProperty("--share", String(count / largest));
  return node;
}
