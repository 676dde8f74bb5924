/**
 * The table of runs: the present one first, then those that were written down. Compare, rename, open again, delete, CSV.
 *
 * @import { Signal } from "@preact/signals-core"
 * @import { Run, Runs } from "../state/runs.js"
 * @import { Actions } from "../state/actions.js"
 * @import { Store } from "../state/store.js"
 */

import { computed, signal } from "@preact/signals-core";
import { LEAST_STEPS, presentRun } from "../state/runs.js";
import { LANGUAGE } from "../words/language.js";
import { say } from "../words/say.js";
import { el, follow, followEach, text } from "./dom.js";
import { save } from "./files.js";
import { number, whole } from "./format.js";
import { watch } from "./lifetime.js";
import { compared, MOST_COMPARED } from "./runcompare.js";
import { accuracyOf, csvOf, dataOf, networkOf } from "./runwords.js";

const HEADS = /** @type {const} */ ([
  "name",
  "train_loss",
  "test_loss",
  "accuracy",
  "step",
  "optimizer",
  "rate",
  "seed",
  "network",
  "data",
  "at",
]);

/** @param {Store} store @param {Actions & { begin: (from: File) => unknown }} actions */
export function runsTab(store, actions) {
  return follow(el("div"), () => (store.runs.value ? [tableOf(store.runs.value, store, actions)] : []));
}

/** @param {Runs} runs @param {Store} store @param {Actions & { begin: (from: File) => unknown }} actions */
function tableOf(runs, store, actions) {
  const ticked = signal(/** @type {readonly string[]} */ ([]));
  const before = signal(/** @type {Readonly<{ runs: readonly Run[], name: string }> | null} */ (null));
  const present = presentRun(store, runs);
  const others = computed(() => runs.kept.value.filter(({ id }) => id !== runs.beginning.value?.id));
  const chosen = computed(() => others.value.filter(({ id }) => ticked.value.includes(id)));
  const house = { runs, actions, ticked, before };
  const rows = followEach(
    el("tbody"),
    () => others.value,
    ({ id, name }) => `${id} ${name}`,
    (run) => keptRow(run, house),
  );
  const table = el(
    "table",
    { class: "examples runs" },
    el("caption", { class: "sr-only" }, say("runs.caption")),
    el("thead", null, head()),
    el(
      "tbody",
      null,
      presentRow(present, () => runs.record(store)),
    ),
    rows,
  );
  const comparison = follow(el("div"), () => (chosen.value.length > 1 ? [compared(chosen.value)] : []));
  const empty = follow(el("div"), () =>
    others.value.length || present.value ? [] : [el("p", { class: "say" }, say("runs.none"))],
  );
  watch(() => {
    table.hidden = !others.value.length && !present.value;
  });
  return el(
    "div",
    { class: "runs-tab" },
    el("p", { class: "say" }, say("runs.intro", { n: LEAST_STEPS }), " ", say("runs.pick")),
    undo(house),
    comparison,
    empty,
    el("div", { class: "wide-table" }, table),
    download(() => [present.value, ...others.value].filter((run) => run !== null)),
  );
}

/** @typedef {{ runs: Runs, actions: { begin: (from: File) => unknown }, ticked: Signal<readonly string[]>, before: Signal<Readonly<{ runs: readonly Run[], name: string }> | null> }} House */

function head() {
  const names = HEADS.map((name) => el("th", { scope: "col" }, say(`runs.head.${name}`)));
  return el("tr", null, el("td"), ...names, el("td"));
}

/** It changes with every frame, and has the focus perhaps: only its texts follow. @param {{ readonly value: Run | null }} present @param {() => void} act */
function presentRow(present, act) {
  const record = el("button", { class: "btn", type: "button", id: "record-run", title: say("runs.record.title") });
  record.append(say("runs.record"));
  record.addEventListener("click", act);
  const cells = HEADS.slice(1).map((_, at) => {
    const cell = el("td", { class: classAt(at) });
    cell.append(text(() => (present.value ? (cellsOf(present.value)[at] ?? "") : "")));
    return cell;
  });
  const name = el("th", { scope: "row" });
  name.append(text(() => present.value?.name ?? ""));
  const row = el("tr", { class: "present" }, el("td", null, say("runs.now")), name, ...cells, el("td", null, record));
  watch(() => {
    row.hidden = !present.value;
  });
  return row;
}

/** The network may take several lines, numbers stand in columns. @param {number} at */
function classAt(at) {
  const name = HEADS[at + 1] ?? "";
  if (name === "network") return "network";
  return ["optimizer", "data", "at"].includes(name) ? "" : "mono";
}

/** @param {Run} run as the heads say, but for its name */
function cellsOf(run) {
  const { spec } = run;
  const extra = [
    run.from ? say("runs.continued", { step: whole(run.from) }) : "",
    run.byHand ? say("runs.by.hand") : "",
  ].filter(Boolean);
  const when = new Date(run.at).toLocaleString(LANGUAGE, { dateStyle: "short", timeStyle: "short" });
  return [
    run.train_loss === null ? say("runs.missing") : number(run.train_loss, 3),
    run.test_loss === null ? say("runs.missing") : number(run.test_loss, 3),
    accuracyOf(run),
    [whole(run.step), ...extra].join(" · "),
    spec.optimizer.type,
    number(spec.optimizer.learning_rate, 2),
    String(spec.seed),
    networkOf(spec),
    dataOf(spec),
    when,
  ];
}

/** @param {Run} run @param {House} house */
function keptRow(run, house) {
  const { runs, actions, ticked, before } = house;
  const label = say("runs.compare", { name: run.name });
  const tick = el("input", { type: "checkbox", id: `tick-${run.id}`, ariaLabel: label, title: label });
  tick.checked = ticked.peek().includes(run.id);
  tick.addEventListener("change", () => {
    const rest = ticked.value.filter((id) => id !== run.id);
    ticked.value = tick.checked ? [...rest, run.id].slice(-MOST_COMPARED) : rest;
  });
  const cells = cellsOf(run).map((words, at) => el("td", { class: classAt(at) }, words));
  const erase = small("×", say("runs.delete", { name: run.name }), () => {
    before.value = { runs: runs.kept.peek(), name: run.name };
    runs.remove([run.id]);
  });
  return el(
    "tr",
    { class: "example" },
    el("td", null, tick),
    el("th", { scope: "row" }, nameField(run, runs)),
    ...cells,
    el("td", { class: "acts" }, opener(run, actions), erase),
  );
}

/** @param {string} sign @param {string} label @param {() => void} act */
function small(sign, label, act) {
  return el("button", { class: "tiny", type: "button", title: label, ariaLabel: label, on: { click: act } }, sign);
}

/** Its name can be typed over; what is empty is refused. @param {Run} run @param {Runs} runs */
function nameField(run, runs) {
  const label = say("runs.rename", { name: run.name });
  const field = el("input", { class: "run-name", type: "text", value: run.name, maxLength: 80, ariaLabel: label });
  field.id = `name-${run.id}`;
  field.title = label;
  field.addEventListener("change", () => {
    const name = field.value.trim();
    if (name) runs.rename(run.id, name);
    else field.value = run.name;
  });
  return field;
}

/** A new session with the same spec; the weights begin anew, and so do the same numbers. @param {Run} run @param {{ begin: (from: File) => unknown }} actions */
function opener(run, actions) {
  const title = run.whole ? say("runs.open.title", { name: run.name }) : say("runs.open.not");
  const button = el("button", { class: "btn", type: "button", title, disabled: !run.whole }, say("runs.open"));
  button.addEventListener("click", () => {
    actions.begin(new File([JSON.stringify({ spec: run.spec })], "run.json", { type: "application/json" }));
  });
  return button;
}

/** What was deleted can be had back, until the next is deleted. @param {House} house */
function undo({ runs, before }) {
  const bar = el("div", { class: "tab-controls", attributes: { role: "status" } });
  return follow(bar, () => {
    const deleted = before.value;
    if (!deleted) return [];
    const button = el("button", { class: "btn", type: "button", id: "undo-delete" }, say("runs.undo"));
    button.addEventListener("click", () => {
      runs.putBack(deleted.runs);
      before.value = null;
    });
    return [el("span", { class: "say" }, say("runs.deleted", { name: deleted.name })), button];
  });
}

/** @param {() => readonly Run[]} runs */
function download(runs) {
  const button = el("button", { class: "btn runs-csv", type: "button", id: "runs-csv" }, say("runs.csv"));
  button.addEventListener("click", () =>
    save({ name: "runs.csv", content: new Blob([csvOf(runs())], { type: "text/csv" }) }),
  );
  return button;
}
