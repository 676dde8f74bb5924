/**
 * Numbers as tables: the twins of what is drawn. A small button beside a drawing opens its own.
 *
 * @import { Table } from "../scene/table.js"
 * @import { Child } from "./dom.js"
 * @import { Lazy } from "./lazily.js"
 */

import { say } from "../words/say.js";
import { el } from "./dom.js";
import { popover } from "./popover.js";

/** @param {Table | null | undefined} table */
export function tableNode(table) {
  if (!table) return null;
  const [first = "", ...numbers] = table.columns;
  const head = el(
    "tr",
    null,
    el("th", { scope: "col" }, first),
    ...numbers.map((name) => el("th", { scope: "col" }, name)),
  );
  const rows = table.rows.map(([name = "", ...cells]) =>
    el("tr", null, el("th", { scope: "row" }, name), ...cells.map((cell) => el("td", { class: "mono" }, cell))),
  );
  return el(
    "table",
    { class: "terms" },
    el("caption", null, table.caption),
    el("thead", null, head),
    el("tbody", null, ...rows),
  );
}

/**
 * The button that opens a drawing's table, made anew whenever it opens.
 *
 * @template M
 * @param {string} name of the drawing
 * @param {Lazy<M>} module what makes the table
 * @param {(module: M) => Table | null} tableOf
 * @returns {HTMLElement[]}
 */
export function twin(name, module, tableOf) {
  const label = say("twin.title", { name });
  const sign = el("span", { attributes: { "aria-hidden": "true" } }, "▤");
  const button = el("button", { class: "tiny twin", type: "button", title: label, ariaLabel: label }, sign);
  /** @returns {Child[]} */
  const content = () => {
    const made = module.now();
    const table = made && tableOf(made);
    const told = table ? tableNode(table) : el("p", { class: "say" }, say("twin.none"));
    return [el("div", { class: "tables", tabIndex: 0, attributes: { role: "group", "aria-label": label } }, told)];
  };
  return [button, popover(button, label, content, "wide", module)];
}
