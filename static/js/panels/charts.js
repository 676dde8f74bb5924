/**
 * The loss by step. The chart itself, and uPlot, are fetched after the first paint.
 *
 * @import { History } from "../types.js"
 * @import { Actions } from "../state/actions.js"
 * @import { Store } from "../state/store.js"
 */

import { signal } from "@preact/signals-core";
import { say } from "../words/say.js";
import { el, follow, section, text } from "./dom.js";
import { number } from "./format.js";
import { loadStyles } from "./formula.js";
import { lazily } from "./lazily.js";
import { watch } from "./lifetime.js";
import { twin } from "./tables.js";
import { widthOf } from "./width.js";

const twins = lazily(() => import("./twins.js"));

const chart = lazily(async () => {
  const [module] = await Promise.all([import("./losschart.js"), import("uplot"), loadStyles("uplot")]);
  return module;
});

/** @param {Store} store @param {Actions} actions */
export function lossPanel(store, actions) {
  const place = el("div", { class: "chart", attributes: { role: "img" } });
  const width = widthOf(place);
  const tip = el("span", { class: "chart-tip mono", hidden: true });
  const log = signal(false);
  watch(() => {
    place.ariaLabel = describe(store.history.value);
  });
  let started = false;
  watch(() => {
    if (started || (store.position.value.step === 0 && store.history.value.step.length < 2)) return;
    const module = chart.now();
    if (!module) return;
    started = true;
    queueMicrotask(() => module.startChart(store, actions, { place, tip, width, log }));
  });
  const table = twin(say("charts.loss"), twins, (made) => made.lossTable(store));
  const box = el("div", { class: "chart-box" }, place, tip);
  const names = follow(el("div", { class: "chart-names" }), () => namesOf(store));
  // The switches stand in the row of the losses: on the chart they would lie upon the end of a curve.
  const told = el("span", { class: "chart-legend mono", title: say("charts.now") }, ...legend(store));
  const row = el("div", { class: "chart-row" }, told, ...table);
  return section(say("charts.loss"), logToggle(log), row, box, names);
}

/** Whose curve is whose, if there are two runs. @param {Store} store */
function namesOf(store) {
  const beside = store.beside.value;
  if (!beside) return [];
  const { main: own, other } = beside.names;
  return [el("b", { class: "run main" }, own), el("b", { class: "run other" }, other)];
}

/** @param {Store} store */
function legend(store) {
  const value = (/** @type {"train_loss" | "test_loss"} */ name) => store.metrics.value?.[name];
  const train = el(
    "span",
    { class: "train" },
    text(() => say("charts.train", { loss: shown(value("train_loss")) })),
  );
  const test = el(
    "span",
    { class: "test" },
    text(() => ((value("test_loss") ?? null) === null ? "" : say("charts.test", { loss: shown(value("test_loss")) }))),
  );
  return [train, test];
}

/** @param {import("@preact/signals-core").Signal<boolean>} log */
function logToggle(log) {
  const button = el(
    "button",
    { class: "chip small", type: "button", title: say("charts.log.title") },
    say("charts.log"),
  );
  button.addEventListener("click", () => {
    log.value = !log.value;
  });
  watch(() => button.setAttribute("aria-pressed", String(log.value)));
  return button;
}

/** @param {number | null | undefined} value */
function shown(value) {
  return value === null || value === undefined ? "" : number(value, 3);
}

/** @param {History} history */
function describe({ step, train_loss: train }) {
  if (!step.length) return say("charts.nothing");
  const [first, last] = [number(train[0], 3), number(train.at(-1), 3)];
  return say("charts.course", { first, from: step[0] ?? 0, last, to: step.at(-1) ?? 0 });
}
