/**
 * The text twin of the sums on the stage: a table for each unit that one is near enough to.
 *
 * @import { Graph, Sum } from "../types.js"
 * @import { Store } from "../state/store.js"
 */

import { endsOfCell, isProduct, kindOfCell, nameOfCell } from "../scene/cellsums.js";
import { cardKey } from "../state/carded.js";
import { toldOf } from "../state/told.js";
import { say } from "../words/say.js";
import { el, follow } from "./dom.js";
import { number } from "./format.js";

/** @param {Store} store */
export function sumTables(store) {
  return follow(el("div", { class: "sr-only sums" }), () => {
    const back = store.frame.value?.ran?.phase === "backward";
    return store.looked.value.units.map((unit) => {
      const sum = store.sums.value.get(cardKey(unit));
      const name = unit.cell ? nameOfCell(unit.cell) : `${unit.layer} ${unit.unit + 1}`;
      return sum ? table(name, sum, back, unit.cell !== undefined) : null;
    });
  });
}

/** @param {string} name @param {Sum} sum @param {boolean} back @param {boolean} cell */
function table(name, sum, back, cell) {
  const told = toldOf(sum, back);
  if (!told?.computed) return el("p", null, `${name}: ${say("sum.absent")}`);
  const what = told.quantity === "gradient" ? (told.node.endsWith(".a") ? "back" : "first") : "forward";
  const rows = told.terms.map(({ label, factors, value }) =>
    row(
      isProduct(factors) ? factors.map(({ name }) => name).join(" × ") : (factors[0]?.name ?? label),
      factors.map((factor) => number(factor.value)).join(" × "),
      value,
    ),
  );
  return el(
    "table",
    null,
    el("caption", null, `${name}: ${cell ? kindOfCell(told) : say(`sum.${what}`)}`),
    el("tbody", null, ...rows, ...(cell ? ends(sum, back) : [row(`= ${told.node}`, "", told.value)])),
  );
}

/** @param {string} name @param {string} product @param {number | null} value */
function row(name, product, value) {
  return el("tr", null, el("th", { scope: "row" }, name), el("td", null, product), el("td", null, number(value)));
}

/** What the rows of a cell make. @param {Sum} sum @param {boolean} back */
function ends(sum, back) {
  return endsOfCell(sum, back).map(([words, value]) => (words ? row(words, "", value) : null));
}
