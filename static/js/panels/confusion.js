/**
 * Rows: what it is. Columns: what the network takes it for. Asked for while the panel is open, when the numbers stand still.
 *
 * @import { ConfusionMatrix } from "../wire.js"
 * @import { Store } from "../state/store.js"
 * @import { Actions } from "../state/actions.js"
 */

import { say } from "../words/say.js";
import { asked } from "./asked.js";
import { el, follow } from "./dom.js";

const EVERY_MS = 400;

/** @param {Store} store @param {Actions} actions */
export function confusionTable(store, actions) {
  const matrices = asked(store, () => true, actions.confusion, EVERY_MS);
  return follow(el("div", { class: "confusions" }), () => {
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
