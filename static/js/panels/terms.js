/**
 * The terms that a number is the sum (or product, or mean) of, and what an optimizer remembers about it.
 *
 * @import { Explanation, Factor, Term } from "../wire.js"
 * @import { Actions } from "../state/actions.js"
 */

import { say } from "../words/say.js";
import { el } from "./dom.js";
import { number, signClass } from "./format.js";
import { formula } from "./formula.js";

const SHOWN_AT_FIRST = 5;

/** @param {Explanation} explanation @param {Actions} actions */
export function terms(explanation, actions) {
  const rows = explanation.terms.map((term) => termRow(term, actions));
  const body = el("tbody", null, ...rows);
  rows.forEach((row, at) => {
    row.hidden = at >= SHOWN_AT_FIRST;
  });
  const table = el(
    "table",
    { class: "terms" },
    el("caption", { class: "sr-only" }, say("inspector.terms")),
    body,
    footer(explanation),
  );
  if (rows.length <= SHOWN_AT_FIRST) return table;
  const more = el(
    "button",
    { class: "link", type: "button" },
    say("inspector.more", { count: termsBehind(explanation.terms, SHOWN_AT_FIRST) }),
  );
  more.addEventListener("click", () => {
    for (const row of rows) row.hidden = false;
    more.remove();
  });
  return el("div", null, table, more);
}

/**
 * How many terms are not among the first rows; a row may stand for many.
 *
 * @param {readonly { count: number }[]} all
 * @param {number} shown
 */
export function termsBehind(all, shown) {
  return all.slice(shown).reduce((sum, { count }) => sum + count, 0);
}

/** @param {Term} term @param {Actions} actions */
function termRow(term, actions) {
  const factors = term.factors.flatMap((factor, at) => [
    at ? el("span", { class: "times" }, " × ") : null,
    factorNode(factor, actions),
  ]);
  return el("tr", null, el("th", { scope: "row" }, term.label), el("td", null, ...factors), value(term.value));
}

/** A factor is a number with a reason of its own: click it to ask. @param {Factor} factor @param {Actions} actions */
function factorNode(factor, actions) {
  const shown = number(factor.value);
  const { node, quantity, index } = factor;
  if (!node) return el("span", { class: `mono ${signClass(factor.value)}`, title: factor.name }, shown);
  const button = el(
    "button",
    {
      class: `factor mono ${signClass(factor.value)}`,
      type: "button",
      title: say("inspector.factor", { name: factor.name }),
    },
    shown,
  );
  button.ariaLabel = say("inspector.factor", { name: `${factor.name} ${shown}` });
  button.addEventListener("click", () => actions.ask({ node, quantity, index }));
  return button;
}

/** @param {number | null} x */
function value(x) {
  return el("td", { class: `mono ${signClass(x)}` }, number(x));
}

/** @param {Explanation} explanation */
function footer({ terms, combine, scale, value: total }) {
  const scaled = scale !== 1 ? ` × ${number(scale)}` : "";
  const names = /** @type {Record<string, string>} */ ({
    sum: say("inspector.sum"),
    product: say("inspector.product"),
    mean: say("inspector.mean"),
    function: say("inspector.together"),
  });
  const label = terms.length > 1 || scaled ? `${names[combine] ?? combine}${scaled}` : say("numbers.value");
  return el("tfoot", null, el("tr", null, el("th", { scope: "row", colSpan: 2 }, label), value(total)));
}

/** @param {Explanation} explanation */
export function details({ details }) {
  const rows = details.map(({ name, symbol, value: x }) =>
    el(
      "tr",
      null,
      el("th", { scope: "row" }, name.replace(/_/g, " ")),
      el("td", { class: "symbol" }, formula(symbol)),
      value(x),
    ),
  );
  return el(
    "table",
    { class: "terms details" },
    el("caption", null, say("inspector.optimizer")),
    el("tbody", null, ...rows),
  );
}
