/**
 * The first rows of a table, of which only those in sight are in the page, with a choice for each column; and its bad rows.
 *
 * @import { BadRow, Column, Table } from "../state/owndata.js"
 * @import { Reader } from "./owntable.js"
 */

import { computed, signal } from "@preact/signals-core";
import { say } from "../words/say.js";
import { el, follow } from "./dom.js";
import { selectField } from "./fields.js";
import { number } from "./format.js";

const ROW = 24;
/** Rows that are in the page at a time: those in sight, and some to scroll into. */
const SHOWN = 24;
const KINDS = ["number", "category", "date", "ignore"];

/** @param {Reader} reader */
export function preview(reader) {
  const first = signal(0);
  const columns = computed(() => reader.table.value?.columns ?? []);
  const head = follow(el("thead"), () => [
    el(
      "tr",
      null,
      el("th", { scope: "col", class: "own-line" }, say("own.line")),
      ...columns.value.map((column) => heading(reader, column)),
    ),
  ]);
  const body = follow(el("tbody"), () => {
    const rows = reader.table.value?.first ?? [];
    const from = Math.max(0, Math.min(first.value, rows.length - SHOWN));
    const shown = rows.slice(from, from + SHOWN);
    return [
      gap(from),
      ...shown.map(({ line, cells }) => tableRow(line, cells)),
      gap(rows.length - from - shown.length),
    ];
  });
  const box = el("div", {
    class: "own-grid",
    tabIndex: 0,
    attributes: { role: "region", "aria-label": say("own.preview") },
  });
  box.append(el("table", null, head, body));
  box.addEventListener("scroll", () => {
    first.value = 8 * Math.max(0, Math.floor(box.scrollTop / ROW / 8) - 1);
  });
  return box;
}

/** Room for the rows that are not in the page. @param {number} rows */
function gap(rows) {
  const row = el("tr", { attributes: { "aria-hidden": "true" } });
  row.style.height = `${rows * ROW}px`;
  return rows ? row : null;
}

/** @param {number} line @param {readonly string[]} cells */
function tableRow(line, cells) {
  return el(
    "tr",
    null,
    el("th", { scope: "row", class: "own-line" }, line),
    ...cells.map((cell) => el("td", null, cell)),
  );
}

/** Name, kind and a word about what stands there. @param {Reader} reader @param {Column} column */
function heading(reader, column) {
  const { name, kind } = column;
  const isTarget = reader.table.value?.target === name;
  const select = selectField({
    options: () => KINDS.map((value) => ({ value, label: say(/** @type {"own.kind.date"} */ (`own.kind.${value}`)) })),
    value: () => kind,
    onChange: (chosen) => reader.correct({ kinds: { [name]: chosen } }),
    label: say("own.kind", { name }),
  });
  select.id = `own-kind-of-${name}`;
  const classes = isTarget ? "own-target" : kind === "ignore" ? "own-ignored" : "";
  return el(
    "th",
    { scope: "col", class: classes },
    el("span", { class: "own-column", title: name }, isTarget ? `→ ${name}` : name),
    select,
    el("span", { class: "own-about" }, about(column)),
  );
}

/** @param {Column} column */
function about({ low, high, distinct, missing }) {
  const values =
    low === null || high === null
      ? say("own.values", { n: distinct })
      : say("own.range", { low: number(low, 3), high: number(high, 3) });
  return missing ? `${values} · ${say("own.gaps", { n: missing })}` : values;
}

/** @param {Reader} reader */
export function badRows(reader) {
  return follow(el("div", { class: "own-bad" }), () => {
    const table = reader.table.value;
    const count = table ? table.rows - table.used : 0;
    if (!table || !count) return [];
    const more =
      count > table.bad.length ? [el("p", { class: "say" }, say("own.bad.more", { shown: table.bad.length }))] : [];
    return [
      el("h3", { id: "own-bad" }, say("own.bad", { n: count })),
      ...more,
      el(
        "ul",
        { tabIndex: 0, attributes: { "aria-labelledby": "own-bad" } },
        ...table.bad.map((bad) =>
          el(
            "li",
            null,
            el("b", null, placeOf(bad)),
            ` ${reasonOf(bad, table.columns.length)} `,
            el("span", { class: "mono" }, bad.cells.join(" │ ")),
          ),
        ),
      ),
    ];
  });
}

/** @param {BadRow} bad */
function placeOf({ line, column }) {
  return column === null ? say("own.bad.row", { line }) : say("own.bad.at", { line, column });
}

/** The server's reason in the reader's language. @param {BadRow} bad @param {number} width columns of the table @returns {string} */
export function reasonOf({ lacks, got }, width) {
  return say(`own.bad.${lacks}`, { got, expected: width });
}
