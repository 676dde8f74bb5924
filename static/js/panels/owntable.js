/**
 * A table of one's own: pasted, dropped or chosen; what was guessed can be corrected, and what cannot be used is listed.
 *
 * @import { Actions } from "../state/actions.js"
 * @import { Reading, Table } from "../state/owndata.js"
 * @import { Store } from "../state/store.js"
 * @import { Tab } from "./owndata.js"
 */

import { signal } from "@preact/signals-core";
import { messageOf, ProblemError } from "../net/problem.js";
import { tableDataset } from "../state/owndata.js";
import { say } from "../words/say.js";
import { el, follow, text } from "./dom.js";
import { freshId, row, selectField } from "./fields.js";
import { fileButton } from "./files.js";
import { DECIMALS, DELIMITERS, HEADERS, MISSING, tasksOf } from "./ownchoices.js";
import { textOf } from "./ownfile.js";
import { badRows, preview } from "./ownrows.js";

/** A longer text is not put into the field: laying it out would take the browser longer than a frame. */
const LONGEST_SHOWN = 20_000;
const TYPING_MS = 400;
const PASTED = say("own.pasted");

/** @typedef {ReturnType<typeof createReader>} Reader */

/** @param {Store} store @param {Actions} actions @param {File | null} file @returns {Tab} */
export function tableTab(store, actions, file) {
  const reader = createReader(store, actions);
  const scaled = signal(true);
  if (file) reader.take(file);
  const body = follow(el("div", { class: "own-table-body" }), () =>
    reader.here.value ? [side(store, reader, scaled), rows(reader)] : [source(reader)],
  );
  return {
    body: [body],
    needs: () => needsOf(reader.table.value),
    dataset: () => ({ ...tableDataset(/** @type {Table} */ (reader.table.value)), standardize: scaled.value }),
    label: () => useLabel(reader.table.value),
    why: () => (reader.busy.value ? say("own.reading") : reader.table.value ? say("own.nothing") : ""),
    name: () => (reader.name.value === PASTED ? say("own.title") : reader.name.value.replace(/\.\w+$/, "")),
  };
}

/** @param {Table | null} table @returns {import("../state/fitting.js").Needs | null} */
function needsOf(table) {
  if (!table?.task || !table.features || !table.used) return null;
  return { holds: "rows", task: table.task, classes: table.classes.length, rows: table.used };
}

/** @param {Table | null} table */
function useLabel(table) {
  if (!table) return say("own.use.none");
  const [n, left] = [table.used, table.rows - table.used];
  return left ? say("own.use.left", { n: whole(n), left: whole(left) }) : say("own.use", { n });
}

/** @param {number} value */
function whole(value) {
  return value.toLocaleString(document.documentElement.lang);
}

/**
 * What has been read so far. Only the answer to the latest wish counts.
 *
 * @param {Store} store
 * @param {Actions} actions
 */
function createReader(store, actions) {
  const table = signal(/** @type {Table | null} */ (null));
  const here = signal(false);
  const busy = signal(false);
  const name = signal(PASTED);
  let latest = 0;
  /** @param {() => Promise<Table>} ask */
  async function ask(ask) {
    latest += 1;
    const mine = latest;
    busy.value = true;
    store.problems.value = [];
    try {
      const answer = await ask();
      if (mine !== latest) return;
      table.value = answer;
      here.value = true;
    } catch (error) {
      if (mine === latest) refuse(store, error);
    }
    if (mine === latest) busy.value = false;
  }
  /** An answer that is still to come counts no more. @param {string} why "" if there is nothing to say */
  function nothing(why) {
    latest += 1;
    busy.value = false;
    store.problems.value = why ? [{ loc: ["csv"], msg: why }] : [];
  }
  return {
    table,
    here,
    busy,
    name,
    /** @param {string} csv @param {string} [called] */
    read: (csv, called = PASTED) => {
      name.value = called;
      if (csv.trim()) ask(() => actions.own.read(csv, {}));
      else nothing(csv && say("own.blank"));
    },
    /** @param {File} file */
    take: async (file) => {
      const csv = await textOf(file);
      if (csv === null) {
        const msg = say("own.large", { size: (file.size / 1e6).toFixed(1) });
        store.problems.value = [{ loc: ["csv"], msg }];
      } else if (!csv.trim()) {
        nothing(say(csv ? "own.blank" : "own.empty"));
      } else {
        name.value = file.name;
        ask(() => actions.own.read(csv, {}));
      }
    },
    /** @param {Reading} change */
    correct: (change) => {
      const now = table.value;
      if (now) ask(() => actions.own.readAgain(now.id, { ...readingOf(now, change), ...change }));
    },
    other: () => {
      here.value = false;
      table.value = null;
    },
  };
}

/** @param {Store} store @param {unknown} error */
function refuse(store, error) {
  const fields = error instanceof ProblemError ? error.fields : [];
  store.problems.value = fields.length ? fields : [{ loc: ["csv"], msg: messageOf(error) }];
}

/** What holds on: other columns need other kinds and another target. @param {Table} table @param {Reading} change @returns {Reading} */
function readingOf(table, change) {
  const { delimiter, decimal, header, missing } = table;
  if ("delimiter" in change || "header" in change) return { delimiter, decimal, header, missing };
  if ("decimal" in change) return { delimiter, decimal, header, missing, target: table.target ?? undefined };
  const kinds = Object.fromEntries(table.columns.map(({ name, kind }) => [name, kind]));
  const target = table.target ?? undefined;
  const stays = change.kinds === undefined || change.kinds[target ?? ""] !== "ignore";
  const all = { ...kinds, ...change.kinds };
  return { delimiter, decimal, header, missing, kinds: all, ...(stays && target ? { target } : {}) };
}

/** @param {Reader} reader */
function source(reader) {
  const id = freshId("own-paste");
  const area = el("textarea", { class: "code own-paste", id, rows: 9, placeholder: say("own.paste.hint") });
  Object.assign(area, { spellcheck: false, autofocus: true });
  let timer = 0;
  area.addEventListener("input", () => {
    clearTimeout(timer);
    timer = window.setTimeout(() => reader.read(area.value), TYPING_MS);
  });
  area.addEventListener("paste", (event) => {
    const pasted = event.clipboardData?.getData("text/plain") ?? "";
    if (pasted.length > LONGEST_SHOWN) event.preventDefault();
    else if (area.value.trim()) return;
    reader.read(pasted);
  });
  return el(
    "div",
    { class: "own-source" },
    el("label", { htmlFor: id }, say("own.paste")),
    area,
    fileButton("own-file", ".csv,.tsv,.txt,text/csv,text/plain", reader.take),
  );
}

/** How the table is read. @param {Store} store @param {Reader} reader @param {import("@preact/signals-core").Signal<boolean>} scaled */
function side(store, reader, scaled) {
  const now = () => /** @type {Table} */ (reader.table.value);
  /** @param {string} name @param {string} label @param {() => string} value @param {() => readonly (readonly [string, string])[]} options @param {(value: string) => Reading} change */
  const field = (name, label, value, options, change) => {
    const offered = () => options().map(([key, words]) => ({ value: key, label: words }));
    const control = selectField({ options: offered, value, onChange: (chosen) => reader.correct(change(chosen)) });
    control.id = `table-${name}`;
    return row(store, label, control, ["dataset", name]);
  };
  /** What is chosen is what is told. @param {"task" | "delimiter" | "decimal" | "missing"} name @param {string} label @param {() => readonly (readonly [string, string])[]} options */
  const plain = (name, label, options) =>
    field(
      name,
      label,
      () => now()[name] ?? "",
      options,
      (chosen) => /** @type {Reading} */ ({ [name]: chosen }),
    );
  const other = el("button", { class: "link", type: "button" }, say("own.other"));
  other.addEventListener("click", reader.other);
  const standardise = el("input", { type: "checkbox", id: "own-scaled", checked: scaled.peek() });
  standardise.addEventListener("change", () => {
    scaled.value = standardise.checked;
  });
  return el(
    "div",
    { class: "own-side" },
    el(
      "p",
      { class: "own-name" },
      el(
        "b",
        null,
        text(() => reader.name.value),
      ),
    ),
    el(
      "p",
      { class: "say" },
      text(() => say("own.summary", { n: now().rows, columns: now().columns.length })),
    ),
    other,
    field(
      "target",
      say("own.target"),
      () => now().target ?? "",
      () => now().columns.map(({ name }) => [name, name]),
      (target) => targetChange(now(), target),
    ),
    plain("task", say("own.task"), () => tasksOf(now())),
    plain("delimiter", say("own.delimiter"), () => DELIMITERS),
    plain("decimal", say("own.decimal"), () => DECIMALS),
    field(
      "header",
      say("own.header"),
      () => String(now().header),
      () => HEADERS,
      (header) => ({ header: header === "true" }),
    ),
    plain("missing", say("own.missing"), () => MISSING),
    el("div", { class: "row" }, el("label", { htmlFor: "own-scaled" }, say("own.scaled")), standardise),
  );
}

/** A column that is ignored can be predicted once it is something. @param {Table} table @param {string} target @returns {Reading} */
function targetChange({ columns }, target) {
  const column = columns.find(({ name }) => name === target);
  if (column?.kind !== "ignore") return { target };
  const kind = column.holds === "number" || column.holds === "date" ? column.holds : "category";
  return { target, kinds: { [target]: kind } };
}

/** What stands in the table, and what is wrong with it. @param {Reader} reader */
function rows(reader) {
  return el("div", { class: "own-rows" }, preview(reader), badRows(reader));
}
