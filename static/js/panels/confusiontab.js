/**
 * Who is taken for whom, in depth: counts or shares, both parts, recall and precision of each class; a cell leads to its
 * examples. Asked for while the tab is open.
 *
 * @import { Confusion, ConfusionMatrix } from "../wire.js"
 * @import { Actions } from "../state/actions.js"
 * @import { Store } from "../state/store.js"
 * @import { Part } from "./partswitch.js"
 */

import { computed, signal } from "@preact/signals-core";
import { say } from "../words/say.js";
import { asked } from "./asked.js";
import { el, follow } from "./dom.js";
import { watch } from "./lifetime.js";
import { partSwitch } from "./partswitch.js";
import { segment } from "./segment.js";

const EVERY_MS = 400;

/** @typedef {"counts" | "shares"} Shows */
/** @typedef {Readonly<{ classes: readonly string[], matrix: ConfusionMatrix, part: Part, shows: Shows }>} Shown */

/** @param {Store} store @param {Actions} actions */
export function confusionTab(store, actions) {
  const part = signal(/** @type {Part} */ ("train"));
  const shows = signal(/** @type {Shows} */ ("counts"));
  const classified = computed(() => store.dataset.value?.task === "classification");
  const found = asked(store, () => classified.value || null, actions.confusion, EVERY_MS);
  const place = follow(el("div", { class: "confusion-place" }), () => {
    if (!classified.value) return [el("p", { class: "say" }, say("confusion.none"))];
    const matrix = found.value?.[part.value] ?? null;
    if (!found.value) return [];
    if (!matrix) return [el("p", { class: "say" }, say("confusion.not.yet"))];
    return told({ classes: found.value.classes, matrix, part: part.value, shows: shows.value }, store);
  });
  return el("div", { class: "confusion-tab" }, controls(part, shows, found), place);
}

/**
 * @param {import("@preact/signals-core").Signal<Part>} part
 * @param {import("@preact/signals-core").Signal<Shows>} shows
 * @param {import("@preact/signals-core").ReadonlySignal<Confusion | null>} found
 */
function controls(part, shows, found) {
  const parts = partSwitch(part, "confusion-part");
  const cells = segment(
    say("confusion.shows"),
    [
      { value: "counts", label: say("confusion.counts") },
      { value: "shares", label: say("confusion.shares") },
    ],
    shows,
    "confusion-shows",
  );
  watch(() => {
    parts.hidden = !found.value?.test?.flat().some((count) => count > 0);
    if (parts.hidden) part.value = "train";
  });
  return el("div", { class: "tab-controls" }, parts, cells);
}

/** @param {Shown} shown @param {Store} store */
function told(shown, store) {
  return [
    el("div", { class: "wide-table" }, table(shown, store)),
    el("p", { class: "say" }, ...summary(shown).flatMap((words) => [words, " "])),
  ];
}

/** @param {Shown} shown @param {Store} store */
function table({ classes, matrix, part, shows }, store) {
  const largest = Math.max(...matrix.flat(), 1);
  const heads = classes.map((label) => el("th", { scope: "col" }, label));
  const recall = el("th", { scope: "col", class: "rate", title: say("confusion.recall.title") });
  recall.append(say("confusion.recall"));
  const rows = matrix.map((counts, at) => row(at, counts));
  const precision = el("th", { scope: "row", class: "rate", title: say("confusion.precision.title") });
  precision.append(say("confusion.precision"));
  const rates = classes.map((_, at) => el("td", { class: "rate" }, percent(precisionOf(matrix, at))));
  const count = { part: say(`confusion.${part}`), n: sum(matrix.flat()) };
  return el(
    "table",
    { class: "confusion" },
    el("caption", null, say("confusion.caption", count)),
    el("thead", null, el("tr", null, el("td"), ...heads, recall)),
    el("tbody", null, ...rows, el("tr", null, precision, ...rates, el("td", { class: "rate" }))),
  );

  /** @param {number} at @param {readonly number[]} counts */
  function row(at, counts) {
    const cells = counts.map((_, guess) => cell(at, guess));
    const rate = el("td", { class: "rate" }, percent(recallOf(matrix, at)));
    return el("tr", null, el("th", { scope: "row" }, classes[at] ?? String(at)), ...cells, rate);
  }

  /** @param {number} at @param {number} guess */
  function cell(at, guess) {
    const n = matrix[at]?.[guess] ?? 0;
    const words = shows === "counts" ? String(n) : percent(n / (sum(matrix[at] ?? []) || 1));
    const what = say("confusion.cell", { n, actual: classes[at] ?? at, guess: classes[guess] ?? guess });
    const kind = at === guess ? "right" : n ? "wrong" : "zero";
    const node = el("td", { class: kind }, n ? link(words, what, at, guess) : words);
    node.style.setProperty("--share", String(n / largest));
    return node;
  }

  /** @param {string} label @param {string} about @param {number} target @param {number} answer */
  function link(label, about, target, answer) {
    const show = say("confusion.cell.show", { what: about });
    const props = { type: /** @type {const} */ ("button"), class: "cell", id: `cell-${target}-${answer}`, title: show };
    const button = el("button", { ...props, ariaLabel: show }, label);
    button.addEventListener("click", () => {
      store.drawer.wish.value = { part, target, answer, wrong: false };
      store.drawer.tab.value = "predictions";
      document.getElementById("tab-predictions")?.focus();
    });
    return button;
  }
}

/** How much better than chance, and what is mistaken most. @param {Shown} shown @returns {string[]} */
export function summary({ classes, matrix }) {
  const all = sum(matrix.flat());
  if (!all) return [];
  const right = sum(matrix.map((row, at) => row[at] ?? 0));
  const sizes = matrix.map(sum);
  const common = sizes.indexOf(Math.max(...sizes));
  const words = [
    say("confusion.summary", { right, all, common: classes[common] ?? common, chance: sizes[common] ?? 0 }),
  ];
  const mistakes = matrix.flatMap((row, at) => row.map((n, guess) => ({ at, guess, n: at === guess ? 0 : n })));
  const worst = mistakes.reduce((most, one) => (one.n > most.n ? one : most), { at: 0, guess: 0, n: 0 });
  if (worst.n) {
    const names = { actual: classes[worst.at] ?? worst.at, guess: classes[worst.guess] ?? worst.guess };
    words.push(say("confusion.worst", { ...names, n: worst.n }));
  }
  return words;
}

/** Of those that are it, the share that is found; null where there are none. @param {ConfusionMatrix} matrix @param {number} at */
export function recallOf(matrix, at) {
  const all = sum(matrix[at] ?? []);
  return all ? (matrix[at]?.[at] ?? 0) / all : null;
}

/** Of those taken for it, the share that is it; null where there are none. @param {ConfusionMatrix} matrix @param {number} at */
export function precisionOf(matrix, at) {
  const all = sum(matrix.map((row) => row[at] ?? 0));
  return all ? (matrix[at]?.[at] ?? 0) / all : null;
}

/** @param {number | null} share */
function percent(share) {
  return share === null ? "–" : `${Math.round(100 * share)} %`;
}

/** @param {readonly number[]} numbers */
function sum(numbers) {
  return numbers.reduce((total, one) => total + one, 0);
}
